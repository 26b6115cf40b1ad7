"""The sessions that a timetable plans in one week, with their moments: closed days left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from waypost.treatment.timetable.problem import Placing, Timetable, WeekSlot
from waypost.treatment.timetable.setup import ProgramSetup, moments


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session that is planned: where and when, in UTC; ``day`` is the wall's."""

    placing: Placing
    slot: WeekSlot
    day: date
    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """How long it is by the clock, also in a night in which the clock changes."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)


def meetings(setup: ProgramSetup, timetable: Timetable, monday: date) -> Iterator[PlannedSession]:
    """What meets in the week of a Monday, in the order of the placings.

    On a closed day nothing meets, and a group or a time that the setup has lost since the week was
    kept does not meet either; the week's page names it.
    """
    slots = {slot.id: slot for slot in setup.slots}
    groups = {group.id for group in setup.groups}
    for placing in timetable.placings:
        slot = slots.get(placing.slot)
        if slot is None or placing.group not in groups:
            continue
        day = monday + timedelta(days=slot.day)
        if day not in setup.closed:
            yield PlannedSession(placing, slot, day, *moments(setup, slot, monday))


def without_others(timetable: Timetable, here: frozenset[str]) -> Timetable:
    """The week with the places of those who are ``here`` alone: whoever has left takes none."""
    places = frozenset(pair for pair in timetable.places if pair[0] in here)
    return timetable if places == timetable.places else replace(timetable, places=places)
