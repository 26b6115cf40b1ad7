"""Changes of a week by hand: move a group, swap two, put a person in or out. Nothing is checked.

What a change breaks, `checking.check` says at once; whether it is kept all the same, a person
decides, with a reason.
"""

from __future__ import annotations

from dataclasses import replace

from waypost.treatment.timetable.problem import Placing, Timetable


def with_placing(timetable: Timetable, placing: Placing) -> Timetable:
    """The week with a group at this place and time, and nowhere else."""
    others = [p for p in timetable.placings if p.group != placing.group]
    return replace(timetable, placings=tuple(sorted([*others, placing])))


def swap_groups(timetable: Timetable, one: str, other: str) -> Timetable:
    """The week with the times and the rooms of two groups exchanged; each keeps who leads it.

    Raises:
        KeyError: one of them does not meet.
    """
    a, b = timetable.placing_of[one], timetable.placing_of[other]
    week = with_placing(timetable, replace(a, slot=b.slot, room=b.room))
    return with_placing(week, replace(b, slot=a.slot, room=a.room))


def with_person(timetable: Timetable, person: str, group: str) -> Timetable:
    """The week with a person in a group."""
    return replace(timetable, places=timetable.places | {(person, group)})


def without_person(timetable: Timetable, person: str, group: str = "") -> Timetable:
    """The week with a person out of a group, or out of all of them."""
    gone = {(p, g) for p, g in timetable.places if p == person and group in ("", g)}
    return replace(timetable, places=timetable.places - gone)
