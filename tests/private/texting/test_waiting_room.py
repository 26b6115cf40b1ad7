"""Who is handled first where many wait, and what a worker that died leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from private.texting.conversation import Phone, Texts, service
from waypost.texting.actions.claiming import claim_texts, free_heard
from waypost.texting.models import CrisisCase, HeardText, OutboxRow, TextContact
from waypost.texting.queries.sealed import HEARD, sealed
from waypost.texting.standing import OptInStanding
from waypost.texting.tasks.housekeeping import handle_heard
from waypost.texting.tasks.waiting import OF_ONE, WaitingRoom
from waypost.texting.words.replies import ReplyCode

pytestmark = pytest.mark.django_db
DANGER = "i took all my pills and i want to die"


@pytest.fixture
def texts() -> Iterator[Texts]:
    with service() as running:
        yield running


def crowd(texts: Texts, many: int) -> list[int]:
    """Ordinary texts of as many people, which wait."""
    return [
        texts.phone(f"+1512555{n:04d}").sends(f"question {n}") for n in range(1000, 1000 + many)
    ]


def handled(texts: Texts, most: int = 1) -> list[int]:
    """The texts that a room chooses next, as one look gives them."""
    return WaitingRoom().take(most=most, now=texts.now)


def other(texts: Texts) -> Phone:
    return texts.phone("+15125550999")


@pytest.mark.parametrize(
    "text", [DANGER, "STOP", "please stop texting me", "delete me", "ya no quiero vivir"]
)
def test_danger_and_stop_are_handled_before_what_came_earlier(texts: Texts, text: str):
    crowd(texts, 12)
    urgent = other(texts).sends(text)
    assert handled(texts) == [urgent]


def test_danger_goes_before_stop(texts: Texts):
    stop = other(texts).sends("STOP")
    danger = texts.phone("+15125550998").sends(DANGER)
    assert handled(texts, 2) in ([stop, danger], [danger, stop])
    assert HeardText.objects.filter(lease_until=None).count() == 0


def test_ordinary_texts_keep_their_order(texts: Texts):
    numbers = crowd(texts, 9)
    room = WaitingRoom()
    assert room.take(most=4, now=texts.now) == numbers[:4]
    assert room.take(most=40, now=texts.now) == numbers[4:]
    assert room.take(most=4, now=texts.now) == []


def test_a_stop_stays_behind_the_same_persons_start(texts: Texts):
    phone = other(texts)
    crowd(texts, 5)
    first, second = phone.sends("JOIN"), phone.sends("STOP")
    room = WaitingRoom()
    assert [room.take(most=1, now=texts.now), room.take(most=1, now=texts.now)] == [[first], []]
    HeardText.objects.filter(pk=first).update(handled_at=texts.now)
    assert room.take(most=1, now=texts.now) != [second]  # it was claimed in vain, and comes back
    texts.settle()
    assert (
        TextContact.objects.get(pk=HeardText.objects.get(pk=second).contact_id).state
        == OptInStanding.OUT
    )


def test_a_persons_danger_does_not_wait_for_their_own_flood(texts: Texts):
    phone = other(texts)
    for n in range(OF_ONE - 2):
        phone.sends(f"hello {n}")
    danger = phone.sends(DANGER)
    assert handled(texts) == [danger]


def test_a_flood_from_one_number_delays_nobody(texts: Texts):
    for n in range(OF_ONE + 4):
        other(texts).sends(f"flood {n}")
    victim = texts.phone()
    victim.sends(DANGER)
    handle_heard(texts.now, None, WaitingRoom())
    assert (
        CrisisCase.objects.get().contact.number_digest
        == HeardText.objects.last().contact.number_digest
    )
    assert OutboxRow.objects.filter(lane=0).count() == 1
    texts.settle()
    assert HeardText.objects.filter(handled_at=None).count() == 0
    assert "988" in victim.inbox[0]


def test_somebody_in_a_case_goes_first_whatever_they_say(texts: Texts):
    phone = other(texts)
    phone.says(DANGER)
    crowd(texts, 5)
    said = phone.sends("ok")
    assert handled(texts) == [said]


def test_the_second_half_of_a_danger_goes_first(texts: Texts):
    phone = other(texts)
    phone.says("i am going to")
    texts.now += timedelta(minutes=2)
    crowd(texts, 5)
    said = phone.sends("kill myself")
    assert handled(texts) == [said]


def test_a_text_that_cannot_be_opened_goes_first_and_is_seen_by_a_person(texts: Texts, caplog):
    phone = other(texts)
    number = phone.sends("hello")
    HeardText.objects.filter(pk=number).update(text=sealed("hello", "another place"))
    crowd(texts, 3)
    texts.settle()
    assert HeardText.objects.get(pk=number).handled_as == "failed"
    assert HeardText.objects.filter(handled_at=None).count() == 0
    assert "could not be" in caplog.text
    assert sealed("hello", HEARD)


def test_texts_that_come_late_into_the_database_are_handled_too(texts: Texts):
    """On PostgreSQL a lower number may be committed after a higher one."""
    room = WaitingRoom()
    first, second = crowd(texts, 2)
    HeardText.objects.filter(pk=first).update(handled_at=texts.now)
    assert room.take(most=5, now=texts.now) == [second]
    HeardText.objects.filter(pk=first).update(handled_at=None)
    assert room.take(most=5, now=texts.now) == [first]


def test_what_a_dead_worker_had_is_handled_after_its_lease_or_at_once(texts: Texts):
    numbers = crowd(texts, 3)
    assert claim_texts(numbers=numbers, now=texts.now) == numbers
    assert handled(texts, 5) == []
    assert handled_later(texts) == numbers
    assert free_heard() == 3
    assert handled(texts, 5) == numbers


def handled_later(texts: Texts) -> list[int]:
    """What a room would choose two minutes from now."""
    from django.db import transaction

    with transaction.atomic():
        taken = WaitingRoom().take(most=5, now=texts.now + timedelta(minutes=2))
        transaction.set_rollback(True)
    return taken


def test_of_one_person_one_text_is_handled_at_a_time(texts: Texts):
    phone = other(texts)
    first, second = phone.sends("one"), phone.sends("two")
    assert claim_texts(numbers=[first], now=texts.now) == [first]
    assert claim_texts(numbers=[second], now=texts.now) == []


def test_a_repeat_of_a_webhook_is_handled_once(texts: Texts):
    phone = other(texts)
    assert phone.sends(DANGER, "SM-1") and not phone.sends(DANGER, "SM-1")
    texts.settle()
    assert HeardText.objects.count() == 1
    phone.heard("988")


def test_the_answer_to_a_danger_is_the_services_own(texts: Texts):
    phone = other(texts)
    crowd(texts, 3)
    phone.says("i want to kill myself tonight")
    phone.heard(ReplyCode.DANGER_NOW_ALONE)
