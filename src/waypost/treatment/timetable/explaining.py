"""What a week cannot meet, as codes with numbers, and the smallest changes that would help.

Each change is tried on the week itself: it is named only where the hard rules allow it and the
person comes nearer to the plan. The page words the codes in the reader's language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from waypost.treatment.timetable.kinds import GroupKind
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    Timetable,
    WeekProblem,
    may_attend,
    may_join,
    slots_for,
    within,
)
from waypost.treatment.timetable.scoring import minutes_of_person
from waypost.treatment.timetable.sight import Lack, Sight, leader_free, room_free


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


def shortfalls(
    problem: WeekProblem, timetable: Timetable, most: int | None = None
) -> tuple[Shortfall, ...]:
    """Everyone whose plan is not met, those who lack the most first, each with what would help.

    Where ``most`` is given, so many of them alone: what would help the others is not worked out.
    """
    short, sight = [], Sight(problem, timetable)
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
    sight: Sight, person: Attendee, reached: int, missing: dict[GroupKind, int]
) -> list[Remedy]:
    """The smallest changes first: a place, a group, someone to lead it, a room, more hours."""
    options = [
        *_more_places(sight, person),
        *_fewer(sight, person),
        *_new_groups(sight, person, missing),
        *_more_hours(sight, person),
        *_no_common_time(sight.problem, person),
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


def _more_places(sight: Sight, person: Attendee) -> Iterator[Remedy]:
    """Groups that would fit but for their cap, while the room has a seat."""
    for group, slot in sight.full:
        if may_attend(person, group, slot) and sight.fits(person, slot):
            yield Remedy(Help.ONE_MORE_PLACE, slot.id, slot.minutes, group.id, group.kind)


def _fewer(sight: Sight, person: Attendee) -> Iterator[Remedy]:
    """Groups that could meet if fewer people were enough."""
    for group, slot, able in sight.too_few:
        if person.id in able:
            yield Remedy(Help.FEWER, slot.id, slot.minutes, group.id, group.kind)


def _no_common_time(problem: WeekProblem, person: Attendee) -> Iterator[Remedy]:
    """That nothing meets in the hours in which they can come, where that is so."""
    slots = [slot for slot in problem.slots if slot.day not in problem.closed]
    if not any(within(person.hours, slot.start, slot.end) for slot in slots):
        yield Remedy(Help.NO_COMMON_TIME, "", 0)


def _new_groups(sight: Sight, person: Attendee, missing: dict[GroupKind, int]) -> Iterator[Remedy]:
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
            lacks = sight.new_group_lacks(kind, slot)
            if lacks is Lack.PEOPLE:
                continue
            yield Remedy(_HELP_FOR[lacks], slot.id, slot.minutes, kind=kind)


_HELP_FOR = {
    Lack.NOTHING: Help.NEW_GROUP,
    Lack.ROOM: Help.ROOM,
    Lack.FACILITATOR: Help.FACILITATOR,
}


def _more_hours(sight: Sight, person: Attendee) -> Iterator[Remedy]:
    """Groups with a place at times at which the person cannot come, or on a day too many.

    Where that is one thing, it is enough; for whoever comes on two days alone it is both.
    """
    own = sight.own_week(person)
    alone = False
    both = []
    for group, slot in sight.with_places:
        if not (may_join(person, group) and own.has_time(slot)):
            continue
        can_come = within(person.hours, slot.start, slot.end)
        if can_come != own.on_their_days(slot):  # one thing alone stands in the way
            what = Help.MORE_DAYS if can_come else Help.MORE_HOURS
            yield Remedy(what, slot.id, slot.minutes, group.id, group.kind)
            alone = True
        elif not can_come:
            both.append(Remedy(Help.MORE_DAYS, slot.id, slot.minutes, group.id, group.kind))
    if not alone:
        yield from both


def _why_not(problem: WeekProblem, timetable: Timetable, group: CareGroup) -> NotPlaced:
    slots = slots_for(problem, group)
    if not slots:
        return NotPlaced.NO_TIME
    led = has_room = enough = False
    for slot in slots:
        if not leader_free(problem, timetable, group, slot):
            continue
        led, has_room = True, has_room or room_free(problem, timetable, group, slot)
        able = sum(may_attend(person, group, slot) for person in problem.people)
        enough = enough or able >= group.fewest
        if has_room and enough:
            return NotPlaced.NOT_NEEDED
    if not led:
        return NotPlaced.NO_FACILITATOR
    return NotPlaced.TOO_FEW if has_room else NotPlaced.NO_ROOM
