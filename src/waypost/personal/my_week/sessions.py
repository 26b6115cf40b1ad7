"""The sessions of a person's week: minutes planned and attended, and what is next, on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from waypost.design.times import time_text
from waypost.treatment.attendance.attended import Attended
from waypost.treatment.attendance.queries import attended
from waypost.treatment.records.owner import Owner
from waypost.treatment.timetable.meetings import meetings
from waypost.treatment.timetable.problem import EMPTY
from waypost.treatment.timetable.queries import setup_now, weeks_ahead
from waypost.treatment.wall.queries import zone_of

AHEAD, WEEKS = timedelta(days=14), 3
"""How far ahead the next session is looked for, and the weeks that this touches."""


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
    zone = zone_of(owner)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    kept = attended(owner, monday, today + AHEAD, [person])
    sessions = {place.ends_at: _session(place, zone) for place in kept}
    for session in _planned(owner, person, monday, zone):
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
    """What the timetable plans in three weeks from a Monday, before their days are opened."""
    setup = setup_now(owner)
    if setup is None:
        return []
    kept = weeks_ahead(owner, monday, WEEKS)
    planned = []
    for first in (monday + timedelta(weeks=number) for number in range(WEEKS)):
        timetable = next((w.timetable for begins, w in reversed(kept) if begins <= first), EMPTY)
        mine = timetable.groups_of.get(person, frozenset())
        planned += [
            OwnSession(
                meeting.placing.group,
                meeting.starts_at.astimezone(zone),
                meeting.ends_at.astimezone(zone),
                None,
            )
            for meeting in meetings(setup[0], timetable, first)
            if meeting.placing.group in mine
        ]
    return planned


def _session(place: Attended, zone: tzinfo) -> OwnSession:
    ends_at = place.ends_at.astimezone(zone)
    starts_at = ends_at - timedelta(minutes=place.length)
    return OwnSession(place.group, starts_at, ends_at, place.minutes)
