"""The week's rules and worth again, plain and slow: minute by minute, and every week there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from waypost.treatment.timetable.kinds import SPECIALIZED
from waypost.treatment.timetable.problem import Placing, Timetable, WeekProblem


def breaks_a_rule(problem: WeekProblem, timetable: Timetable) -> list[str]:
    """Every hard rule that is broken, in words; nothing is shared with the checker."""
    groups = {g.id: g for g in problem.groups}
    slots = {s.id: s for s in problem.slots}
    wrong: list[str] = []
    if len({p.group for p in timetable.placings}) != len(timetable.placings):
        wrong.append("a group meets twice")
    at = {p.group: p for p in timetable.placings}
    busy_rooms: set[tuple[str, int]] = set()
    busy_leaders: set[tuple[str, int]] = set()
    led: dict[str, int] = {}
    for p in timetable.placings:
        group, slot = groups[p.group], slots[p.slot]
        leader = next(f for f in problem.facilitators if f.id == p.facilitator)
        room = next(r for r in problem.rooms if r.id == p.room)
        people = [person for person, g in timetable.places if g == p.group]
        if (group.track and slot.track != group.track) or (
            group.slots and slot.id not in group.slots
        ):
            wrong.append(f"{group.id} at a time that is not its own")
        if (group.room and group.room != room.id) or (
            group.facilitator and group.facilitator != leader.id
        ):
            wrong.append(f"{group.id} is not where it is pinned")
        if slot.start // 1440 in problem.closed:
            wrong.append(f"{group.id} meets on a closed day")
        if group.kind not in leader.kinds:
            wrong.append(f"{leader.id} may not lead {group.id}")
        if not group.fewest <= len(people) <= min(group.most, room.seats):
            wrong.append(f"{group.id} has {len(people)} people")
        for minute in range(slot.start, slot.end):
            if not any(a <= minute < b for a, b in leader.hours):
                wrong.append(f"{leader.id} is not there")
            for busy, name in ((busy_rooms, room.id), (busy_leaders, leader.id)):
                if (name, minute) in busy:
                    wrong.append(f"{name} is in use twice")
                busy.add((name, minute))
            led[leader.id] = led.get(leader.id, 0) + 1
    for leader in problem.facilitators:
        if led.get(leader.id, 0) > leader.most_minutes:
            wrong.append(f"{leader.id} leads too long")
    for person in problem.people:
        theirs = [g for p, g in timetable.places if p == person.id]
        minutes: list[int] = []
        for name in theirs:
            if name not in at:
                wrong.append(f"{person.id} attends {name}, which does not meet")
                continue
            kind = groups[name].kind
            if (kind in SPECIALIZED and kind not in person.for_whom) or name in person.kept_out:
                wrong.append(f"{name} is not for {person.id}")
            minutes += range(slots[at[name].slot].start, slots[at[name].slot].end)
        if len(minutes) != len(set(minutes)):
            wrong.append(f"{person.id} is in two places")
        if not all(any(a <= m < b for a, b in person.hours) for m in minutes):
            wrong.append(f"{person.id} cannot come then")
        if len({slots[at[g].slot].start // 1440 for g in theirs if g in at}) > person.most_days:
            wrong.append(f"{person.id} comes on too many days")
        if len(minutes) > person.minutes + 119:
            wrong.append(f"{person.id} stays too long")
        if not person.pinned <= set(theirs):
            wrong.append(f"{person.id} lacks a pinned group")
    for day in range(7) if problem.people_a_counselor else ():
        here = [p for p in timetable.placings if slots[p.slot].start // 1440 == day]
        coming = {person for person, g in timetable.places if g in {p.group for p in here}}
        if len(coming) > problem.people_a_counselor * len({p.facilitator for p in here}):
            wrong.append(f"too few counselors on day {day}")
    return wrong


def every_week(problem: WeekProblem) -> Iterator[Timetable]:
    """Every timetable there is, good or bad: for problems of two or three groups and people."""
    choices = [
        [
            None,
            *(
                Placing(g.id, s.id, r.id, f.id)
                for s in problem.slots
                for r in problem.rooms
                for f in problem.facilitators
            ),
        ]
        for g in problem.groups
    ]
    for chosen in product(*choices):
        placings = tuple(sorted(p for p in chosen if p is not None))
        pairs = [(person.id, p.group) for p in placings for person in problem.people]
        for size in range(len(pairs) + 1):
            for places in combinations(pairs, size):
                yield Timetable(placings, frozenset(places))
