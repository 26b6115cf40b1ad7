"""What a program's week is made of besides its people: slots, groups, rooms, facilitators."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class ProgramSetup:
    """Ids are the names that the program uses. ``site`` is its listing, '' where it has none.

    ``state`` (two letters) brings the ratio that its rule asks for; ``zone`` is the wall's.
    """

    zone: str
    state: str = ""
    site: str = ""
    level: str = "2.1"
    slots: tuple[WeekSlot, ...] = ()
    groups: tuple[CareGroup, ...] = ()
    rooms: tuple[MeetingRoom, ...] = ()
    facilitators: tuple[Facilitator, ...] = ()

    def problem(self, people: tuple[Attendee, ...]) -> WeekProblem:
        """The week to be solved, with these people."""
        ratio = people_a_counselor(self.state, self.level)
        return WeekProblem(
            self.slots, self.groups, self.rooms, self.facilitators, people, people_a_counselor=ratio
        )


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
        ids = [one.id for one in named]
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
