"""What a week cannot meet, as codes with numbers, and the smallest changes that would help.

Each change is tried on the week itself: it is named only where the hard rules allow it and the
person comes nearer to the plan. The page words the codes in the reader's language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from waypost.treatment.timetable.checking import SLACK_MINUTES, overlapping
from waypost.treatment.timetable.kinds import GroupKind
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    Timetable,
    WeekProblem,
    WeekSlot,
    may_attend,
    may_join,
    may_lead,
    slots_for,
    within,
)
from waypost.treatment.timetable.scoring import days_of_person, minutes_of_person


class Help(StrEnum):
    """What would help, from the smallest change to the largest."""

    ONE_MORE_PLACE = "one more place"
    FEWER = "fewer"
    NEW_GROUP = "new group"
    FACILITATOR = "facilitator"
    ROOM = "room"
    MORE_HOURS = "more hours"
    MORE_DAYS = "more days"
    NO_COMMON_TIME = "no common time"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change: what, at which slot, for which group or kind, and the minutes that it brings."""

    help: Help
    slot: str
    minutes: int
    group: str = ""
    kind: GroupKind | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A person who reaches ``reached`` of ``wanted`` minutes, or lacks groups of some kinds."""

    person: str
    reached: int
    wanted: int
    missing: tuple[tuple[GroupKind, int], ...]
    remedies: tuple[Remedy, ...]


class NotPlaced(StrEnum):
    """Why a group does not meet."""

    NO_TIME = "no time"
    NO_FACILITATOR = "no facilitator"
    NO_ROOM = "no room"
    TOO_FEW = "too few"
    NOT_NEEDED = "not needed"


MOST_REMEDIES = 3


class _Sight:
    """One look at a week: what is asked of it for several people is worked out once."""

    def __init__(self, problem: WeekProblem, timetable: Timetable) -> None:
        self.problem, self.timetable = problem, timetable
        self._answers: dict[tuple[str, ...], Any] = {}

    def _once(self, key: tuple[str, ...], work: Callable[[], Any]) -> Any:
        if key not in self._answers:
            self._answers[key] = work()
        return self._answers[key]

    def able(self, group: CareGroup, slot: WeekSlot) -> frozenset[str]:
        """Everyone who could come to one more group then."""
        who: frozenset[str] = self._once(
            ("able", group.id, group.kind, slot.id),
            lambda: frozenset(person.id for person in self._free(slot) if may_join(person, group)),
        )
        return who

    def _free(self, slot: WeekSlot) -> list[Attendee]:
        """Everyone who can come then and is in nothing else."""
        return list(
            self._once(
                ("free", slot.id),
                lambda: [
                    person
                    for person in self.problem.people
                    if within(person.hours, slot.start, slot.end) and self.fits(person, slot)
                ],
            )
        )

    def fits(self, person: Attendee, slot: WeekSlot) -> bool:
        """Whether one more session then fits into a person's week and days, their hours aside."""
        return bool(
            self._once(
                ("fits", person.id, slot.id),
                lambda: (
                    _free_for(self.problem, self.timetable, person, slot)
                    and _on_their_days(self.problem, self.timetable, person, slot)
                ),
            )
        )

    def has_room(self, group: CareGroup, slot: WeekSlot) -> bool:
        """Whether a room with enough seats is free then."""
        key = ("room", group.room, str(group.fewest), slot.id)
        return bool(self._once(key, lambda: _room_free(self.problem, self.timetable, group, slot)))

    def is_led(self, group: CareGroup, slot: WeekSlot) -> bool:
        """Whether somebody who may lead it is free then."""
        key = ("led", group.kind, group.facilitator, slot.id)
        return bool(
            self._once(key, lambda: _leader_free(self.problem, self.timetable, group, slot))
        )


def shortfalls(
    problem: WeekProblem, timetable: Timetable, most: int | None = None
) -> tuple[Shortfall, ...]:
    """Everyone whose plan is not met, those who lack the most first, each with what would help.

    Where ``most`` is given, so many of them alone: what would help the others is not worked out.
    """
    short, sight = [], _Sight(problem, timetable)
    for person in problem.people:
        reached = minutes_of_person(problem, timetable, person.id)
        missing = _missing_kinds(problem, timetable, person)
        if reached < person.minutes or missing:
            short.append((reached - person.minutes, person.id, reached, missing))
    return tuple(
        Shortfall(
            number,
            reached,
            problem.person_of[number].minutes,
            missing,
            tuple(_remedies(sight, problem.person_of[number], reached, dict(missing))),
        )
        for _lacks, number, reached, missing in sorted(short)[:most]
    )


def not_placed(problem: WeekProblem, timetable: Timetable) -> dict[str, NotPlaced]:
    """The groups that do not meet, and why."""
    groups = [group for group in problem.groups if group.id not in timetable.placing_of]
    return {group.id: _why_not(problem, timetable, group) for group in groups}


def _missing_kinds(
    problem: WeekProblem, timetable: Timetable, person: Attendee
) -> tuple[tuple[GroupKind, int], ...]:
    attended = Counter(problem.group_of[g].kind for g in timetable.groups_of.get(person.id, ()))
    lacks = ((kind, wanted - attended[kind]) for kind, wanted in sorted(person.needs.items()))
    return tuple((kind, count) for kind, count in lacks if count > 0)


def _remedies(
    sight: _Sight, person: Attendee, reached: int, missing: dict[GroupKind, int]
) -> list[Remedy]:
    """The smallest changes first: a place, a group, someone to lead it, a room, more hours."""
    problem, timetable = sight.problem, sight.timetable
    options = [
        *_more_places(sight, person),
        *_fewer(sight, person),
        *_new_groups(sight, person, missing),
        *_more_hours(problem, timetable, person),
        *_no_common_time(problem, person),
    ]
    order = list(Help)
    wanted = person.minutes - reached
    options = [o for o in options if wanted > 0 or o.kind in missing or not o.kind]

    def rank(option: Remedy) -> tuple[int, bool, int, str]:
        return order.index(option.help), option.kind not in missing, -option.minutes, option.slot

    best: dict[Help, Remedy] = {}
    for option in sorted(options, key=rank):
        best.setdefault(option.help, option)
    return list(best.values())[:MOST_REMEDIES]


def _free_for(problem: WeekProblem, timetable: Timetable, person: Attendee, slot: WeekSlot) -> bool:
    """Whether one more session then fits into a person's week, their hours aside."""
    slots = [
        problem.slot_of[timetable.placing_of[group].slot]
        for group in timetable.groups_of.get(person.id, ())
    ]
    minutes = sum(other.minutes for other in slots) + slot.minutes
    return not overlapping([*slots, slot]) and minutes <= person.minutes + SLACK_MINUTES


def _on_their_days(
    problem: WeekProblem, timetable: Timetable, person: Attendee, slot: WeekSlot
) -> bool:
    days = days_of_person(problem, timetable, person.id)
    return len(days | {slot.day}) <= person.most_days


def _more_places(sight: _Sight, person: Attendee) -> Iterator[Remedy]:
    """Groups that would fit but for their cap, while the room has a seat."""
    problem, timetable = sight.problem, sight.timetable
    for placing in timetable.placings:
        group, slot = problem.group_of[placing.group], problem.slot_of[placing.slot]
        size = len(timetable.people_of.get(group.id, ()))
        full = group.most <= size < problem.room_of[placing.room].seats
        if full and may_attend(person, group, slot) and sight.fits(person, slot):
            yield Remedy(Help.ONE_MORE_PLACE, slot.id, slot.minutes, group.id, group.kind)


def _fewer(sight: _Sight, person: Attendee) -> Iterator[Remedy]:
    """Groups that could meet if fewer people were enough."""
    for group in sight.problem.groups:
        if group.id in sight.timetable.placing_of or not person.welcome(group.kind):
            continue
        for slot in slots_for(sight.problem, group):
            able = sight.able(group, slot)
            if (
                person.id in able
                and len(able) < group.fewest
                and sight.has_room(replace(group, fewest=1), slot)
                and sight.is_led(group, slot)
            ):
                yield Remedy(Help.FEWER, slot.id, slot.minutes, group.id, group.kind)


def _no_common_time(problem: WeekProblem, person: Attendee) -> Iterator[Remedy]:
    """That nothing meets in the hours in which they can come, where that is so."""
    slots = [slot for slot in problem.slots if slot.day not in problem.closed]
    if not any(within(person.hours, slot.start, slot.end) for slot in slots):
        yield Remedy(Help.NO_COMMON_TIME, "", 0)


def _new_groups(sight: _Sight, person: Attendee, missing: dict[GroupKind, int]) -> Iterator[Remedy]:
    """A group more, of a kind that is missing, or of any where minutes are all that is missing."""
    problem = sight.problem
    kinds = list(missing) or sorted({g.kind for g in problem.groups if person.welcome(g.kind)})
    for slot in problem.slots:
        if (
            slot.day in problem.closed
            or not within(person.hours, slot.start, slot.end)
            or not sight.fits(person, slot)
        ):
            continue
        for kind in kinds:
            group = CareGroup("", kind)
            if len(sight.able(group, slot)) < group.fewest:
                continue
            room, led = sight.has_room(group, slot), sight.is_led(group, slot)
            what = Help.NEW_GROUP if room and led else Help.ROOM if led else Help.FACILITATOR
            yield Remedy(what, slot.id, slot.minutes, kind=kind)


def _more_hours(problem: WeekProblem, timetable: Timetable, person: Attendee) -> Iterator[Remedy]:
    """Groups with a place at times at which the person cannot come, or on a day too many.

    Where that is one thing, it is enough; for whoever comes on two days alone it is both.
    """
    alone = False
    both = []
    for placing in timetable.placings:
        group, slot = problem.group_of[placing.group], problem.slot_of[placing.slot]
        size = len(timetable.people_of.get(group.id, ()))
        open_place = size < min(group.most, problem.room_of[placing.room].seats)
        fits = person.welcome(group.kind) and group.id not in person.kept_out
        if not (open_place and fits and _free_for(problem, timetable, person, slot)):
            continue
        can_come = within(person.hours, slot.start, slot.end)
        on_days = _on_their_days(problem, timetable, person, slot)
        if can_come != on_days:  # one thing alone stands in the way
            what = Help.MORE_DAYS if can_come else Help.MORE_HOURS
            yield Remedy(what, slot.id, slot.minutes, group.id, group.kind)
            alone = True
        elif not can_come:
            both.append(Remedy(Help.MORE_DAYS, slot.id, slot.minutes, group.id, group.kind))
    if not alone:
        yield from both


def _room_free(
    problem: WeekProblem, timetable: Timetable, group: CareGroup, slot: WeekSlot
) -> bool:
    """Whether a room with enough seats for the group is free then."""
    placed = ((p.room, problem.slot_of[p.slot]) for p in timetable.placings)
    used = {room for room, other in placed if other.start < slot.end and slot.start < other.end}
    return any(
        room.id not in used and room.seats >= group.fewest and group.room in ("", room.id)
        for room in problem.rooms
    )


def _leader_free(
    problem: WeekProblem, timetable: Timetable, group: CareGroup, slot: WeekSlot
) -> bool:
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


def _why_not(problem: WeekProblem, timetable: Timetable, group: CareGroup) -> NotPlaced:
    slots = slots_for(problem, group)
    if not slots:
        return NotPlaced.NO_TIME
    led = has_room = enough = False
    for slot in slots:
        if not _leader_free(problem, timetable, group, slot):
            continue
        led, has_room = True, has_room or _room_free(problem, timetable, group, slot)
        able = sum(may_attend(person, group, slot) for person in problem.people)
        enough = enough or able >= group.fewest
        if has_room and enough:
            return NotPlaced.NOT_NEEDED
    if not led:
        return NotPlaced.NO_FACILITATOR
    return NotPlaced.TOO_FEW if has_room else NotPlaced.NO_ROOM
