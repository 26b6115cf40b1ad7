"""The sessions of a person's week: minutes planned and attended, and what is next, on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from waypost.treatment.attendance.queries import Attended, attended
from waypost.treatment.records.owner import Owner
from waypost.treatment.timetable.queries import setup_now

AHEAD = timedelta(days=14)
"""How far ahead the next session is looked for."""


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session of mine, in the program's local time."""

    title: str
    starts_at: datetime
    ends_at: datetime
    minutes: int | None


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """This week's sessions, minutes planned and attended, and the next session from now on."""

    sessions: tuple[OwnSession, ...] = ()
    planned: int = 0
    attended: int = 0
    upcoming: OwnSession | None = None


def week_of(owner: Owner, person: str, now: datetime) -> OwnWeek:
    """The person's week around ``now``, from Monday to Sunday of the program's wall."""
    setup = setup_now(owner)
    zone: tzinfo = ZoneInfo(setup[0].zone) if setup else UTC
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    places = attended(owner, monday, today + AHEAD, [person])
    week = [place for place in places if place.day < monday + timedelta(days=7)]
    later = (place for place in places if place.ends_at > now)
    following = next(later, None)
    return OwnWeek(
        tuple(_session(place, zone) for place in week),
        sum(place.length for place in week),
        sum(place.minutes or 0 for place in week),
        _session(following, zone) if following else None,
    )


def _session(place: Attended, zone: tzinfo) -> OwnSession:
    ends_at = place.ends_at.astimezone(zone)
    starts_at = ends_at - timedelta(minutes=place.length)
    return OwnSession(place.group, starts_at, ends_at, place.minutes)
