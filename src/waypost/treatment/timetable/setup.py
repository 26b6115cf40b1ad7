"""What a program's week is made of besides its people: slots, groups, rooms, facilitators."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import msgspec

from waypost.treatment.faults import TreatmentFault
from waypost.treatment.timetable.caps import people_a_counselor
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    Facilitator,
    MeetingRoom,
    WeekProblem,
    WeekSlot,
)
from waypost.values.coded_fault import CodedError, CodedFault
from waypost.values.wall_time import MINUTES_A_DAY, moment_of


class BadSetup(CodedError, ValueError):
    """A setup that cannot be used."""


DAYS = 7


@dataclass(frozen=True, slots=True)
class Leave:
    """A facilitator who is away from ``first`` to ``last``, both included."""

    facilitator: str
    first: date
    last: date

    def covers(self, facilitator: str, day: date) -> bool:
        """Whether this keeps somebody away on a day."""
        return facilitator == self.facilitator and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class ProgramSetup:
    """Ids are the names that the program uses. ``site`` is its listing, '' where it has none.

    ``leave`` names a facilitator with the first and the last day away; on ``closed`` days, holidays
    and the like, nothing meets. ``state`` (two letters) brings the ratio that its rule asks
    for; ``zone`` is the wall's.
    """

    zone: str
    state: str = ""
    site: str = ""
    level: str = "2.1"
    slots: tuple[WeekSlot, ...] = ()
    groups: tuple[CareGroup, ...] = ()
    rooms: tuple[MeetingRoom, ...] = ()
    facilitators: tuple[Facilitator, ...] = ()
    leave: tuple[Leave, ...] = ()
    closed: tuple[date, ...] = ()

    def problem(self, people: tuple[Attendee, ...], monday: date | None = None) -> WeekProblem:
        """The week to be solved, with these people; with its leave and its closed days if named."""
        return WeekProblem(
            self.slots,
            self.groups,
            self.rooms,
            tuple(self._at_work(facilitator, monday) for facilitator in self.facilitators),
            people,
            people_a_counselor=people_a_counselor(self.state, self.level),
            closed=frozenset(
                (day - monday).days for day in self.closed if 0 <= (day - monday).days < DAYS
            )
            if monday
            else frozenset(),
        )

    def away(self, monday: date) -> list[Leave]:
        """Who is on leave in the week of a Monday."""
        sunday = monday + timedelta(days=DAYS - 1)
        return [
            absence for absence in self.leave if absence.first <= sunday and monday <= absence.last
        ]

    def _at_work(self, facilitator: Facilitator, monday: date | None) -> Facilitator:
        """Their hours in the week of a Monday, days of leave taken out."""
        away = {
            day
            for day in range(DAYS if monday else 0)
            for leave in self.leave
            if monday and leave.covers(facilitator.id, monday + timedelta(days=day))
        }
        hours = tuple(span for span in facilitator.hours if span[0] // MINUTES_A_DAY not in away)
        return replace(facilitator, hours=hours)


def read_setup(value: Any) -> ProgramSetup:
    """From plain JSON.

    Raises:
        BadSetup: it is no setup, or cannot be used.
    """
    try:
        setup: ProgramSetup = msgspec.convert(value, ProgramSetup, strict=False)
    except msgspec.ValidationError as error:
        raise BadSetup(TreatmentFault.SETUP_UNREADABLE) from error
    return checked_setup(setup)


def checked_setup(setup: ProgramSetup) -> ProgramSetup:
    """The same setup.

    Raises:
        BadSetup: two of a kind have the same name, or a session ends before it begins.
    """
    for named in (setup.slots, setup.groups, setup.rooms, setup.facilitators):
        ids = [item.id for item in named]
        if len(set(ids)) != len(ids):
            twice = next(name for name in ids if ids.count(name) > 1)
            raise BadSetup(CodedFault(TreatmentFault.SETUP_TWICE, facts={"name": twice}))
    if any(not 0 <= s.start < s.end <= 8 * MINUTES_A_DAY for s in setup.slots):
        raise BadSetup(TreatmentFault.SETUP_BACKWARDS)
    return setup


def plain_setup(setup: ProgramSetup) -> Any:
    """As plain JSON."""
    return msgspec.to_builtins(setup)


def moments(setup: ProgramSetup, slot: WeekSlot, monday: date) -> tuple[Any, Any]:
    """Beginning and end of a slot in the week of a Monday, in UTC; 6 pm stays 6 pm on the wall."""
    day = monday + timedelta(days=slot.day)
    at = slot.day * MINUTES_A_DAY
    return (
        moment_of(day, slot.start - at, setup.zone),
        moment_of(day, slot.end - at, setup.zone),
    )
