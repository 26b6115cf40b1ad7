"""What a timetable breaks: every hard rule, with its place, at once.

The same rules bind the solver, a swap by hand and an override; an override keeps its breaches in
sight. A plain, slow twin in the tests counts minute by minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from waypost.treatment.timetable.problem import (
    Placing,
    Timetable,
    WeekProblem,
    WeekSlot,
    may_lead,
    slots_for,
    within,
)
from waypost.treatment.timetable.scoring import days_of_person, minutes_of_person


class WeekRule(StrEnum):
    """The hard rules, as codes."""

    UNKNOWN = "unknown"
    SLOT = "slot"
    CLOSED = "closed"
    ROOM_TWICE = "room twice"
    ROOM_PINNED = "room pinned"
    SEATS = "seats"
    FACILITATOR_TWICE = "facilitator twice"
    FACILITATOR = "facilitator"
    FACILITATOR_HOURS = "facilitator hours"
    CAP = "cap"
    FEWEST = "fewest"
    PERSON_TWICE = "person twice"
    PERSON_HOURS = "person hours"
    NOT_FOR_THEM = "not for them"
    DAYS = "days"
    TOO_LONG = "too long"
    PINNED = "pinned"
    NOT_MEETING = "not meeting"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """One rule that is broken: by what, and where; with its numbers."""

    rule: WeekRule
    subject: str
    other: str = ""
    count: int = 0
    most: int = 0


SLACK_MINUTES = 119
"""How far beyond the plan's minutes a week may go: sessions are not cut to measure."""


def check(problem: WeekProblem, timetable: Timetable) -> tuple[Breach, ...]:
    """Every hard rule that the timetable breaks, in order; empty where it breaks none."""
    unknown = set(_unknown(problem, timetable))
    if unknown:  # what is known of the week is still looked at: nothing hides behind a lost room
        timetable = known_part(problem, timetable)
    breaches = [
        *unknown,
        *_of_placings(problem, timetable),
        *_of_sizes(problem, timetable),
        *_of_people(problem, timetable),
        *_of_ratio(problem, timetable),
    ]
    return tuple(sorted(set(breaches)))


def known_placings(problem: WeekProblem, timetable: Timetable) -> Timetable:
    """The week without what the setup has lost since: groups, times, rooms and facilitators."""
    placings = tuple(
        p
        for p in timetable.placings
        if p.group in problem.group_of
        and p.slot in problem.slot_of
        and p.room in problem.room_of
        and p.facilitator in problem.facilitator_of
    )
    return replace(timetable, placings=placings)


def known_part(problem: WeekProblem, timetable: Timetable) -> Timetable:
    """`known_placings`, and no place of somebody unknown or in a group that does not meet."""
    week = known_placings(problem, timetable)
    places = frozenset(
        (person, group)
        for person, group in week.places
        if person in problem.person_of and group in week.placing_of
    )
    return replace(week, places=places)


def _unknown(problem: WeekProblem, timetable: Timetable) -> Iterator[Breach]:
    for p in timetable.placings:
        known = (
            (p.group, problem.group_of),
            (p.slot, problem.slot_of),
            (p.room, problem.room_of),
            (p.facilitator, problem.facilitator_of),
        )
        yield from (Breach(WeekRule.UNKNOWN, name) for name, ids in known if name not in ids)
    for person, group in timetable.places:
        if person not in problem.person_of:
            yield Breach(WeekRule.UNKNOWN, person)
        if group not in problem.group_of:
            yield Breach(WeekRule.UNKNOWN, group)
        elif group not in timetable.placing_of:
            yield Breach(WeekRule.NOT_MEETING, person, group)


def _of_placings(problem: WeekProblem, timetable: Timetable) -> Iterator[Breach]:
    rooms: dict[str, list[Placing]] = {}
    leading: dict[str, list[Placing]] = {}
    for placing in timetable.placings:
        group, slot = problem.group_of[placing.group], problem.slot_of[placing.slot]
        facilitator = problem.facilitator_of[placing.facilitator]
        if slot.day in problem.closed:
            yield Breach(WeekRule.CLOSED, group.id, str(slot.day))
        elif slot not in slots_for(problem, group):
            yield Breach(WeekRule.SLOT, group.id, slot.id)
        if group.room not in ("", placing.room):
            yield Breach(WeekRule.ROOM_PINNED, group.id, placing.room)
        if not may_lead(facilitator, group, slot):
            yield Breach(WeekRule.FACILITATOR, group.id, facilitator.id)
        rooms.setdefault(placing.room, []).append(placing)
        leading.setdefault(placing.facilitator, []).append(placing)
    yield from _overlaps(problem, rooms, WeekRule.ROOM_TWICE)
    yield from _overlaps(problem, leading, WeekRule.FACILITATOR_TWICE)
    for name, placings in leading.items():
        minutes = sum(problem.slot_of[p.slot].minutes for p in placings)
        most = problem.facilitator_of[name].most_minutes
        if minutes > most:
            yield Breach(WeekRule.FACILITATOR_HOURS, name, count=minutes, most=most)


def _overlaps(
    problem: WeekProblem, placings: dict[str, list[Placing]], rule: WeekRule
) -> Iterator[Breach]:
    for name, of_name in placings.items():
        slots = [problem.slot_of[placing.slot] for placing in of_name]
        if overlapping(slots):
            yield Breach(rule, name)


def overlapping(slots: Iterable[WeekSlot]) -> bool:
    """Whether any two of them are at the same time."""
    ordered = sorted(slots, key=lambda slot: (slot.start, slot.end))
    return any(later.start < earlier.end for earlier, later in pairwise(ordered))


def _of_sizes(problem: WeekProblem, timetable: Timetable) -> Iterator[Breach]:
    for placing in timetable.placings:
        group = problem.group_of[placing.group]
        size = len(timetable.people_of.get(group.id, ()))
        seats = problem.room_of[placing.room].seats
        if size > group.most:
            yield Breach(WeekRule.CAP, group.id, count=size, most=group.most)
        if size > seats:
            yield Breach(WeekRule.SEATS, group.id, placing.room, size, seats)
        if size < group.fewest:
            yield Breach(WeekRule.FEWEST, group.id, count=size, most=group.fewest)


def _of_people(problem: WeekProblem, timetable: Timetable) -> Iterator[Breach]:
    for person in problem.people:
        groups = timetable.groups_of.get(person.id, frozenset())
        slots = [problem.slot_of[timetable.placing_of[group].slot] for group in groups]
        for group, slot in zip(groups, slots, strict=True):
            if not within(person.hours, slot.start, slot.end):
                yield Breach(WeekRule.PERSON_HOURS, person.id, group)
            if not person.welcome(problem.group_of[group].kind) or group in person.kept_out:
                yield Breach(WeekRule.NOT_FOR_THEM, person.id, group)
        if overlapping(slots):
            yield Breach(WeekRule.PERSON_TWICE, person.id)
        days = len(days_of_person(problem, timetable, person.id))
        if days > person.most_days:
            yield Breach(WeekRule.DAYS, person.id, count=days, most=person.most_days)
        minutes, most = (
            minutes_of_person(problem, timetable, person.id),
            person.minutes + SLACK_MINUTES,
        )
        if minutes > most:
            yield Breach(WeekRule.TOO_LONG, person.id, count=minutes, most=most)
        for group in person.pinned - groups:
            yield Breach(WeekRule.PINNED, person.id, group)


def _of_ratio(problem: WeekProblem, timetable: Timetable) -> Iterator[Breach]:
    if not problem.people_a_counselor:
        return
    coming: dict[int, set[str]] = {}
    leading: dict[int, set[str]] = {}
    for placing in timetable.placings:
        day = problem.slot_of[placing.slot].day
        leading.setdefault(day, set()).add(placing.facilitator)
        coming.setdefault(day, set()).update(timetable.people_of.get(placing.group, ()))
    for day, people in coming.items():
        most = problem.people_a_counselor * len(leading[day])
        if len(people) > most:
            yield Breach(WeekRule.RATIO, str(day), count=len(people), most=most)
