"""A timetable as it is made by hand: group after group, at the fullest time, the shortest first.

It keeps every hard rule, gives the solver a week to start from, is the week where the solver is
not installed, and is what the solver is measured beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from waypost.treatment.timetable.checking import SLACK_MINUTES, overlapping
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    MeetingRoom,
    Placing,
    Timetable,
    WeekProblem,
    WeekSlot,
    may_attend,
    may_lead,
    slots_for,
)


@dataclass
class _Week:
    """The week so far."""

    problem: WeekProblem
    placings: list[Placing] = field(default_factory=list)
    places: set[tuple[str, str]] = field(default_factory=set)
    coming: dict[str, list[WeekSlot]] = field(default_factory=dict)
    leading: dict[str, list[WeekSlot]] = field(default_factory=dict)
    rooms: dict[str, list[WeekSlot]] = field(default_factory=dict)

    def missing(self, person: Attendee) -> int:
        """The minutes that a person's plan still asks for."""
        return person.minutes - sum(slot.minutes for slot in self.coming.get(person.id, ()))

    def can_add(self, person: Attendee, group: CareGroup, slot: WeekSlot) -> bool:
        """Whether a person who is short can come to this group too."""
        slots = [*self.coming.get(person.id, ()), slot]
        days = {taken_slot.day for taken_slot in slots}
        short = self.missing(person) > 0 or group.id in person.pinned
        return (
            short
            and self.missing(person) - slot.minutes >= -SLACK_MINUTES
            and may_attend(person, group, slot)
            and len(days) <= person.most_days
            and not overlapping(slots)
        )

    def room_for(self, group: CareGroup, slot: WeekSlot) -> MeetingRoom | None:
        """The free room with the most seats that the group needs."""
        free = [
            room
            for room in self.problem.rooms
            if group.room in ("", room.id)
            and room.seats >= group.fewest
            and not overlapping([*self.rooms.get(room.id, ()), slot])
        ]
        return max(free, key=lambda room: (min(room.seats, group.most), -room.seats), default=None)

    def leader_for(self, group: CareGroup, slot: WeekSlot) -> str:
        """A facilitator who is free, allowed and least busy; '' for nobody."""
        free = [
            facilitator.id
            for facilitator in self.problem.facilitators
            if may_lead(facilitator, group, slot)
            and not overlapping([*self.leading.get(facilitator.id, ()), slot])
            and sum(s.minutes for s in self.leading.get(facilitator.id, ())) + slot.minutes
            <= facilitator.most_minutes
        ]
        return min(free, key=lambda name: len(self.leading.get(name, ())), default="")

    def within_ratio(self, day: int, leader: str, more: Iterable[str]) -> bool:
        """Whether the counselors of a day suffice for all who come on it."""
        most = self.problem.people_a_counselor
        if not most:
            return True
        people = {p for p, slots in self.coming.items() if any(s.day == day for s in slots)}
        leaders = {f for f, slots in self.leading.items() if any(s.day == day for s in slots)}
        return len(people | set(more)) <= most * len(leaders | {leader})


def by_hand(problem: WeekProblem) -> Timetable:
    """A week made group after group; the needed kinds and the small groups first."""
    week = _Week(problem)
    wanted = {kind for person in problem.people for kind in person.needs}
    order = sorted(problem.groups, key=lambda g: (g.kind not in wanted, len(_welcome(problem, g))))
    for group in order:
        _place(week, group)
    return Timetable(tuple(sorted(week.placings)), frozenset(week.places))


def _welcome(problem: WeekProblem, group: CareGroup) -> list[Attendee]:
    return [person for person in problem.people if person.welcome(group.kind)]


def _place(week: _Week, group: CareGroup) -> None:
    best: tuple[int, WeekSlot, MeetingRoom, str, list[Attendee]] | None = None
    for slot in slots_for(week.problem, group):
        room, leader = week.room_for(group, slot), week.leader_for(group, slot)
        if room is None or not leader:
            continue
        people = _who_come(week, group, slot, min(group.most, room.seats), leader)
        worth = sum(min(slot.minutes, max(week.missing(p), 0)) for p in people)
        if len(people) >= group.fewest and (best is None or worth > best[0]):
            best = (worth, slot, room, leader, people)
    if best is None:
        return
    _worth, slot, room, leader, people = best
    week.placings.append(Placing(group.id, slot.id, room.id, leader))
    week.rooms.setdefault(room.id, []).append(slot)
    week.leading.setdefault(leader, []).append(slot)
    for person in people:
        week.places.add((person.id, group.id))
        week.coming.setdefault(person.id, []).append(slot)


def _who_come(
    week: _Week, group: CareGroup, slot: WeekSlot, most: int, leader: str
) -> list[Attendee]:
    able = [p for p in week.problem.people if week.can_add(p, group, slot)]
    able.sort(key=lambda p: (group.id not in p.pinned, group.kind not in p.needs, -week.missing(p)))
    chosen: list[Attendee] = []
    for person in able[:most]:
        if week.within_ratio(slot.day, leader, [p.id for p in chosen] + [person.id]):
            chosen.append(person)
    return chosen
