"""Reads setups, timetables, the people of a week and calendar feeds, as values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from waypost.treatment.plans.plan import AskedWeek
from waypost.treatment.plans.queries import agreed_plan, newest_plan
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import episodes
from waypost.treatment.timetable.attendees import AttendeeWishes, attendee
from waypost.treatment.timetable.models import (
    AttendeeRow,
    CalendarFeed,
    SetupVersion,
    TimetableVersion,
)
from waypost.treatment.timetable.problem import Attendee, Placing, Timetable
from waypost.treatment.timetable.setup import ProgramSetup, read_setup


@dataclass(frozen=True, slots=True)
class WeekSeen:
    """A version of the timetable; 0 is the empty one before the first."""

    version: int
    from_monday: date | None
    timetable: Timetable
    worth: int | None = None
    bound: int | None = None
    override: str = ""
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class FeedSeen:
    """A calendar feed: whose, and since when."""

    id: str
    kind: str
    subject: str
    made_at: datetime


def setup_now(owner: Owner) -> tuple[ProgramSetup, int] | None:
    """The newest setup and its version; None where there is none."""
    row = SetupVersion.objects.owned_by(owner).order_by("-version").first()
    return (read_setup(row.setup), row.version) if row else None


def timetable_now(owner: Owner, monday: date | None = None) -> WeekSeen:
    """The newest timetable, or the one that holds in the week of ``monday``."""
    rows = TimetableVersion.objects.owned_by(owner)
    if monday is not None:
        rows = rows.filter(from_monday__lte=monday)
    row = rows.order_by("-version").first()
    if row is None:
        return WeekSeen(0, None, Timetable())
    placings = tuple(Placing(*placing) for placing in row.placings)
    places = frozenset((person, group) for person, group in row.opened()["places"])
    return WeekSeen(
        row.version,
        row.from_monday,
        Timetable(placings, places),
        row.worth,
        row.bound,
        row.override,
        row.at,
        row.by,
    )


def wishes_of(owner: Owner) -> dict[str, AttendeeWishes]:
    """What people said for the timetable, by person."""
    rows = AttendeeRow.objects.owned_by(owner)
    return {row.person: AttendeeWishes(**_tuples(row.opened())) for row in rows}


def _tuples(words: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in words.items()}


def people_of_week(owner: Owner) -> tuple[Attendee, ...]:
    """Everyone in care, with what their plan asks of a week; nine hours where none is agreed."""
    wishes = wishes_of(owner)
    active = episodes(owner, state=EpisodeState.ACTIVE)
    return tuple(_attendee(owner, one.person, wishes) for one in active)


def _attendee(owner: Owner, person: str, wishes: dict[str, AttendeeWishes]) -> Attendee:
    plan = agreed_plan(owner, person) or newest_plan(owner, person)
    week = plan.words.week if plan else AskedWeek()
    return attendee(
        person,
        hours=week.hours,
        days=week.days,
        kinds=tuple(week.kinds),
        can_come=week.can_come,
        wishes=wishes.get(person, AttendeeWishes()),
    )


def feeds(owner: Owner) -> list[FeedSeen]:
    """The calendar feeds that work."""
    rows = CalendarFeed.objects.owned_by(owner).filter(revoked_at=None).order_by("made_at")
    return [FeedSeen(row.pk, row.kind, row.subject, row.made_at) for row in rows]


def feed_at(owner: Owner | None = None, *, token: str) -> tuple[Owner, FeedSeen] | None:
    """Whose calendar an address is; None where it is unknown or revoked."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    owner = owner or CalendarFeed.objects.owner_by(token_digest=digest)
    if owner is None:
        return None
    rows = CalendarFeed.objects.owned_by(owner).filter(token_digest=digest, revoked_at=None)
    row = rows.first()
    return (owner, FeedSeen(row.pk, row.kind, row.subject, row.made_at)) if row else None
