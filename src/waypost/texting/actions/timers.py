"""Fires timers: who is called, and what is said to a person who still waits."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.texting.actions.alerting import text_alert
from waypost.texting.actions.outbox import SERVICE, say
from waypost.texting.actions.turns import writing
from waypost.texting.crisis.ladder import REPEAT, TimerKind
from waypost.texting.lanes import OutboxLane
from waypost.texting.models import CrisisCase, StaffAlert, Timer
from waypost.texting.queries.roster import on_shift
from waypost.texting.queries.sealed import ALERT, opened, operator
from waypost.texting.roster import ShiftDuty
from waypost.texting.words.replies import ReplyCode

CALLED = {
    TimerKind.ON_DUTY: (ShiftDuty.RESPONDER, ShiftDuty.SUPERVISOR),
    TimerKind.SECOND: (ShiftDuty.RESPONDER, ShiftDuty.SUPERVISOR),
    TimerKind.STILL_HERE: (ShiftDuty.SUPERVISOR, ShiftDuty.ON_CALL),
    TimerKind.ON_CALL: (ShiftDuty.ON_CALL, ShiftDuty.SUPERVISOR),
}
"""Who is called by each timer; where nobody of these is on shift, the operator is."""
OPERATOR = "operator"


@writing()
def fire(*, number: int, now: datetime) -> None:
    """Do what a timer that is due asks for; one that ended or fired before does nothing."""
    timer = Timer.objects.select_for_update().get(pk=number)
    case = CrisisCase.objects.select_for_update().get(pk=timer.case_id)
    if timer.fired_at is not None or timer.ended_at is not None or timer.due_at > now:
        return
    if case.closed_at is not None:
        timer.ended_at = now
        timer.save(update_fields=["ended_at"])
        return
    timer.fired_at = now
    timer.save(update_fields=["fired_at"])
    kind = TimerKind(timer.kind)
    _call(case, kind, now)
    if kind is TimerKind.STILL_HERE and not case.do_not_text:
        cause = f"still:{timer.pk}"
        say(case.contact, ReplyCode.STILL_HERE, lane=OutboxLane.CRISIS, cause=cause, now=now)
    if kind is TimerKind.ON_CALL:
        _again(timer, now)


def _call(case: CrisisCase, kind: TimerKind, now: datetime) -> None:
    """One alert to each person who is called: by text where the roster has their number; mail
    goes out with the next turn of the loop."""
    called = {
        shift.person: opened(shift.alert_number, ALERT) for shift in on_shift(now, *CALLED[kind])
    }
    if not called or kind is TimerKind.ON_CALL:
        called[operator().alert_mail or OPERATOR] = operator().alert_number
    for person, number in sorted(called.items()):
        alert = StaffAlert.objects.create(case=case, to=person, why=kind, at=now)
        if number:
            text_alert(alert=alert, number=number, now=now)
        act = f"called {person}: {kind}"[:120]
        record_event(act=act, record=f"case:{case.pk}", by=SERVICE, now=now)


def _again(timer: Timer, now: datetime) -> None:
    Timer.objects.get_or_create(
        case_id=timer.case_id,
        kind=timer.kind,
        round=timer.round + 1_000,
        defaults={"due_at": now + REPEAT},
    )


@transaction.atomic
def see_alert(*, number: int, by: str, now: datetime) -> None:
    """Somebody saw that they were called."""
    if StaffAlert.objects.filter(pk=number, seen_at=None).update(seen_at=now):
        record_event(act="saw an alert", record=f"alert:{number}", by=by, now=now)
