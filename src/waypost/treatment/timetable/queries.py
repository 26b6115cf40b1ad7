"""Reads setups, timetables, the people of a week and calendar feeds, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from waypost.files.digests import text_digest
from waypost.treatment.plans.plan import AskedWeek
from waypost.treatment.plans.queries import weeks_asked
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import episodes, in_care
from waypost.treatment.timetable.attendees import AttendeeWishes, attendee
from waypost.treatment.timetable.meetings import without_others
from waypost.treatment.timetable.models import AttendeeRow, CalendarFeed, TimetableVersion
from waypost.treatment.timetable.problem import Attendee, Placing, Timetable
from waypost.treatment.timetable.setup import ProgramSetup, read_setup
from waypost.treatment.wall.models import SetupVersion


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


def minutes_asked(owner: Owner) -> dict[str, int]:
    """The minutes a week that the plan of everyone in care asks for; nine hours where none does."""
    people = in_care(owner)
    weeks = weeks_asked(owner, people)
    return {person: weeks.get(person, AskedWeek()).hours * 60 for person in people}


def timetable_now(owner: Owner, monday: date | None = None) -> WeekSeen:
    """The newest timetable, or the one that holds in the week of ``monday``.

    A week holds from its Monday until a later one begins, whichever of them was made first.
    """
    rows = TimetableVersion.objects.owned_by(owner).order_by("-version")
    if monday is not None:
        rows = rows.filter(from_monday__lte=monday).order_by("-from_monday", "-version")
    row = rows.first()
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


def week_now(owner: Owner, monday: date | None = None) -> WeekSeen:
    """`timetable_now` as it holds today: whoever has left since it was kept takes no place."""
    seen = timetable_now(owner, monday)
    return replace(seen, timetable=without_others(seen.timetable, in_care(owner)))


def week_to_join(owner: Owner, monday: date) -> WeekSeen:
    """The week that somebody who calls in the week of a Monday could join.

    It is next week's, where something meets in it, or this week's, or the first that will hold: a
    holiday week made far ahead says nothing of the places there are now.
    """
    return _first_that_meets(owner, [monday + timedelta(weeks=1), monday])


def week_current(owner: Owner, monday: date) -> WeekSeen:
    """The week that holds in the week of a Monday, or the first that will."""
    return _first_that_meets(owner, [monday])


def _first_that_meets(owner: Owner, mondays: list[date]) -> WeekSeen:
    rows = TimetableVersion.objects.owned_by(owner).filter(from_monday__gt=mondays[0])
    to_come = rows.order_by("from_monday").values_list("from_monday", flat=True)
    for monday in (*mondays, *to_come[:1]):
        seen = week_now(owner, monday)
        if seen.timetable.placings:
            return seen
    return WeekSeen(0, None, Timetable())


def weeks_ahead(owner: Owner, monday: date, weeks: int) -> list[tuple[date, WeekSeen]]:
    """The timetables that hold in the weeks from a Monday on, each with its first of those weeks.

    Places are those of the people who are in care today.
    """
    rows = TimetableVersion.objects.owned_by(owner).filter(
        from_monday__gt=monday, from_monday__lt=monday + timedelta(weeks=weeks)
    )
    later = sorted(set(rows.values_list("from_monday", flat=True)))
    seen = [(first, week_now(owner, first)) for first in (monday, *later)]
    return [(first, week) for first, week in seen if week.version]


def first_mondays(owner: Owner) -> list[date]:
    """From which Monday each timetable holds, the newest timetable first; none is opened."""
    rows = TimetableVersion.objects.owned_by(owner).order_by("-version")
    return list(rows.values_list("from_monday", flat=True))


def newest_week(owner: Owner) -> int:
    """The number of the newest timetable, for whoever keeps the next; 0 before the first."""
    numbers = TimetableVersion.objects.owned_by(owner).order_by("-version")
    return numbers.values_list("version", flat=True).first() or 0


def wishes_of(owner: Owner, people: Iterable[str] | None = None) -> dict[str, AttendeeWishes]:
    """What people said for the timetable, by person: those named, or all."""
    rows = AttendeeRow.objects.owned_by(owner)
    if people is not None:
        rows = rows.filter(person__in=list(people))
    return {row.person: AttendeeWishes(**_tuples(row.opened())) for row in rows}


def _tuples(words: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in words.items()}


def people_of_week(owner: Owner) -> tuple[Attendee, ...]:
    """Everyone in care, with what their plan asks of a week; nine hours where none is agreed."""
    people = [episode.person for episode in episodes(owner, state=EpisodeState.ACTIVE)]
    wishes, weeks = wishes_of(owner, people), weeks_asked(owner, people)
    return tuple(
        attendee(person, weeks.get(person, AskedWeek()), wishes.get(person, AttendeeWishes()))
        for person in people
    )


def feeds(owner: Owner) -> list[FeedSeen]:
    """The calendar feeds that work."""
    rows = CalendarFeed.objects.owned_by(owner).filter(revoked_at=None).order_by("made_at")
    return [FeedSeen(row.pk, row.kind, row.subject, row.made_at) for row in rows]


def feed_at(owner: Owner | None = None, *, token: str) -> tuple[Owner, FeedSeen] | None:
    """Whose calendar an address is; None where it is unknown or revoked."""
    digest = text_digest(token)
    owner = owner or CalendarFeed.objects.owner_by(token_digest=digest)
    if owner is None:
        return None
    rows = CalendarFeed.objects.owned_by(owner).filter(token_digest=digest, revoked_at=None)
    row = rows.first()
    return (owner, FeedSeen(row.pk, row.kind, row.subject, row.made_at)) if row else None
