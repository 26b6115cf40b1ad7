"""The sessions of a person's week: minutes planned and attended, and what is next, on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from waypost.design.times import time_text
from waypost.treatment.attendance.attended import Attended
from waypost.treatment.attendance.queries import attended
from waypost.treatment.records.owner import Owner
from waypost.treatment.timetable.meetings import meetings
from waypost.treatment.timetable.queries import setup_now, week_now
from waypost.treatment.wall.queries import zone_of

AHEAD = timedelta(days=14)
"""How far ahead the next session is looked for."""


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session of mine, in the program's local time."""

    title: str
    starts_at: datetime
    ends_at: datetime
    minutes: int | None

    @property
    def clock(self) -> str:
        """ "6:00 PM – 7:30 PM"."""
        ends = (self.starts_at, self.ends_at)
        return " – ".join(time_text(at.hour * 60 + at.minute) for at in ends)


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """This week's sessions, minutes planned and attended, and the next session from now on."""

    sessions: tuple[OwnSession, ...] = ()
    planned: int = 0
    attended: int = 0
    upcoming: OwnSession | None = None


def week_of(owner: Owner, person: str, now: datetime) -> OwnWeek:
    """The person's week around ``now``, from Monday to Sunday of the program's wall."""
    setup, zone = setup_now(owner), zone_of(owner)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    kept = attended(owner, monday, today + AHEAD, [person])
    sessions = {place.ends_at: _session(place, zone) for place in kept}
    for weeks in range(3 if setup else 0):
        for session in _planned(owner, person, monday + timedelta(weeks=weeks), zone):
            sessions.setdefault(session.ends_at, session)
    ordered = [sessions[at] for at in sorted(sessions)]
    week = [meeting for meeting in ordered if meeting.ends_at.date() < monday + timedelta(days=7)]
    return OwnWeek(
        tuple(week),
        sum(round((meeting.ends_at - meeting.starts_at).total_seconds() / 60) for meeting in week),
        sum(meeting.minutes or 0 for meeting in week),
        next((meeting for meeting in ordered if meeting.ends_at > now), None),
    )


def _planned(owner: Owner, person: str, monday: date, zone: tzinfo) -> list[OwnSession]:
    """What the timetable plans in the week of a Monday, before its days are opened."""
    setup, week = setup_now(owner), week_now(owner, monday).timetable
    if setup is None:
        return []
    mine = week.groups_of.get(person, frozenset())
    return [
        OwnSession(m.placing.group, m.starts_at.astimezone(zone), m.ends_at.astimezone(zone), None)
        for m in meetings(setup[0], week, monday)
        if m.placing.group in mine
    ]


def _session(place: Attended, zone: tzinfo) -> OwnSession:
    ends_at = place.ends_at.astimezone(zone)
    starts_at = ends_at - timedelta(minutes=place.length)
    return OwnSession(place.group, starts_at, ends_at, place.minutes)
