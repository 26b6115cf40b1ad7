"""When each step of a series is sent: on the person's own calendar and clock, inside the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from waypost.texting.series.series import Pace, Series, Step
from waypost.texting.whereabouts import Whereabouts
from waypost.texting.windows import SendingHours, is_open, next_opening
from waypost.values.wall_time import moment_of

USUAL_MINUTE = 13 * 60
"""One in the afternoon, which every window of the week holds."""
_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class PersonalCalendar:
    """Day 0 on the person's calendar, days that pauses moved it, their clocks, their time."""

    started_on: date
    moved_days: int
    where: Whereabouts
    chosen: int | None
    hours: SendingHours


@dataclass(frozen=True, slots=True)
class Planned:
    """A step, when it is sent, and when it is too late for it."""

    step: Step
    at: datetime
    until: datetime


def local_day(where: Whereabouts, now: datetime) -> date:
    """The date by the person's own clock."""
    return now.astimezone(ZoneInfo(where.zone)).date()


def in_order(series: Series) -> list[Step]:
    """The steps by day, then by time."""
    return sorted(series.steps, key=lambda step: (step.day, step.minute or USUAL_MINUTE))


def planned(series: Series, step: Step, calendar: PersonalCalendar) -> Planned:
    """When a step is due: its wall time, or the nearest moment of that day inside the window."""
    day = calendar.started_on + timedelta(days=step.day + calendar.moved_days)
    minute = step.minute
    if minute is None:
        minute = calendar.chosen if calendar.chosen is not None else USUAL_MINUTE
    at = _inside(moment_of(day, minute, calendar.where.zone), day, calendar)
    return Planned(step, at, at + timedelta(hours=series.allowance_hours))


def _inside(wall: datetime, day: date, calendar: PersonalCalendar) -> datetime:
    where, hours = calendar.where, calendar.hours
    at = next_opening(where, wall, hours)
    if local_day(where, at) == day:
        return at
    earlier = wall  # the window closed before: the last quarter of an hour of it, the same day
    while local_day(where, earlier) == day:
        if is_open(where, earlier, hours):
            return earlier
        earlier -= _QUARTER
    return at


def coming(
    series: Series, calendar: PersonalCalendar, pace: Pace, last_step: str, now: datetime
) -> Iterator[Planned]:
    """The steps after ``last_step`` that are not too late, in order.

    A step that was missed by more than its allowance is left out, never sent the next morning. A
    ``last_step`` that this version no longer has counts as none: what is too late is left out.
    """
    steps = in_order(series)
    names = [step.id for step in steps]
    begin = names.index(last_step) + 1 if last_step in names else 0
    for step in steps[begin:]:
        if step.pace <= pace:
            plan = planned(series, step, calendar)
            if plan.until > now:
                yield plan
