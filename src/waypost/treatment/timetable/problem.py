"""What a week's timetable is made from, and what it is: frozen values, minutes of the week.

Every time is in minutes after Monday's midnight on the program's wall; a period is ``[start,
end)``. Ids are the program's own; a person is an id and nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from waypost.treatment.timetable.kinds import SPECIALIZED, GroupKind
from waypost.values.wall_time import MINUTES_A_DAY

Span = tuple[int, int]
"""Beginning and end, in minutes of the week."""


@dataclass(frozen=True, slots=True)
class WeekSlot:
    """A time at which a group of a track can meet."""

    id: str
    track: str
    start: int
    end: int

    @property
    def day(self) -> int:
        """The day on which it begins, Monday 0."""
        return self.start // MINUTES_A_DAY

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class CareGroup:
    """A group that meets once in the week, of ``fewest`` to ``most`` people where it meets.

    ``track`` '' means that it may meet in any track's slots. ``slots`` pins it to some of them.
    """

    id: str
    kind: GroupKind
    track: str = ""
    fewest: int = 2
    most: int = 12
    slots: frozenset[str] = frozenset()
    room: str = ""
    facilitator: str = ""


@dataclass(frozen=True, slots=True)
class MeetingRoom:
    """A room with this many seats for people in care."""

    id: str
    seats: int


@dataclass(frozen=True, slots=True)
class Facilitator:
    """Who leads groups: the kinds that their credentials cover, their hours, leave taken out."""

    id: str
    kinds: frozenset[GroupKind]
    hours: tuple[Span, ...]
    most_minutes: int = 40 * 60


@dataclass(frozen=True, slots=True)
class Attendee:
    """What a person's plan asks for, and when they can come.

    ``minutes`` is the week's target from the plan, ``most_days`` on how many days they can come;
    ``needs`` counts the groups of a kind that the plan names; ``for_whom`` are the specialized
    groups that are for them. ``wishes`` are tracks that they would rather attend. ``pinned`` are
    groups that someone fixed for them, ``kept_out`` groups that they are not to attend.
    """

    id: str
    minutes: int
    hours: tuple[Span, ...]
    most_days: int = 5
    needs: Mapping[GroupKind, int] = field(default_factory=dict)
    for_whom: frozenset[GroupKind] = frozenset()
    wishes: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    kept_out: frozenset[str] = frozenset()

    def welcome(self, kind: GroupKind) -> bool:
        """Whether a group of this kind is for them."""
        return kind not in SPECIALIZED or kind in self.for_whom


def within(hours: tuple[Span, ...], start: int, end: int) -> bool:
    """Whether ``[start, end)`` lies in one of the spans; touching spans count as one."""
    reached = start
    for begins, ends in sorted(hours):
        if begins <= reached < ends:
            reached = ends
        if reached >= end:
            return True
    return False


@dataclass(frozen=True)
class WeekProblem:
    """All that a week is made from; ``people_a_counselor`` is the most on a day, or 0.

    On ``closed`` days, Monday 0, nothing meets.
    """

    slots: tuple[WeekSlot, ...]
    groups: tuple[CareGroup, ...]
    rooms: tuple[MeetingRoom, ...]
    facilitators: tuple[Facilitator, ...]
    people: tuple[Attendee, ...]
    people_a_counselor: int = 0
    closed: frozenset[int] = frozenset()

    @cached_property
    def slot_of(self) -> Mapping[str, WeekSlot]:
        """The slots by id."""
        return {slot.id: slot for slot in self.slots}

    @cached_property
    def group_of(self) -> Mapping[str, CareGroup]:
        """The groups by id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def room_of(self) -> Mapping[str, MeetingRoom]:
        """The rooms by id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def facilitator_of(self) -> Mapping[str, Facilitator]:
        """The facilitators by id."""
        return {facilitator.id: facilitator for facilitator in self.facilitators}

    @cached_property
    def person_of(self) -> Mapping[str, Attendee]:
        """The people by id."""
        return {person.id: person for person in self.people}


@dataclass(frozen=True, slots=True, order=True)
class Placing:
    """Where and when a group meets, and who leads it."""

    group: str
    slot: str
    room: str
    facilitator: str


@dataclass(frozen=True)
class Timetable:
    """A week: where each group meets, and who attends which group."""

    placings: tuple[Placing, ...] = ()
    places: frozenset[tuple[str, str]] = frozenset()
    """Pairs of a person's id and a group's."""

    @cached_property
    def placing_of(self) -> Mapping[str, Placing]:
        """The placings by the group's id."""
        return {placing.group: placing for placing in self.placings}

    @cached_property
    def people_of(self) -> Mapping[str, frozenset[str]]:
        """The people of each group."""
        sets: dict[str, set[str]] = {}
        for person, group in self.places:
            sets.setdefault(group, set()).add(person)
        return {group: frozenset(people) for group, people in sets.items()}

    @cached_property
    def groups_of(self) -> Mapping[str, frozenset[str]]:
        """The groups of each person."""
        sets: dict[str, set[str]] = {}
        for person, group in self.places:
            sets.setdefault(person, set()).add(group)
        return {person: frozenset(groups) for person, groups in sets.items()}


EMPTY = Timetable()
"""A week in which nothing meets."""


def slots_for(problem: WeekProblem, group: CareGroup) -> tuple[WeekSlot, ...]:
    """The slots at which a group may meet: its track's, or those it is pinned to."""
    return tuple(
        slot
        for slot in problem.slots
        if group.track in ("", slot.track)
        and (not group.slots or slot.id in group.slots)
        and slot.day not in problem.closed
    )


def may_lead(facilitator: Facilitator, group: CareGroup, slot: WeekSlot) -> bool:
    """Whether the credentials and the hours of someone allow them to lead it then."""
    if group.facilitator not in ("", facilitator.id) or group.kind not in facilitator.kinds:
        return False
    return within(facilitator.hours, slot.start, slot.end)


def may_join(person: Attendee, group: CareGroup) -> bool:
    """Whether a group is for a person, whenever it meets."""
    return person.welcome(group.kind) and group.id not in person.kept_out


def may_attend(person: Attendee, group: CareGroup, slot: WeekSlot) -> bool:
    """Whether a person may attend a group then: it is for them, and they can come."""
    return may_join(person, group) and within(person.hours, slot.start, slot.end)
