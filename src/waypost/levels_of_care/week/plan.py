"""What a person says about their week: when they can come, and their other commitments.

Times are minutes after midnight; days count from Monday, 0, to Sunday, 6. Nothing here is
personal: no name, no place, no reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHORTEST_SESSION = 30
LONGEST_SESSION = 8 * 60
MAX_TRAVEL = 240
PLAN_WEEKS = 12
"""The weeks that are drawn: an example that a reader may change, not a rule."""


class DutyKind(StrEnum):
    """What else takes a person's time."""

    WORK = "work"
    SCHOOL = "school"
    CARE = "care"


class Age(StrEnum):
    """Whose hours count: programs for adults and for people under 18 differ."""

    ADULT = "adult"
    YOUNG = "young"


class PlanFault(StrEnum):
    """Why a plan cannot be drawn; a door says it in its reader's language."""

    NO_DAYS = "no days"
    BAD_DAY = "bad day"
    BAD_TIMES = "bad times"
    BAD_CLOCK = "bad clock"
    BAD_SESSION = "bad session"
    NO_DUTY_HOURS = "no duty hours"
    SAME_DUTY_HOURS = "same duty hours"
    BAD_TRAVEL = "bad travel"
    BAD_WEEKS = "bad weeks"
    BAD_CHOICE = "bad choice"
    BAD_DATE = "bad date"
    BAD_ZONE = "bad zone"


class BadWeek(ValueError):
    """A plan that cannot be drawn; ``problems`` maps a field to its `PlanFault`."""

    def __init__(self, problems: Mapping[str, PlanFault]) -> None:
        super().__init__("; ".join(f"{field}: {fault.value}" for field, fault in problems.items()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class WeekSpan:
    """From ``start`` to ``end``, in minutes after midnight; past 1440 is the next day."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start


MORNING = WeekSpan(9 * 60, 12 * 60)
EVENING = WeekSpan(18 * 60, 21 * 60)


@dataclass(frozen=True, slots=True)
class Duty:
    """Work, school or care on some days; a span that ends after 1440 runs past midnight."""

    kind: DutyKind
    days: tuple[int, ...]
    span: WeekSpan


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """When one could come.

    ``days`` are the days one can come and ``times`` how many of them a week; ``travel`` is
    minutes one way. Of the twelve weeks ``full_weeks`` have every session and the next
    ``two_weeks`` have two; the rest have one.
    """

    session: WeekSpan = EVENING
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    times: int = 3
    duties: tuple[Duty, ...] = ()
    travel: int = 30
    age: Age = Age.ADULT
    full_weeks: int = 8
    two_weeks: int = 2

    def __post_init__(self) -> None:
        problems = dict(_problems(self))
        if problems:
            raise BadWeek(problems)


def _problems(plan: WeekPlan) -> Iterator[tuple[str, PlanFault]]:
    session = plan.session
    in_the_day = 0 <= session.start < session.end <= MINUTES_A_DAY
    if not (in_the_day and SHORTEST_SESSION <= session.minutes <= LONGEST_SESSION):
        yield "start", PlanFault.BAD_SESSION
    if not plan.days:
        yield "day", PlanFault.NO_DAYS
    elif not _are_days(plan.days):
        yield "day", PlanFault.BAD_DAY
    if not 1 <= plan.times <= 7:
        yield "times", PlanFault.BAD_TIMES
    if not 0 <= plan.travel <= MAX_TRAVEL:
        yield "travel", PlanFault.BAD_TRAVEL
    if plan.full_weeks < 1 or plan.two_weeks < 0 or plan.full_weeks + plan.two_weeks > PLAN_WEEKS:
        yield "full", PlanFault.BAD_WEEKS
    for duty in plan.duties:
        if not _are_days(duty.days):
            yield f"{duty.kind}_day", PlanFault.BAD_DAY
        if not (0 <= duty.span.start < MINUTES_A_DAY and 0 < duty.span.minutes < MINUTES_A_DAY):
            yield f"{duty.kind}_from", PlanFault.SAME_DUTY_HOURS


def _are_days(days: tuple[int, ...]) -> bool:
    return days == tuple(sorted(set(days))) and all(0 <= day <= 6 for day in days)
