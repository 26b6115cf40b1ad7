"""A week in an intensive outpatient program: sessions, hours reached, conflicts, free time.

How many hours make an IOP stands, with its sources, in ``content/levels_of_care/hours.yaml``. How
sessions grow fewer over twelve weeks is an example of Waypost's own, for the reader to change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from waypost.levels_of_care.hours import the_hours
from waypost.levels_of_care.week.plan import (
    MINUTES_A_DAY,
    MINUTES_A_WEEK,
    PLAN_WEEKS,
    Age,
    DutyKind,
    WeekPlan,
    WeekSpan,
)

SLEEP_MINUTES = 7 * 8 * 60
"""Eight hours a night; free time is counted outside them."""

LATE = WeekSpan(18 * 60, 21 * 60)
"""What is called an evening."""


class Reach(StrEnum):
    """How a week's hours compare with those of an IOP."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


class Clash(StrEnum):
    """What runs into a duty."""

    SESSION = "session"
    WAY_THERE = "way there"
    WAY_BACK = "way back"


@dataclass(frozen=True, slots=True)
class Conflict:
    """On ``day``, a session or the way to or from it runs into a duty for ``minutes``."""

    day: int
    duty: DutyKind
    clash: Clash
    minutes: int


@dataclass(frozen=True, slots=True)
class PlanWeek:
    """One of the twelve weeks: its days with a session and how its hours stand."""

    number: int
    days: tuple[int, ...]
    minutes: int
    reach: Reach


@dataclass(frozen=True, slots=True)
class Week:
    """What a plan comes to.

    ``minutes`` are of treatment, ``travel_minutes`` of travel, both a week; ``free_minutes`` are
    what is left outside sleep, duties, treatment and travel. ``spare_days`` are days one could
    come as well.
    """

    days: tuple[int, ...]
    minutes: int
    reach: Reach
    travel_minutes: int
    conflicts: tuple[Conflict, ...]
    free_minutes: int
    free_evenings: tuple[int, ...]
    spare_days: tuple[int, ...]
    weeks: tuple[PlanWeek, ...]

    @property
    def short_of_days(self) -> bool:
        """Whether another day would have to be found to reach an IOP's hours."""
        return self.reach is Reach.BELOW and not self.spare_days


def week_of(plan: WeekPlan) -> Week:
    """Lay out the week: days with the fewest conflicts first, then as far apart as can be."""
    days = _spread(plan.days, plan.times, plan)
    minutes = plan.session.minutes * len(days)
    busy = _busy(plan, days)
    return Week(
        days=days,
        minutes=minutes,
        reach=reach(minutes, plan.age),
        travel_minutes=2 * plan.travel * len(days),
        conflicts=tuple(c for day in days for c in conflicts_on(plan, day)),
        free_minutes=max(0, MINUTES_A_WEEK - SLEEP_MINUTES - sum(busy)),
        free_evenings=tuple(d for d in range(7) if not any(busy[_slice(d, LATE)])),
        spare_days=tuple(day for day in plan.days if day not in days),
        weeks=_twelve(plan, days),
    )


def reach(minutes: int, age: Age) -> Reach:
    """How ``minutes`` of treatment a week compare with an IOP's hours for this age."""
    if minutes < least_hours(age) * 60:
        return Reach.BELOW
    return Reach.ABOVE if minutes >= the_hours().php.least * 60 else Reach.WITHIN


def least_hours(age: Age) -> int:
    """The fewest hours a week that make an IOP for this age."""
    hours = the_hours()
    return hours.iop_young.least if age is Age.YOUNG else hours.iop.least


def conflicts_on(plan: WeekPlan, day: int) -> tuple[Conflict, ...]:
    """Each duty that a session on ``day`` would run into, with what runs into it longest."""
    conflicts = []
    for duty in plan.duties:
        busy = [_in_week(duty_day, duty.span) for duty_day in duty.days]
        overlaps = [
            (sum(_overlap(part, span) for span in busy), clash) for clash, part in _parts(plan, day)
        ]
        minutes, clash = max(overlaps, key=lambda pair: pair[0])
        if minutes:
            conflicts.append(Conflict(day, duty.kind, clash, minutes))
    return tuple(conflicts)


def _parts(plan: WeekPlan, day: int) -> Iterator[tuple[Clash, WeekSpan]]:
    session = _in_week(day, plan.session)
    yield Clash.SESSION, session
    yield Clash.WAY_THERE, WeekSpan(session.start - plan.travel, session.start)
    yield Clash.WAY_BACK, WeekSpan(session.end, session.end + plan.travel)


def _in_week(day: int, span: WeekSpan) -> WeekSpan:
    return WeekSpan(day * MINUTES_A_DAY + span.start, day * MINUTES_A_DAY + span.end)


def _overlap(a: WeekSpan, b: WeekSpan) -> int:
    """Shared minutes; Sunday night runs on into Monday morning."""
    return sum(
        max(0, min(a.end, b.end + shift) - max(a.start, b.start + shift))
        for shift in (-MINUTES_A_WEEK, 0, MINUTES_A_WEEK)
    )


def _slice(day: int, span: WeekSpan) -> slice:
    inside = _in_week(day, span)
    return slice(inside.start, inside.end)


def _busy(plan: WeekPlan, days: tuple[int, ...]) -> bytearray:
    """Each minute of the week, 1 where a duty, a session or the way to it takes it."""
    spans = [_in_week(day, duty.span) for duty in plan.duties for day in duty.days]
    for day in days:
        session = _in_week(day, plan.session)
        spans.append(WeekSpan(session.start - plan.travel, session.end + plan.travel))
    busy = bytearray(MINUTES_A_WEEK)
    for span in spans:
        for minute in range(span.start, span.end):
            busy[minute % MINUTES_A_WEEK] = 1
    return busy


def _spread(days: tuple[int, ...], count: int, plan: WeekPlan | None = None) -> tuple[int, ...]:
    """``count`` of ``days``: fewest conflicts, then the widest smallest gap, then the earliest."""
    has_conflict = {day: bool(plan and conflicts_on(plan, day)) for day in days}

    def cost(chosen: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        gaps = [b - a for a, b in zip(chosen, (*chosen[1:], chosen[0] + 7), strict=True)]
        return sum(has_conflict[day] for day in chosen), -min(gaps), chosen

    return min(combinations(days, min(count, len(days))), key=cost)


def _twelve(plan: WeekPlan, days: tuple[int, ...]) -> tuple[PlanWeek, ...]:
    two = _spread(days, 2)
    weeks = []
    for number in range(1, PLAN_WEEKS + 1):
        session_days = days
        if number > plan.full_weeks:
            session_days = two if number <= plan.full_weeks + plan.two_weeks else two[:1]
        minutes = plan.session.minutes * len(session_days)
        weeks.append(PlanWeek(number, session_days, minutes, reach(minutes, plan.age)))
    return tuple(weeks)
