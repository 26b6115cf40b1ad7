"""What a program's week is made of besides its people: slots, groups, rooms, facilitators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec

from waypost.treatment.timetable.caps import people_a_counselor
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    Facilitator,
    MeetingRoom,
    WeekProblem,
    WeekSlot,
)
from waypost.values.wall_time import MINUTES_A_DAY, moment_of


class BadSetup(ValueError):
    """A setup that cannot be used; the message says what is wrong."""


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
        BadSetup: with the place and what is wrong there.
    """
    try:
        setup: ProgramSetup = msgspec.convert(value, ProgramSetup, strict=False)
    except msgspec.ValidationError as error:
        raise BadSetup(str(error)) from None
    for named in (setup.slots, setup.groups, setup.rooms, setup.facilitators):
        ids = [one.id for one in named]
        if len(set(ids)) != len(ids):
            raise BadSetup("Two of a kind have the same name.")
    if any(not 0 <= s.start < s.end <= 8 * MINUTES_A_DAY for s in setup.slots):
        raise BadSetup("A session ends before it begins.")
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
