"""One look at a week: what is asked of it for several people is worked out once.

A page asks for dozens of people what would help them, and the week is the same for all: which
groups are full, at which times too few could come, where a room and a facilitator are free.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from waypost.treatment.timetable.checking import SLACK_MINUTES, overlapping
from waypost.treatment.timetable.kinds import GroupKind
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    Timetable,
    WeekProblem,
    WeekSlot,
    may_join,
    may_lead,
    slots_for,
    within,
)


class Lack(StrEnum):
    """What one more group would lack."""

    NOTHING = "nothing"
    PEOPLE = "people"
    FACILITATOR = "facilitator"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class AttendeeWeek:
    """A person's sessions in the week; ``minutes`` of all of them, on these ``days``."""

    person: Attendee
    slots: tuple[WeekSlot, ...]
    minutes: int
    days: frozenset[int]
    twice: bool
    """Whether two of them are at the same time already."""

    def has_time(self, slot: WeekSlot) -> bool:
        """Whether one more session then fits, their hours and days aside."""
        if self.twice or self.minutes + slot.minutes > self.person.minutes + SLACK_MINUTES:
            return False
        return not any(o.start < slot.end and slot.start < o.end for o in self.slots)

    def on_their_days(self, slot: WeekSlot) -> bool:
        """Whether they then come on no more days than they can."""
        return len(self.days | {slot.day}) <= self.person.most_days


class Sight:
    """A week that is looked at: ``problem`` and ``timetable``, and what follows from them.

    The timetable names groups, times, rooms and people of the problem alone (`known_part`).
    """

    def __init__(self, problem: WeekProblem, timetable: Timetable) -> None:
        self.problem, self.timetable = problem, timetable
        self._own_weeks: dict[str, AttendeeWeek] = {}
        self._free: dict[str, list[Attendee]] = {}
        self._lacks: dict[tuple[GroupKind, str], Lack] = {}

    def own_week(self, person: Attendee) -> AttendeeWeek:
        """The week of one person."""
        own = self._own_weeks.get(person.id)
        if own is None:
            own = self._own_weeks[person.id] = self._own_week(person)
        return own

    def _own_week(self, person: Attendee) -> AttendeeWeek:
        placing_of, slot_of = self.timetable.placing_of, self.problem.slot_of
        groups = self.timetable.groups_of.get(person.id, ())
        slots = tuple(slot_of[placing_of[group].slot] for group in groups)
        minutes, days = sum(slot.minutes for slot in slots), frozenset(slot.day for slot in slots)
        return AttendeeWeek(person, slots, minutes, days, overlapping(slots))

    def fits(self, person: Attendee, slot: WeekSlot) -> bool:
        """Whether one more session then fits into a person's week and days, their hours aside."""
        own = self.own_week(person)
        return own.has_time(slot) and own.on_their_days(slot)

    def free(self, slot: WeekSlot) -> list[Attendee]:
        """Everyone who can come then and is in nothing else."""
        people = self._free.get(slot.id)
        if people is None:
            people = self._free[slot.id] = [
                person
                for person in self.problem.people
                if within(person.hours, slot.start, slot.end) and self.fits(person, slot)
            ]
        return people

    def new_group_lacks(self, kind: GroupKind, slot: WeekSlot) -> Lack:
        """What one more group of a kind would lack then: people first, then who leads, a room."""
        lack = self._lacks.get((kind, slot.id))
        if lack is None:
            lack = self._lacks[kind, slot.id] = self._new_group_lacks(CareGroup("", kind), slot)
        return lack

    def _new_group_lacks(self, group: CareGroup, slot: WeekSlot) -> Lack:
        if sum(may_join(person, group) for person in self.free(slot)) < group.fewest:
            return Lack.PEOPLE
        if not leader_free(self.problem, self.timetable, group, slot):
            return Lack.FACILITATOR
        return Lack.NOTHING if self._has_room(group, slot) else Lack.ROOM

    def _has_room(self, group: CareGroup, slot: WeekSlot) -> bool:
        return room_free(self.problem, self.timetable, group, slot)

    @cached_property
    def full(self) -> list[tuple[CareGroup, WeekSlot]]:
        """Groups at their cap whose room has a seat left."""
        return [(g, slot) for g, slot, size, seats in self._sizes() if g.most <= size < seats]

    @cached_property
    def with_places(self) -> list[tuple[CareGroup, WeekSlot]]:
        """Groups that have a place left."""
        return [(g, slot) for g, slot, size, seats in self._sizes() if size < min(g.most, seats)]

    def _sizes(self) -> Iterator[tuple[CareGroup, WeekSlot, int, int]]:
        """Each group that meets: when, with how many people, and for how many its room is."""
        problem = self.problem
        for placing in self.timetable.placings:
            size = len(self.timetable.people_of.get(placing.group, ()))
            seats = problem.room_of[placing.room].seats
            yield problem.group_of[placing.group], problem.slot_of[placing.slot], size, seats

    @cached_property
    def too_few(self) -> list[tuple[CareGroup, WeekSlot, frozenset[str]]]:
        """Groups that do not meet, the times at which only people are lacking, who could come."""
        return list(self._too_few())

    def _too_few(self) -> Iterator[tuple[CareGroup, WeekSlot, frozenset[str]]]:
        for group in self.problem.groups:
            if group.id in self.timetable.placing_of:
                continue
            for slot in slots_for(self.problem, group):
                able = frozenset(p.id for p in self.free(slot) if may_join(p, group))
                if (
                    0 < len(able) < group.fewest
                    and self._has_room(replace(group, fewest=1), slot)
                    and leader_free(self.problem, self.timetable, group, slot)
                ):
                    yield group, slot, able


def room_free(problem: WeekProblem, timetable: Timetable, group: CareGroup, slot: WeekSlot) -> bool:
    """Whether a room with enough seats for the group is free then."""
    placed = ((p.room, problem.slot_of[p.slot]) for p in timetable.placings)
    used = {room for room, other in placed if other.start < slot.end and slot.start < other.end}
    return any(
        room.id not in used and room.seats >= group.fewest and group.room in ("", room.id)
        for room in problem.rooms
    )


def leader_free(
    problem: WeekProblem, timetable: Timetable, group: CareGroup, slot: WeekSlot
) -> bool:
    """Whether somebody who may lead the group is free then, within their minutes of the week."""
    for facilitator in problem.facilitators:
        theirs = [
            problem.slot_of[p.slot] for p in timetable.placings if p.facilitator == facilitator.id
        ]
        minutes = sum(other.minutes for other in theirs) + slot.minutes
        if (
            may_lead(facilitator, group, slot)
            and not overlapping([*theirs, slot])
            and minutes <= facilitator.most_minutes
        ):
            return True
    return False
