"""Texts that nobody planned for: each is answered once, or is before a person; nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from private.texting.conversation import Texts, is_reply, service
from waypost.texting.actions.staff import approve_series
from waypost.texting.carriers.simulator import SimulatedNetwork
from waypost.texting.lanes import OutboxLane
from waypost.texting.models import (
    ConsentEntry,
    Conversation,
    HeardText,
    OutboxRow,
    Subscription,
    TextContact,
)
from waypost.texting.queries.series import all_series
from waypost.texting.standing import OptInStanding
from waypost.texting.words.replies import ReplyCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts():
    with service() as running:
        for series in all_series():
            for by in ("Ana", "Ben"):
                approve_series(series=series, by=by, now=running.now)
        yield running


ODD = {
    "nothing": "",
    "blanks": "  \n\t ",
    "NUL": "\x00",
    "half of a pair": "\ud83d",
    "a picture": "🙏",
    "joined emoji": "👩‍👩‍👧‍👦" * 40,
    "right to left": "\u202eolleh",
    "Arabic": "أحتاج إلى مساعدة",
    "Chinese": "我需要帮助",
    "markup": "<script>alert(1)</script>",
    "braces": "{service} %s {0}",
    "very long": "word " * 2_000,
    "without a space": "x" * 10_000,
    "digits": "1" * 400,
    "separators": ", , , ,;;;",
    "quote": "'; DROP TABLE texting_outboxrow; --",
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_text_is_before_a_person_and_answered_once(texts: Texts, kind: str):
    phone = texts.phone()
    phone.says(ODD[kind])
    heard = HeardText.objects.get()
    assert heard.handled_at is not None and heard.handled_as != "failed"
    assert len(phone.inbox) == 1
    assert Conversation.objects.filter(waiting_since__isnull=False).exists() or heard.handled_as


def test_a_picture_without_words_is_before_a_person(texts: Texts):
    phone = texts.phone()
    phone.says("", media=2)
    phone.heard(ReplyCode.PERSON_LATER)
    assert Conversation.objects.get().waiting_since is not None


def test_yes_twice_joins_once(texts: Texts):
    phone = texts.phone()
    phone.says("START")
    phone.heard(ReplyCode.OPT_IN)
    phone.says("YES")
    phone.heard(ReplyCode.WELCOME)
    phone.says("YES")  # within seconds: the thumb slipped
    phone.heard_nothing()
    assert Subscription.objects.count() == 1
    assert ConsentEntry.objects.filter(act="given", scope="all").count() == 1


def test_yes_that_nobody_asked_for_is_no_consent(texts: Texts):
    phone = texts.phone()
    phone.says("YES")
    assert TextContact.objects.get().state != OptInStanding.IN
    assert not Subscription.objects.exists()
    assert Conversation.objects.get().waiting_since is not None, "it may be yes to a person"


def test_yes_after_stop_is_no_consent(texts: Texts):
    phone = texts.phone()
    phone.says("START")
    phone.says("STOP")
    phone.skips()
    texts.passes(minutes=1)
    phone.says("YES")
    assert TextContact.objects.get().state != OptInStanding.IN
    assert not Subscription.objects.filter(state="active").exists()


@pytest.mark.parametrize(
    "words",
    ["STOP", "Stop.", "stop!!!", "S T O P", "STOP STOP", "ＳＴＯＰ", "ѕtор", "🛑 stop", "sTop pls"],
)
def test_stop_however_it_is_typed_stops_and_is_confirmed_once(texts: Texts, words: str):
    phone = texts.phone()
    phone.says("START")
    phone.says("YES")
    phone.skips()
    phone.says(words)
    phone.heard(ReplyCode.STOPPED)
    texts.passes(days=3)
    phone.heard_nothing()


def test_a_stop_that_comes_while_a_text_is_between_claim_and_call(
    texts: Texts, monkeypatch: pytest.MonkeyPatch
):
    """The text on its way was checked before; everything after the STOP is not sent."""
    phone = texts.phone()
    phone.says("START")
    phone.says("YES")
    phone.skips()
    contact, take = TextContact.objects.get(), SimulatedNetwork.take
    for n in range(3):
        OutboxRow.objects.create(
            ref=f"r{n}", contact=contact, text=OutboxRow.objects.first().text, by="service",
            lane=OutboxLane.KEYWORD, cause=f"t:{n}", made_at=texts.now, not_before=texts.now,
        )  # fmt: skip

    def stop_first(network: SimulatedNetwork, to: str, *words: str, **named: object):
        if not HeardText.objects.filter(carrier_id="SM-stop").exists():
            phone.sends("STOP", "SM-stop")
        return take(network, to, *words, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(SimulatedNetwork, "take", stop_first)
    texts.settle()
    texts.settle()
    confirmed = [text for text in phone.inbox if is_reply(text, ReplyCode.STOPPED)]
    assert len(confirmed) == 1
    texts.passes(days=1)
    assert phone.inbox[-1] == confirmed[0], "something came after the confirmation"


def test_a_flood_from_one_number_delays_nobody_elses_danger(texts: Texts):
    """Six thousand texts of one telephone wait; another's is handled with the first turn."""
    flooding = texts.phone("+15125550001")
    flooding.sends("hello")
    first = HeardText.objects.get()
    HeardText.objects.bulk_create(
        HeardText(account="simulator", carrier_id=f"F{n}", contact=first.contact, text=first.text,
                  at=texts.now)
        for n in range(6_000)
    )  # fmt: skip
    danger = texts.phone("+15125559999")
    danger.sends("he overdosed and is not breathing")
    texts.worker.turn()
    danger.heard(ReplyCode.OVERDOSE)


def test_danger_after_stop_is_answered_and_nothing_else_is(texts: Texts):
    phone = texts.phone()
    phone.says("STOP")
    phone.heard(ReplyCode.STOPPED)
    texts.passes(minutes=5)
    phone.says("i want to die")
    phone.heard("988")
    texts.now += timedelta(days=2)
    assert TextContact.objects.get().state != OptInStanding.IN
