"""A program's tracks and openings from its timetable, as the claims that others enter by hand.

They say when the program meets and how many more people could begin, and nothing of anybody. The
search filters by them as by anyone's word; they are no part of its rank.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from waypost.treatment.timetable.caps import people_a_counselor
from waypost.treatment.timetable.kinds import SPECIALIZED
from waypost.treatment.timetable.problem import Timetable, WeekSlot
from waypost.treatment.timetable.setup import ProgramSetup
from waypost.values.letters import without_accents
from waypost.values.opening import Opening
from waypost.values.track import Attendance, Session, Track
from waypost.values.wall_time import MINUTES_A_DAY, WEEK, clock_of

LONGEST_ID = 32  # a letter or more of forty are left for a number behind it
USUAL_DAYS = 3
"""The days a week of an intensive outpatient program (H0015: three or more)."""
BREAK = 20
"""Sessions with no more than so many minutes between them are one sitting."""


def track_ids(names: Iterable[str]) -> dict[str, str]:
    """The short name that each track has outside: “Day track” is day-track; no two are alike."""
    ids: dict[str, str] = {}
    for name in sorted(names):
        plain = without_accents(name).encode("ascii", "ignore").decode()
        stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_ID].strip("-") or "track"
        tries = (stem, *(f"{stem}-{number}" for number in range(2, len(ids) + 3)))
        ids[name] = next(name for name in tries if name not in ids.values())
    return ids


def tracks_of(setup: ProgramSetup, timetable: Timetable) -> tuple[Track, ...]:
    """The tracks in which something meets."""
    by_track = _slots_by_track(setup, timetable)
    ids = track_ids(by_track)
    return tuple(
        Track(
            id=ids[track],
            sessions=_sessions(slots),
            zone=setup.zone,
            hours_a_week=_hours(slots),
            attendance=Attendance.IN_PERSON,
        )
        for track, slots in sorted(by_track.items())
    )


def openings_of(
    setup: ProgramSetup, timetable: Timetable, today: date, starts_on: date | None = None
) -> tuple[Opening, ...]:
    """How many more people could begin in each track, on the usual days of a week at the least."""
    ids = track_ids(_slots_by_track(setup, timetable))
    return tuple(
        Opening(
            as_of=today,
            track=ids[track],
            places=places_in(setup, timetable, track),
            next_start=starts_on if starts_on and starts_on > today else None,
        )
        for track in sorted(ids)
    )


def places_in(setup: ProgramSetup, timetable: Timetable, track: str) -> int:
    """The people who could still come to every session of a day, on three of the days.

    Specialized groups count for nobody, for they are not for everybody. Where a track meets on
    fewer days, all of them count. No day has more places than its counselors may care for.
    """
    free: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    groups = {group.id: group for group in setup.groups}
    seats = {room.id: room.seats for room in setup.rooms}
    for slot in _slots_by_track(setup, timetable).get(track, ()):
        free[slot.day][slot.id] += 0
    slots = {slot.id: slot for slot in setup.slots}
    for placing in timetable.placings:
        group, at = groups.get(placing.group), slots.get(placing.slot)
        if group is None or at is None or at.track != track or group.kind in SPECIALIZED:
            continue  # what the setup has lost since the week was kept has no place for anybody
        most = min(group.most, seats.get(placing.room, 0))
        taken = len(timetable.people_of.get(group.id, ()))
        free[at.day][at.id] += max(most - taken, 0)
    cared_for = _left_of_ratio(setup, timetable)
    of_days = sorted(
        (min(*of_slots.values(), cared_for.get(day, min(of_slots.values())))
         for day, of_slots in free.items()),
        reverse=True,
    )  # fmt: skip
    return of_days[min(USUAL_DAYS, len(of_days)) - 1] if of_days else 0


def _left_of_ratio(setup: ProgramSetup, timetable: Timetable) -> dict[int, int]:
    """For each day how many more people its counselors may care for; empty without a ratio."""
    ratio = people_a_counselor(setup.state, setup.level)
    slots = {slot.id: slot for slot in setup.slots}
    leading: dict[int, set[str]] = defaultdict(set)
    coming: dict[int, set[str]] = defaultdict(set)
    for placing in timetable.placings if ratio else ():
        if placing.slot in slots:
            leading[slots[placing.slot].day].add(placing.facilitator)
            coming[slots[placing.slot].day].update(timetable.people_of.get(placing.group, ()))
    return {day: max(ratio * len(leading[day]) - len(coming[day]), 0) for day in leading}


def _slots_by_track(setup: ProgramSetup, timetable: Timetable) -> dict[str, list[WeekSlot]]:
    groups = {group.id for group in setup.groups}
    used = {placing.slot for placing in timetable.placings if placing.group in groups}
    by_track: dict[str, list[WeekSlot]] = defaultdict(list)
    for slot in sorted(setup.slots, key=lambda slot: slot.start):
        if slot.id in used:
            by_track[slot.track].append(slot)
    return by_track


def _sittings(slots: list[WeekSlot]) -> list[tuple[int, int]]:
    """Sessions with a short break between them as one sitting, in minutes of the week."""
    spans = sorted((slot.start, slot.end) for slot in slots)
    merged = [list(spans[0])]
    for _before, (start, end) in pairwise([(0, 0), *spans]):
        if (
            start - merged[-1][1] <= BREAK
            and start // MINUTES_A_DAY == merged[-1][0] // MINUTES_A_DAY
        ):
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return [(start, end) for start, end in merged]


def _sessions(slots: list[WeekSlot]) -> tuple[Session, ...]:
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for start, end in _sittings(slots):
        days[clock_of(start % MINUTES_A_DAY), clock_of(end % MINUTES_A_DAY)].append(
            start // MINUTES_A_DAY
        )
    return tuple(
        Session(days=tuple(WEEK[day] for day in sorted(on)), start=start, end=end)
        for (start, end), on in sorted(days.items())
    )


def _hours(slots: list[WeekSlot]) -> float:
    """What one attends in a week: the longest sittings of the usual days."""
    of_day: dict[int, int] = defaultdict(int)
    for start, end in _sittings(slots):
        of_day[start // MINUTES_A_DAY] += end - start
    return sum(sorted(of_day.values(), reverse=True)[:USUAL_DAYS]) / 60
