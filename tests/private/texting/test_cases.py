"""Crisis cases: the ladder's timers, who is called, what only people may decide."""

from __future__ import annotations

from datetime import timedelta

import pytest

from private.texting.conversation import Texts, is_reply, service
from waypost.texting.actions import handling
from waypost.texting.actions.casework import (
    CannotDecide,
    close_case,
    countersign,
    lower_tier,
    raise_tier,
    tick,
)
from waypost.texting.actions.conversations import NotYours, close, reply_as_person
from waypost.texting.actions.staff import CannotSave, add_shift
from waypost.texting.crisis.ladder import CaseEnd
from waypost.texting.crisis.tiers import CrisisSigns, Tier
from waypost.texting.lanes import OutboxLane
from waypost.texting.models import (
    Conversation,
    CrisisCase,
    HeardText,
    OutboxRow,
    Shift,
    Signature,
    StaffAlert,
    Timer,
)
from waypost.texting.queries.conversation import conversation_shown
from waypost.texting.words.replies import ReplyCode

pytestmark = pytest.mark.django_db
IMMINENT, HIGH = "he is turning blue not breathing", "i want to die"


@pytest.fixture
def texts():
    with service() as running:
        yield running


def on_roster(texts: Texts, person: str, duty: str, hours: int = 8, number: str = "") -> None:
    end = texts.now + timedelta(hours=hours)
    add_shift(
        person=person,
        name=person,
        duty=duty,
        begin=texts.now,
        end=end,
        by="Sam",
        now=texts.now,
        alert_number=number,
    )


def in_danger(texts: Texts, words: str = IMMINENT):
    phone = texts.phone()
    phone.says(words)
    phone.skips()
    return phone, CrisisCase.objects.get()


def test_the_first_text_says_whether_somebody_is_there(texts: Texts):
    texts.phone("+15125550101").says(HIGH)
    assert is_reply(texts.phone("+15125550101").inbox[0], ReplyCode.DANGER_HIGH_ALONE)
    on_roster(texts, "person:1", "responder")
    texts.phone("+15125550102").says(HIGH)
    assert is_reply(texts.phone("+15125550102").inbox[0], ReplyCode.DANGER_HIGH)


def test_the_ladder_calls_one_after_another_and_again(texts: Texts):
    for person, duty in (
        ("person:1", "responder"),
        ("person:2", "supervisor"),
        ("person:3", "on call"),
    ):
        on_roster(texts, person, duty)
    phone, _ = in_danger(texts)
    texts.passes(seconds=59)
    assert not StaffAlert.objects.exists()
    texts.passes(seconds=2)
    assert set(StaffAlert.objects.values_list("to", flat=True)) == {"person:1", "person:2"}
    texts.passes(minutes=4)
    phone.heard(ReplyCode.STILL_HERE, "988")
    texts.passes(minutes=11)
    assert StaffAlert.objects.filter(to="person:3", why="on call").count() == 1
    texts.passes(minutes=15)
    assert StaffAlert.objects.filter(to="person:3", why="on call").count() == 2


STAFF = "+15125550190"


def test_who_is_on_shift_is_called_by_text_and_the_text_says_nothing_of_the_person(texts: Texts):
    on_roster(texts, "person:1", "responder", number="512 555 0190")
    on_roster(texts, "person:2", "supervisor")
    phone, case = in_danger(texts)
    texts.passes(seconds=61)
    alert = texts.phone(STAFF).heard(ReplyCode.STAFF_NEEDED, f"/texts/case/{case.pk}")
    assert phone.number[2:] not in alert and "blue" not in alert and "person" not in alert
    row = OutboxRow.objects.get(cause__startswith="alert:")
    assert (row.lane, row.contact_id != case.contact_id) == (OutboxLane.CRISIS, True)
    texts.settle()
    assert len(texts.phone(STAFF).inbox) == 1, "one alert, one text"
    assert "5550190" not in Shift.objects.get(person="person:1").alert_number, "it is sealed"


def test_a_colleague_who_stopped_our_texts_is_called_by_mail_alone(texts: Texts):
    on_roster(texts, "person:1", "responder", number=STAFF)
    colleague = texts.phone(STAFF)
    colleague.says("STOP")
    colleague.heard(ReplyCode.STOPPED)
    texts.passes(seconds=5)
    in_danger(texts)
    texts.passes(seconds=61)
    colleague.heard_nothing()
    assert StaffAlert.objects.filter(to="person:1").exists()


def test_where_nobody_is_on_shift_the_operator_is_texted():
    with service(alert_number=STAFF) as texts:
        in_danger(texts)
        texts.passes(seconds=61)
        texts.phone(STAFF).heard(ReplyCode.STAFF_NEEDED)


def test_a_number_for_alerts_that_is_none_is_refused(texts: Texts):
    with pytest.raises(CannotSave, match="number for alerts"):
        on_roster(texts, "person:1", "responder", number="555")
    assert not Shift.objects.exists()


def test_a_timer_missed_while_nothing_ran_fires_at_once(texts: Texts):
    in_danger(texts)
    texts.now += timedelta(hours=3)
    texts.settle()
    assert set(StaffAlert.objects.values_list("why", flat=True)) == {
        "on duty",
        "second",
        "still here",
        "on call",
    }
    assert StaffAlert.objects.filter(to="operator").exists()


def test_a_persons_answer_ends_the_timers_and_the_next_text_begins_a_round(texts: Texts):
    phone, case = in_danger(texts)
    reply_as_person(number=case.conversation_id, text="I am here.", by="person:1", now=texts.now)
    texts.settle()
    phone.heard("I am here.")
    assert not Timer.objects.filter(ended_at=None).exists()
    phone.says("ok")
    assert Timer.objects.filter(ended_at=None).count() == 4


def test_the_automatic_text_goes_out_once_in_thirty_minutes_unless_the_tier_rises(texts: Texts):
    phone, _ = in_danger(texts, HIGH)
    phone.says("i really want to die")
    phone.heard_nothing()
    phone.says(IMMINENT)
    phone.heard(ReplyCode.OVERDOSE)
    texts.now += timedelta(minutes=31)
    phone.says("please i want to die")
    alone = (ReplyCode.DANGER_HIGH_ALONE, ReplyCode.DANGER_NOW_ALONE, ReplyCode.OVERDOSE)
    assert any(is_reply(text, code) for text in phone.skips() for code in alone)


@pytest.mark.parametrize("words", ["STOP", "CRAVE", "START", "thanks", "MORE"])
def test_nothing_but_a_person_closes_or_lowers_a_case(texts: Texts, words: str):
    phone, _ = in_danger(texts)
    phone.says(words)
    texts.passes(hours=1) if words == "STOP" else texts.settle()
    case = CrisisCase.objects.get()
    assert (case.tier, case.closed_at) == (0, None)


def test_lowering_tier_zero_takes_a_reason_and_another_person(texts: Texts):
    _, case = in_danger(texts)
    with pytest.raises(CannotDecide, match="no reason given"):
        lower_tier(number=case.pk, tier=Tier.CONCERN, reason=" ", by="Ana", now=texts.now)
    assert not lower_tier(
        number=case.pk, tier=Tier.CONCERN, reason="He is awake.", by="Ana", now=texts.now
    )
    assert CrisisCase.objects.get().tier == 0
    signature = Signature.objects.get(act="lower")
    with pytest.raises(CannotDecide, match="another person"):
        countersign(number=signature.pk, by="Ana", now=texts.now)
    countersign(number=signature.pk, by="Ben", now=texts.now)
    assert CrisisCase.objects.get().tier == Conversation.objects.get().tier == Tier.CONCERN
    assert "awake" not in signature.reason
    shown = conversation_shown(case.conversation_id)
    assert shown is not None and shown.case is not None
    assert [s.reason for s in shown.case.signatures if s.act == "lower"] == ["He is awake."]


def test_closing_takes_a_disposition_and_for_tier_zero_two_people(texts: Texts):
    _, case = in_danger(texts)
    with pytest.raises(CannotDecide, match="no such end"):
        close_case(number=case.pk, end="done", reason="x", by="Ana", now=texts.now)
    with pytest.raises(NotYours, match="crisis case"):
        close(number=case.conversation_id, disposition="helped", by="Ana", now=texts.now)
    end = CaseEnd.EMERGENCY_CONFIRMED
    assert not close_case(number=case.pk, end=end, reason="EMS was there.", by="Ana", now=texts.now)
    assert CrisisCase.objects.get().closed_at is None
    countersign(number=Signature.objects.get(act="close").pk, by="Ben", now=texts.now)
    assert CrisisCase.objects.get().disposition == end
    assert not Timer.objects.filter(fired_at=None, ended_at=None).exists()
    close(number=case.conversation_id, disposition="helped", by="Ana", now=texts.now)


def test_a_person_may_raise_a_tier_and_tick_the_ladder(texts: Texts):
    _, case = in_danger(texts, HIGH)
    raise_tier(
        number=case.pk, tier=Tier.IMMINENT, reason="She has a plan.", by="Ana", now=texts.now
    )
    tick(number=case.pk, steps=["plan", "thoughts"], by="Ana", now=texts.now)
    with pytest.raises(CannotDecide):
        tick(number=case.pk, steps=["guess"], by="Ana", now=texts.now)
    case.refresh_from_db()
    assert (case.tier, case.checklist) == (0, "thoughts,plan")


def test_rules_that_fail_count_as_tier_one(texts: Texts, monkeypatch: pytest.MonkeyPatch, caplog):
    def broken(*_: object, **__: object) -> CrisisSigns:
        raise RuntimeError("broken")

    monkeypatch.setattr(handling, "classify", broken)
    phone = texts.phone()
    phone.says("good morning")
    phone.heard("988")
    assert CrisisCase.objects.get().tier == 1
    assert HeardText.objects.get().reasons == "classifier-failed"
    assert "good morning" not in caplog.text


def test_anything_that_breaks_while_a_text_is_handled_shows_it_to_a_person(
    texts: Texts, monkeypatch: pytest.MonkeyPatch, caplog
):
    def broken(*_: object) -> str:
        raise RuntimeError("broken")

    monkeypatch.setattr(handling, "_act", broken)
    phone = texts.phone()
    phone.says("hello there")
    phone.heard("988")
    assert CrisisCase.objects.get().reasons == "not-handled"
    assert "hello there" not in caplog.text


def test_a_text_split_in_two_is_read_as_one(texts: Texts):
    phone = texts.phone()
    phone.sends("i want to k")
    phone.sends("ill myself")
    texts.settle()
    assert CrisisCase.objects.get().tier <= 1


def test_a_flood_of_one_does_not_delay_anothers_danger(texts: Texts):
    flood, other = texts.phone("+15125550101"), texts.phone("+15125550102")
    for number in range(60):
        flood.sends(f"hello {number}")
    other.sends(IMMINENT)
    texts.worker.turn()
    other.heard("911")
    assert len(flood.inbox) <= 1
