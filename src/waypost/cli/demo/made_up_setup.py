"""The made-up program's tracks, groups, rooms and facilitators."""

from __future__ import annotations

from waypost.treatment.timetable.kinds import SPECIALIZED, GroupKind
from waypost.treatment.timetable.problem import CareGroup, Facilitator, MeetingRoom, WeekSlot
from waypost.treatment.timetable.setup import ProgramSetup
from waypost.values.wall_time import MINUTES_A_DAY

LEVEL = "2.1"
DAY, EVENING = "Day track", "Evening track"
TIMES = {DAY: ((540, 630), (630, 720)), EVENING: ((1080, 1170), (1170, 1260))}
DAYS = (0, 2, 3)
LEADERS = ("Dr. Example", "Ms. Sample", "Mr. Fiction", "Ms. Placeholder", "Mr. Made-Up",
           "Ms. Invented")  # fmt: skip


def made_up_setup(groups: int = 30) -> ProgramSetup:
    """Two tracks on three days; of 30 groups three meet at a time."""
    slots = tuple(
        WeekSlot(f"{track} {day} {part}", track, day * MINUTES_A_DAY + a, day * MINUTES_A_DAY + b)
        for track, times in TIMES.items()
        for day in DAYS
        for part, (a, b) in enumerate(times, 1)
    )
    general = [kind for kind in GroupKind if kind not in SPECIALIZED]
    kinds = [(general[n % len(general)], n // len(general) + 1) for n in range(groups)]
    meeting = tuple(
        CareGroup(_name(kind, number), kind, (EVENING, DAY)[n % 2], fewest=1, most=10)
        for n, (kind, number) in enumerate(kinds)
    )
    rooms = tuple(MeetingRoom(f"Room {n}", 12) for n in (1, 2, 3))
    hours = tuple((d * MINUTES_A_DAY + 480, d * MINUTES_A_DAY + 1290) for d in range(5))
    staff = tuple(Facilitator(name, frozenset(GroupKind), hours, 30 * 60) for name in LEADERS)
    return ProgramSetup("America/New_York", "NJ", "", LEVEL, slots, meeting, rooms, staff)


def _name(kind: GroupKind, number: int) -> str:
    """As a person writes it: "Relapse prevention 2"."""
    return f"{kind.value.replace('-', ' ').capitalize()} {number}"
