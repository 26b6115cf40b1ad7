"""When a program meets: a track, its sessions in local wall time, and what it is for.

6 pm stays 6 pm across a clock change: a session is a day of the week, two times on the wall and
the zone of that wall. The shape here is the one in the snapshot, in the API and in CSV.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from waypost.values.wall_time import (
    MINUTES_A_DAY,
    WEEK,
    WEEKEND,
    Day,
    minutes_of,
    moment_of,
)

EVENING_FROM = 17 * 60
"""A session on a weekday that begins at 5 pm or later is an evening session."""


class Attendance(StrEnum):
    """How one takes part: in a room, by video, or as one likes."""

    IN_PERSON = "in-person"
    TELEHEALTH = "telehealth"
    EITHER = "either"


class TimeOfDay(StrEnum):
    """What people call a track; each is a choice of the search's facet "time"."""

    DAY = "day"
    EVENINGS = "evenings"
    WEEKENDS = "weekends"


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """The same hours on some days; an ``end`` that is not after ``start`` is on the next day."""

    days: tuple[Day, ...]
    start: str
    end: str

    @property
    def from_minute(self) -> int:
        """Minutes after midnight at which it begins."""
        return minutes_of(self.start) or 0

    @property
    def to_minute(self) -> int:
        """Minutes after the midnight before its start at which it ends: past 1440, the next day."""
        end = minutes_of(self.end) or 0
        return end if end > self.from_minute else end + MINUTES_A_DAY

    @property
    def minutes(self) -> int:
        """How long one of them lasts on the wall."""
        return self.to_minute - self.from_minute


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One session on one day of the week, in minutes after Monday's midnight."""

    start: int
    end: int

    @property
    def day(self) -> Day:
        """The day on which it begins."""
        return WEEK[self.start // MINUTES_A_DAY % 7]


class Track(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of the schedules that a program runs; ``id`` is the program's own short name for it.

    What is left out is not known. ``hours_a_week`` is what one attends, which may be less than all
    sessions together (three of five evenings). ``language`` is a BCP 47 tag, ``for_whom`` names
    choices of the search ("group:women"), ``not_on`` are days on which it does not meet.
    """

    id: str
    sessions: tuple[Session, ...]
    zone: str
    hours_a_week: float | None = None
    attendance: Attendance | None = None
    language: str = ""
    for_whom: tuple[str, ...] = ()
    starts_on: date | None = None
    not_on: tuple[date, ...] = ()

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Every session of a week, in order."""
        by_start = {
            Meeting(at + session.from_minute, at + session.to_minute)
            for session in self.sessions
            for at in (day.number * MINUTES_A_DAY for day in session.days)
        }
        return tuple(sorted(by_start))

    @property
    def weekly_minutes(self) -> int | None:
        """What one attends in a week: as the program says, or all sessions together."""
        if self.hours_a_week is not None:
            return round(self.hours_a_week * 60)
        return sum(m.end - m.start for m in self.meetings) or None

    @property
    def times_of_day(self) -> frozenset[TimeOfDay]:
        """Day, evenings, weekends: every one that a session of it falls in."""
        return frozenset(map(_time_of_day, self.meetings))

    def dates(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        """Beginning and end, in UTC, of every session from ``first`` to ``last``, in order."""
        first = max(first, self.starts_on or first)
        for days in range((last - first).days + 1):
            on = first + timedelta(days=days)
            if on in self.not_on:
                continue
            for meeting in self.meetings:
                if meeting.day.number == on.weekday():
                    at = meeting.day.number * MINUTES_A_DAY
                    yield (
                        moment_of(on, meeting.start - at, self.zone),
                        moment_of(on, meeting.end - at, self.zone),
                    )


def _time_of_day(meeting: Meeting) -> TimeOfDay:
    if meeting.day in WEEKEND:
        return TimeOfDay.WEEKENDS
    late = meeting.start % MINUTES_A_DAY >= EVENING_FROM
    return TimeOfDay.EVENINGS if late else TimeOfDay.DAY
