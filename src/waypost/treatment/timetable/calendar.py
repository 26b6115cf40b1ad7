"""A timetable as an iCalendar feed (RFC 5545): recurring sessions on the wall, nobody's name.

6 pm stays 6 pm across a clock change: an event carries its zone, and the file its VTIMEZONE. A
title says no more than "Session" and the room; whoever sees the phone's screen learns nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from waypost.treatment.timetable.meetings import PlannedSession, meetings
from waypost.treatment.timetable.problem import Placing, Timetable
from waypost.treatment.timetable.setup import ProgramSetup

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
    setup: ProgramSetup,
    weeks: Sequence[tuple[date, Timetable]],
    kind: str,
    subject: str,
    title: str,
) -> bytes:
    """The feed. Staff's feeds name the group; a person's says ``title`` alone.

    ``weeks`` are the timetables in order, each with its first Monday; each holds until the next
    one begins, the last for `WEEKS` from the first Monday of all. Closed days are left out.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Waypost//timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-timezone", setup.zone)
    ends = [monday for monday, _week in weeks[1:]]
    if weeks:
        ends.append(weeks[0][0] + timedelta(weeks=WEEKS))
    for (monday, week), end in zip(weeks, ends, strict=True):
        mine = set(placings_for(week, kind, subject))
        for meeting in meetings(replace(setup, closed=()), week, monday):
            if meeting.placing in mine:
                words = title if kind == "person" else meeting.placing.group
                calendar.add_component(_event(setup, meeting, monday, end, words))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(
    setup: ProgramSetup, meeting: PlannedSession, monday: date, end: date, words: str
) -> Event:
    from icalendar import Event

    zone, placing = ZoneInfo(setup.zone), meeting.placing
    starts = meeting.starts_at.astimezone(zone)
    named = f"{placing.group}\n{meeting.slot.id}\n{monday}".encode()
    event = Event()
    # No group's name: whoever keeps the calendar for the person reads this as well.
    event.add("uid", f"{hashlib.sha256(named).hexdigest()[:24]}@waypost")
    event.add("dtstamp", datetime.combine(monday, time(), ZoneInfo("UTC")))
    event.add("dtstart", starts)
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("rrule", {"freq": "weekly", "count": (end - monday).days // 7})
    closed = [day for day in setup.closed if monday <= day < end]
    closed = [day for day in closed if day.weekday() == meeting.day.weekday()]
    if closed:
        event.add("exdate", [datetime.combine(day, starts.timetz()) for day in closed])
    event.add("summary", words)
    event.add("location", placing.room)
    return event
