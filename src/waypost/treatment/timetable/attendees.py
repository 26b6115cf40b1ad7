"""A person as the week sees them, from what their plan asks and what they said of their hours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from waypost.treatment.plans.plan import AskedWeek
from waypost.treatment.timetable.kinds import SPECIALIZED, GroupKind
from waypost.treatment.timetable.problem import Attendee, Span
from waypost.values.wall_time import MINUTES_A_DAY, MINUTES_A_WEEK, Day, minutes_of

ANY_TIME: tuple[Span, ...] = ((0, MINUTES_A_WEEK),)
_SPAN = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun)\w*\s+(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d)", re.I
)


@dataclass(frozen=True, slots=True)
class AttendeeWishes:
    """What a person said for the timetable alone; sealed at rest, for it says who they are."""

    for_whom: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    kept_out: tuple[str, ...] = ()


def spans_of(text: str) -> tuple[Span, ...]:
    """ "mon 18:00-21:00; wed 9:00-12:00" as spans of the week; () where none is in it."""
    spans = []
    for day, begins, ends in _SPAN.findall(text):
        at = Day(day.lower()).number * MINUTES_A_DAY
        start, end = minutes_of(begins), minutes_of(ends)
        if start is not None and end is not None and start < end:
            spans.append((at + start, at + end))
    return tuple(sorted(spans))


def attendee(person: str, week: AskedWeek, wishes: AttendeeWishes) -> Attendee:
    """A person for the solver. Whoever names no hours can come at any time."""
    needs: Mapping[GroupKind, int] = {GroupKind(k): 1 for k in week.kinds if k in set(GroupKind)}
    for_whom = {GroupKind(k) for k in wishes.for_whom if k in SPECIALIZED}
    return Attendee(
        person,
        week.hours * 60,
        spans_of(week.can_come) or ANY_TIME,
        most_days=week.days,
        needs=needs,
        for_whom=frozenset(for_whom | (set(needs) & SPECIALIZED)),
        wishes=frozenset(wishes.wishes),
        pinned=frozenset(wishes.pinned),
        kept_out=frozenset(wishes.kept_out),
    )
