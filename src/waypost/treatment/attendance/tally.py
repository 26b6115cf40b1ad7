"""The hours of a person's week against their plan, and what is missing while there is time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

IOP_MINUTES = 9 * 60
"""The hours a week from which an intensive outpatient program begins for adults (ASAM 2.1)."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session of a person's week: when it ends, how long it is, and the minutes attended.

    ``minutes`` is None while nothing is kept of it.
    """

    ends: datetime
    length: int
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class WeekTally:
    """A week in minutes: what the plan asks for, what was attended, and what can still come."""

    planned: int
    attended: int
    ahead: int
    unrecorded: int

    @property
    def missing(self) -> int:
        """What will be missing even if everything that is ahead is attended."""
        return max(self.planned - self.attended - self.ahead - self.unrecorded, 0)

    @property
    def reached(self) -> bool:
        """Whether the plan's hours are attended already."""
        return self.attended >= self.planned

    @property
    def below_iop(self) -> bool:
        """Whether a plan of nine hours or more will end below nine."""
        if self.planned < IOP_MINUTES:
            return False
        return self.attended + self.ahead + self.unrecorded < IOP_MINUTES


def week_of(day: date) -> tuple[date, date]:
    """Monday of the day's week, and the Monday after it."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def tally(planned: int, sittings: Iterable[Sitting], now: datetime) -> WeekTally:
    """The week so far; a session that is over and of which nothing is kept stands apart."""
    attended = ahead = unrecorded = 0
    for sitting in sittings:
        if sitting.minutes is not None:
            attended += sitting.minutes
        elif sitting.ends > now:
            ahead += sitting.length
        else:
            unrecorded += sitting.length
    return WeekTally(planned, attended, ahead, unrecorded)
