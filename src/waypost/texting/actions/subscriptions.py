"""Series as they run: joining, steps, pace, pause, time, leaving, and check-ins."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta

from waypost.texting.actions.conversations import needs_person
from waypost.texting.actions.outbox import enqueue, say
from waypost.texting.actions.turns import writing
from waypost.texting.crisis.tiers import Tier
from waypost.texting.lanes import OutboxLane, RowState
from waypost.texting.models import FollowUp, OutboxRow, Subscription, TextContact
from waypost.texting.queries.contacts import open_case, where_is
from waypost.texting.queries.hours import sending_hours
from waypost.texting.queries.series import needs_of, version_for
from waypost.texting.series.calendar import PersonalCalendar, Planned, coming, local_day
from waypost.texting.series.series import Pace, Series, StepKind
from waypost.texting.standing import SubscriptionState, WhyEnded
from waypost.texting.words.replies import ReplyCode

ANSWER_HOURS, TASK_HOURS = 24, 24
"""How long a check-in waits, and when the task is due, where the step says nothing."""
RETRY = timedelta(hours=1)
"""When a subscription whose series has no approved version is looked at again."""


def subscribe(contact: TextContact, series: Series, now: datetime, *, active: bool) -> bool:
    """Put a contact into a series, to begin at once or after YES; False where it is in it now."""
    if Subscription.objects.filter(contact=contact, series=series.id, ended_at=None).exists():
        return False
    before = Subscription.objects.filter(contact=contact, series=series.id).count()
    row = Subscription.objects.create(
        contact=contact,
        series=series.id,
        version=series.version,
        round=before + 1,
        state=SubscriptionState.PENDING,
        made_at=now,
    )
    if active:
        begin(row, now)
    return True


def begin(row: Subscription, now: datetime) -> None:
    """Day 0 is today on the person's own calendar."""
    row.state = SubscriptionState.ACTIVE
    row.started_on = local_day(where_is(row.contact), now)
    row.save(update_fields=["state", "started_on"])
    plan_next(row, now)


def calendar_of(row: Subscription) -> PersonalCalendar:
    """The calendar of a subscription that has begun."""
    assert row.started_on is not None
    return PersonalCalendar(
        row.started_on,
        row.moved_days,
        where_is(row.contact),
        row.contact.minute,
        sending_hours(),
    )


def plan_next(row: Subscription, now: datetime) -> Planned | None:
    """Find the next step and when it is due; a series without one is completed."""
    if row.started_on is None or row.ended_at is not None:
        return None
    series = version_for(row.series, row.version)
    if series is None:  # held: no version is approved
        row.next_at = now + RETRY
        row.save(update_fields=["next_at"])
        return None
    plan = next(coming(series, calendar_of(row), Pace(row.pace), row.last_step, now), None)
    row.version, row.next_at = series.version, plan.at if plan else None
    if plan is None and row.answer_by is None:
        _complete(row, series, now)
    row.save()
    return plan


def _complete(row: Subscription, series: Series, now: datetime) -> None:
    row.state, row.ended_at, row.why_ended = SubscriptionState.ENDED, now, WhyEnded.COMPLETED
    say(
        row.contact,
        ReplyCode.SERIES_ENDED,
        lane=OutboxLane.SERIES,
        cause=f"ended:{row.pk}",
        now=now,
        series=series.title.spoken(row.contact.language),
    )


@writing()
def advance(*, number: int, now: datetime) -> None:
    """Queue the step that is due and plan the next; run twice, it queues nothing twice."""
    row = Subscription.objects.select_for_update().select_related("contact").get(pk=number)
    if row.ended_at is not None or row.started_on is None:
        return
    paused = row.contact.paused_until
    if paused is not None and paused > now:
        row.next_at = paused
        row.save(update_fields=["next_at"])
        return
    plan = plan_next(row, now)
    if plan is None or plan.at > now:
        return
    series = version_for(row.series, row.version)
    assert series is not None
    if open_case(row.contact_id) is None:
        _queue(row, series, plan, now)
    row.last_step = plan.step.id
    row.save(update_fields=["last_step"])
    plan_next(row, now)


def _queue(row: Subscription, series: Series, plan: Planned, now: datetime) -> None:
    """Write the row of a step; a check-in waits for its answer from the time it is due."""
    step = plan.step
    cause = f"series:{row.pk}:{step.id}"
    # the same person always gets the same variant of a step, whichever process queues it
    variant = step.texts[zlib.crc32(cause.encode()) % len(step.texts)]
    enqueue(
        row.contact,
        variant.spoken(row.contact.language),
        lane=OutboxLane.SERIES,
        cause=cause,
        now=now,
        not_before=plan.at,
        expires_at=plan.until,
        needs=needs_of(series),
    )
    if step.kind is StepKind.CHECK_IN:
        row.asked_step = step.id
        row.answer_by = plan.at + timedelta(hours=step.answer_hours or ANSWER_HOURS)
        row.save(update_fields=["asked_step", "answer_by"])


def asked(contact: TextContact, now: datetime) -> Subscription | None:
    """The subscription whose check-in waits for an answer of this contact."""
    rows = Subscription.objects.filter(contact=contact, ended_at=None, answer_by__gt=now)
    return rows.order_by("-answer_by").first()


def answer_check_in(row: Subscription, *, needs_help: bool, now: datetime) -> None:
    """YES makes a task for a person with a due time; any answer ends the wait."""
    if needs_help:
        _task(row, "check-in yes", now)
    row.asked_step, row.answer_by = "", None
    row.save(update_fields=["asked_step", "answer_by"])


@writing()
def silence(*, number: int, now: datetime) -> None:
    """A check-in was not answered in time: a task for a person, as in the trial (Lucht 2021)."""
    row = Subscription.objects.select_for_update().select_related("contact").get(pk=number)
    if row.answer_by is None or row.answer_by > now or row.ended_at is not None:
        return
    asked_by = OutboxRow.objects.filter(cause=f"series:{row.pk}:{row.asked_step}")
    if asked_by.filter(state__in=(RowState.SENT, RowState.DELIVERED, RowState.UNKNOWN)).exists():
        _task(row, "check-in silent", now)
    row.asked_step, row.answer_by = "", None
    row.save(update_fields=["asked_step", "answer_by"])
    if row.next_at is None:
        plan_next(row, now)


def _task(row: Subscription, kind: str, now: datetime) -> None:
    series = version_for(row.series, row.version)
    steps = {step.id: step for step in series.steps} if series else {}
    step = steps.get(row.asked_step)
    hours = step.task_hours if step is not None and step.task_hours else TASK_HOURS
    FollowUp.objects.get_or_create(
        cause=f"check-in:{row.pk}:{row.asked_step}",
        defaults={
            "contact": row.contact,
            "kind": kind,
            "made_at": now,
            "due_at": now + timedelta(hours=hours),
        },
    )
    needs_person(row.contact, Tier.NONE, now)


def set_pace(contact: TextContact, change: int, now: datetime) -> int:
    """MORE (+1) or LESS (-1) of every series; how many subscriptions there are."""
    rows = list(Subscription.objects.filter(contact=contact, ended_at=None))
    for row in rows:
        row.pace = max(Pace.LESS, min(Pace.MORE, row.pace + change))
        row.save(update_fields=["pace"])
        plan_next(row, now)
    return len(rows)


def pause(contact: TextContact, days: int, now: datetime) -> None:
    """Nothing automated for so many days; every series goes on afterwards where it stood."""
    resume(contact, now)
    contact.paused_until = now + timedelta(days=days)
    contact.save(update_fields=["paused_until"])
    _move(contact, days, contact.paused_until)


def resume(contact: TextContact, now: datetime) -> None:
    """End a pause early; the days that were not used are given back."""
    if contact.paused_until is None or contact.paused_until <= now:
        return
    left = (contact.paused_until - now).days
    contact.paused_until = None
    contact.save(update_fields=["paused_until"])
    _move(contact, -left, now)


def _move(contact: TextContact, days: int, now: datetime) -> None:
    for row in Subscription.objects.filter(contact=contact, ended_at=None):
        row.moved_days = max(0, row.moved_days + days)
        row.save(update_fields=["moved_days"])
        plan_next(row, now)


def set_minute(contact: TextContact, minute: int, now: datetime) -> None:
    """The time of day at which texts without a time of their own come."""
    contact.minute = minute
    contact.save(update_fields=["minute"])
    for row in Subscription.objects.filter(contact=contact, ended_at=None):
        plan_next(row, now)
