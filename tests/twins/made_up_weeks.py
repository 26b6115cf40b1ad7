"""Made-up programs of any size: the same size and seed make the same program."""

from __future__ import annotations

import random

from waypost.treatment.timetable.kinds import SPECIALIZED, GroupKind
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    Facilitator,
    MeetingRoom,
    Span,
    WeekProblem,
    WeekSlot,
)
from waypost.values.wall_time import MINUTES_A_DAY

BLOCKS = {"day": ((540, 630), (630, 720)), "evening": ((1080, 1170), (1170, 1260))}
"""Two sessions, the break at the end of the first: 9 to noon, and 6 to 9."""
GENERAL = tuple(kind for kind in GroupKind if kind not in SPECIALIZED)


def made_up_week(people: int, groups: int, seed: int = 1) -> WeekProblem:
    """A program with a day and an evening track from Monday to Friday."""
    chance = random.Random(f"{people} {groups} {seed}")
    slots = tuple(
        WeekSlot(f"{track}-{day}-{part}", track, day * MINUTES_A_DAY + a, day * MINUTES_A_DAY + b)
        for track, parts in BLOCKS.items()
        for day in range(5)
        for part, (a, b) in enumerate(parts)
    )
    return WeekProblem(
        slots,
        tuple(_group(number, chance) for number in range(groups)),
        tuple(MeetingRoom(f"room {n}", chance.choice((8, 12, 16))) for n in range(_rooms(groups))),
        tuple(_facilitator(n, chance) for n in range(max(3, groups // 4))),
        tuple(_person(number, chance) for number in range(people)),
        people_a_counselor=24,
    )


def _rooms(groups: int) -> int:
    return max(2, groups // 8 + 1)


def _group(number: int, chance: random.Random) -> CareGroup:
    kind = (
        GENERAL[number % len(GENERAL)]
        if chance.random() < 0.8
        else chance.choice(sorted(SPECIALIZED))
    )
    track = "day" if number % 2 else "evening"
    return CareGroup(f"group {number}", kind, track, fewest=2, most=chance.choice((8, 10, 12)))


def _facilitator(number: int, chance: random.Random) -> Facilitator:
    kinds = frozenset(kind for kind in GroupKind if number < 2 or chance.random() < 0.6)
    days = chance.sample(range(5), chance.choice((3, 4, 5)))
    begins, ends = chance.choice(((480, 1020), (720, 1290), (480, 1290)))
    return Facilitator(f"facilitator {number}", kinds, _hours(days, begins, ends), 30 * 60)


def _person(number: int, chance: random.Random) -> Attendee:
    days = chance.sample(range(5), chance.choice((3, 3, 4, 5, 5)))
    begins, ends = chance.choice(((480, 780), (1020, 1320), (480, 1320)))
    needs = dict.fromkeys(chance.sample(GENERAL, 2), 1)
    for_whom = frozenset(kind for kind in sorted(SPECIALIZED) if chance.random() < 0.2)
    return Attendee(
        f"person {number}",
        chance.choice((360, 540, 540, 540, 720)),
        _hours(days, begins, ends),
        most_days=len(days),
        needs=needs,
        for_whom=for_whom,
        wishes=frozenset({chance.choice(("day", "evening"))}),
    )


def _hours(days: list[int], begins: int, ends: int) -> tuple[Span, ...]:
    return tuple((d * MINUTES_A_DAY + begins, d * MINUTES_A_DAY + ends) for d in sorted(days))
