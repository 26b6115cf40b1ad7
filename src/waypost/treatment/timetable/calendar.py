"""A timetable as an iCalendar feed (RFC 5545): recurring sessions on the wall, nobody's name.

6 pm stays 6 pm across a clock change: an event carries its zone, and the file its VTIMEZONE. A
title says no more than "Session" and the room; whoever sees the phone's screen learns nothing.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from waypost.treatment.timetable.problem import Placing, Timetable, WeekSlot
from waypost.treatment.timetable.setup import ProgramSetup
from waypost.values.wall_time import MINUTES_A_DAY

if TYPE_CHECKING:
    from icalendar import Event

WEEKS = 26


def placings_for(timetable: Timetable, kind: str, subject: str) -> list[Placing]:
    """The sessions of a facilitator, a room or a person."""
    if kind == "person":
        groups = timetable.groups_of.get(subject, frozenset())
        return [p for p in timetable.placings if p.group in groups]
    of_kind = {"facilitator": lambda p: p.facilitator, "room": lambda p: p.room}
    return [p for p in timetable.placings if of_kind[kind](p) == subject]


def as_calendar(
    setup: ProgramSetup, timetable: Timetable, kind: str, subject: str, monday: date, title: str
) -> bytes:
    """The feed. Staff's feeds name the group; a person's says ``title`` alone."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Waypost//timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-timezone", setup.zone)
    slots = {slot.id: slot for slot in setup.slots}
    for placing in placings_for(timetable, kind, subject):
        words = title if kind == "person" else placing.group
        event = _event(setup.zone, slots[placing.slot], placing, monday, words)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(zone: str, slot: WeekSlot, placing: Placing, monday: date, words: str) -> Event:
    from icalendar import Event

    def wall(minutes: int) -> datetime:
        day = monday + timedelta(days=minutes // MINUTES_A_DAY)
        rest = minutes % MINUTES_A_DAY
        return datetime.combine(day, time(rest // 60, rest % 60), ZoneInfo(zone))

    event = Event()
    event.add("uid", f"{placing.group}-{slot.id}-{monday:%Y%m%d}@waypost".replace(" ", "-"))
    event.add("dtstamp", datetime.combine(monday, time(), ZoneInfo("UTC")))
    event.add("dtstart", wall(slot.start))
    event.add("dtend", wall(slot.end))
    event.add("rrule", {"freq": "weekly", "count": WEEKS})
    event.add("summary", words)
    event.add("location", placing.room)
    return event
