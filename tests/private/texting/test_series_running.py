"""Series as they run: steps on their days, pace, pause, re-entry, versions, check-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from private.texting.conversation import Texts, is_reply, service
from waypost.texting.actions.staff import approve_series, withdraw_approval
from waypost.texting.lanes import RowState
from waypost.texting.models import (
    ConsentEntry,
    Conversation,
    FollowUp,
    OutboxRow,
    Subscription,
    TextContact,
)
from waypost.texting.queries import series as series_queries
from waypost.texting.queries.series import subject_of
from waypost.texting.series.series import Pace, Series, Step, StepKind
from waypost.texting.words.opting import opting
from waypost.texting.words.replies import ReplyCode
from waypost.values.bilingual import Bilingual

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 16, tzinfo=UTC)  # Tuesday, 10:00 in Austin


def step(day: int, words: str, **more: object) -> Step:
    return Step(id=f"d{day}", day=day, texts=(Bilingual(words, f"es {words}"),), **more)  # type: ignore[arg-type]


SKILLS = Series(
    "skills",
    1,
    "SKILLS",
    Bilingual("Skills", "Destrezas"),
    (
        step(0, "day zero"),
        step(1, "day one", pace=Pace.USUAL),
        step(2, "day two", pace=Pace.MORE),
        step(3, "day three"),
    ),
    "digest-1",
)
CHECK_IN = Series(
    "check-in",
    1,
    "CHECKIN",
    Bilingual("Check-in", "Consulta"),
    (
        step(0, "Do you need help?", kind=StepKind.CHECK_IN, answer_hours=20, task_hours=12),
        step(4, "and now?"),
    ),
    "digest-c",
)


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch):
    carried = [SKILLS, CHECK_IN]
    monkeypatch.setattr(series_queries, "all_series", lambda: tuple(carried))
    with service(NOW) as running:
        running.carried = carried  # type: ignore[attr-defined]
        for series in carried:
            approve_series(series=series, by="Ana", now=NOW)
        yield running


def joined(texts: Texts, word: str = "SKILLS"):
    phone = texts.phone()
    phone.says(f"JOIN {word}")
    phone.heard("YES")
    phone.says("YES")
    phone.heard(ReplyCode.WELCOME)
    return phone


def test_steps_come_on_their_days_at_the_persons_time(texts: Texts):
    phone = joined(texts)
    texts.passes(hours=4)
    phone.heard("day zero")
    texts.passes(days=1)
    phone.heard("day one")
    texts.passes(days=1)
    phone.heard_nothing()  # day two is for those who want more
    texts.passes(days=1)
    assert [is_reply(t, ReplyCode.SERIES_ENDED) for t in phone.skips()] == [False, True]
    assert Subscription.objects.get().state == "ended"
    assert OutboxRow.objects.filter(lane=4, state=RowState.SENT).count() >= 3


def test_more_less_and_time_change_what_comes_and_when(texts: Texts):
    phone = joined(texts)
    phone.says("MORE")
    phone.heard(ReplyCode.MORE)
    phone.says("TIME 19:00")
    phone.heard(ReplyCode.TIME_SET)
    texts.passes(hours=4)
    phone.heard_nothing()
    texts.passes(hours=6)
    phone.heard("day zero")
    texts.passes(days=2)
    assert [t[:7] for t in phone.skips()] == ["day one", "day two"]


def test_a_pause_moves_the_calendar_and_nothing_is_missed(texts: Texts):
    phone = joined(texts)
    texts.passes(hours=4)
    phone.heard("day zero")
    phone.says("PAUSE 3")
    phone.heard(ReplyCode.PAUSED)
    texts.passes(days=3)
    phone.heard_nothing()
    texts.passes(days=1)
    phone.heard("day one")


def test_re_entry_begins_again_at_day_zero(texts: Texts):
    phone = joined(texts)
    texts.passes(hours=4)
    phone.heard("day zero")
    phone.says("LEAVE")
    phone.heard(ReplyCode.LEFT_SERIES)
    texts.passes(days=2)
    phone.heard_nothing()
    phone.says("JOIN SKILLS")
    assert [is_reply(t, ReplyCode.SERIES_STARTED) for t in phone.skips()] == [True, False]
    phone.says("join skills")
    phone.heard(ReplyCode.ALREADY_IN)
    assert list(Subscription.objects.values_list("round", flat=True)) == [1, 2]


def test_people_in_the_middle_stay_in_their_version_until_it_is_withdrawn(texts: Texts):
    phone = joined(texts)
    texts.passes(hours=4)
    phone.heard("day zero")
    newer = replace(
        SKILLS, version=2, digest="digest-2", steps=(*SKILLS.steps[:1], step(1, "new words"))
    )
    texts.carried.append(newer)  # type: ignore[attr-defined]
    approve_series(series=newer, by="Ana", now=texts.now)
    texts.passes(days=1)
    phone.heard("day one")
    withdraw_approval(subject=subject_of(SKILLS), by="Ana", now=texts.now)
    texts.passes(days=3)
    phone.heard(ReplyCode.SERIES_ENDED)  # the newer version has no more steps
    assert Subscription.objects.get().version == 2


def test_a_step_whose_approval_was_withdrawn_after_it_was_queued_is_held(texts: Texts):
    phone = joined(texts)
    Subscription.objects.update(next_at=NOW)
    texts.now = NOW + timedelta(hours=3, minutes=1)
    from waypost.texting.actions.subscriptions import advance

    advance(number=Subscription.objects.get().pk, now=texts.now)
    withdraw_approval(subject=subject_of(SKILLS), by="Ana", now=texts.now)
    texts.settle()
    phone.heard_nothing()
    assert OutboxRow.objects.get(lane=4).why == "not approved"


def test_silence_after_a_check_in_makes_a_task_with_a_due_time(texts: Texts):
    phone = joined(texts, "CHECKIN")
    texts.passes(hours=4)
    phone.heard("Do you need help?")
    texts.passes(days=1)
    task = FollowUp.objects.get()
    assert task.kind == "check-in silent" and task.due_at - task.made_at == timedelta(hours=12)
    assert Conversation.objects.get().waiting_since is not None


@pytest.mark.parametrize("answer", ["No thanks", "no, thank you!", "No gracias", "nah im good"])
def test_a_polite_no_to_a_check_in_is_no_wish_to_be_left_alone(texts: Texts, answer: str):
    phone = joined(texts, "CHECKIN")
    phone.says(answer)
    if opting(answer, "en") is not None:
        phone.heard(ReplyCode.STOP_UNSURE)  # nothing was asked: it may mean the texts
        phone.says("RESUME")
    phone.skips()
    texts.passes(hours=4)
    phone.heard("Do you need help?")
    texts.passes(minutes=5)
    phone.says(answer)
    phone.heard(ReplyCode.CHECK_IN_NO)
    assert TextContact.objects.get().paused_until is None
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("answer", ["no estoy bien", "No. Estoy bien?", "I am not ok"])
def test_what_may_mean_that_somebody_is_not_well_is_for_a_person(texts: Texts, answer: str):
    phone = joined(texts, "CHECKIN")
    texts.passes(hours=4)
    phone.skips()
    phone.says(answer)
    assert FollowUp.objects.get().kind == "check-in yes"


@pytest.mark.parametrize(("answer", "tasks"), [("YES", ["check-in yes"]), ("NO", [])])
def test_an_answer_to_a_check_in(texts: Texts, answer: str, tasks: list[str]):
    phone = joined(texts, "CHECKIN")
    texts.passes(hours=4)
    phone.skips()
    phone.says(answer)
    phone.heard(ReplyCode(f"check in {answer.lower()}"))
    texts.passes(days=1)
    assert list(FollowUp.objects.values_list("kind", flat=True)) == tasks


def test_a_danger_stops_every_series_and_nothing_catches_up_later(texts: Texts):
    phone = joined(texts)
    phone.says("i want to die")
    phone.skips()
    texts.passes(hours=5)
    assert not [text for text in phone.skips() if text.startswith("day")]


def test_a_person_of_thirteen_may_not_join_and_consent_is_by_series(texts: Texts):
    phone = joined(texts)
    assert list(ConsentEntry.objects.values_list("act", "scope")) == [
        ("asked", "all"),
        ("given", "all"),
        ("given", "skills"),
    ]
    TextContact.objects.update(age_band="13-17")
    phone.says("JOIN CHECKIN")
    phone.heard(ReplyCode.TOO_YOUNG)


def test_a_step_run_twice_is_queued_once(texts: Texts):
    from waypost.texting.actions.subscriptions import advance

    joined(texts)
    texts.now += timedelta(hours=3, minutes=1)
    row = Subscription.objects.get()
    for _ in range(3):
        Subscription.objects.update(last_step="", next_at=texts.now)
        advance(number=row.pk, now=texts.now)
    assert OutboxRow.objects.filter(lane=4).count() == 1
