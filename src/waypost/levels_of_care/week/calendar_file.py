"""The twelve weeks as an iCalendar file (RFC 5545), with nothing personal in it.

Sessions are local wall time: with a zone, the file carries its VTIMEZONE and 6 pm stays 6 pm
across a clock change; without one, times float and each device reads them as its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from waypost.levels_of_care.week.plan import BadWeek, PlanFault, WeekPlan
from waypost.levels_of_care.week.query import Query, last
from waypost.levels_of_care.week.sessions import week_of

if TYPE_CHECKING:
    from icalendar import Event

FIRST_DAY = date(2020, 1, 1)
LAST_DAY = date(2098, 12, 31)
YEAR = timedelta(days=366)
ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
)
"""The zones offered by name; any other IANA zone is accepted too."""


@dataclass(frozen=True, slots=True)
class CalendarWish:
    """When the first week begins, and in which IANA zone (empty: floating local time)."""

    start: date
    zone: str = ""

    def __post_init__(self) -> None:
        problems: dict[str, PlanFault] = {}
        if not FIRST_DAY <= self.start <= LAST_DAY:
            problems["from"] = PlanFault.BAD_DATE
        if self.zone and self.zone not in _known_zones():
            problems["zone"] = PlanFault.BAD_ZONE
        if problems:
            raise BadWeek(problems)


def wish_from_query(query: Query, today: date) -> CalendarWish:
    """Read the wish; the first week begins on the next Monday where no date is given.

    Raises:
        BadWeek: a date or a zone that cannot be read.
    """
    text = last(query, "from")
    start = today + timedelta(days=7 - today.weekday())
    problems: dict[str, PlanFault] = {}
    if text:
        try:
            start = date.fromisoformat(text) if len(text) == 10 else LAST_DAY + timedelta(days=1)
        except ValueError:
            problems["from"] = PlanFault.BAD_DATE
    try:
        wish = CalendarWish(start, last(query, "zone")[:60])
    except BadWeek as error:
        raise BadWeek(error.problems | problems) from None
    if problems:
        raise BadWeek(problems)
    return wish


def calendar_file(
    plan: WeekPlan, wish: CalendarWish, now: datetime, words: Mapping[str, str]
) -> bytes:
    """The file. ``words`` has "title" (of the calendar), "summary" and "description" (of each)."""
    from icalendar import Calendar  # slow to load, so only when a file is requested

    calendar = Calendar()
    calendar.add("prodid", "-//Waypost//A week in an IOP//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words["title"])
    week = week_of(plan)
    for day in week.days:
        times = sum(day in w.days for w in week.weeks)
        calendar.add_component(_event(plan, wish, day, times, now, words))
    if wish.zone:
        calendar.add_missing_timezones(wish.start - YEAR, wish.start + YEAR)
    return bytes(calendar.to_ical())


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _event(
    plan: WeekPlan,
    wish: CalendarWish,
    day: int,
    times: int,
    now: datetime,
    words: Mapping[str, str],
) -> Event:
    first = wish.start + timedelta(days=(day - wish.start.weekday()) % 7)
    start = _wall(first, plan.session.start, wish.zone)
    final = _wall(first + timedelta(weeks=times - 1), plan.session.start, wish.zone)
    from icalendar import Event

    event = Event()
    event.add("uid", _uid(plan, wish, day))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", _wall(first, plan.session.end, wish.zone))
    # RFC 5545 3.3.10: UNTIL is UTC where DTSTART has a zone, and floats where DTSTART floats.
    event.add(
        "rrule",
        {"freq": "weekly", "until": final.astimezone(UTC) if wish.zone else final},
    )
    event.add("summary", words["summary"])
    event.add("description", words["description"])
    event.add("class", "PRIVATE")
    return event


def _wall(day: date, minutes: int, zone: str) -> datetime:
    midnight = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    return midnight.replace(tzinfo=ZoneInfo(zone)) if zone else midnight


def _uid(plan: WeekPlan, wish: CalendarWish, day: int) -> str:
    """The same plan gives the same ids, so that a second download replaces the first."""
    text = f"{plan.session.start}-{plan.session.end} {day} {wish.start} {wish.zone}"
    return f"{sha256(text.encode()).hexdigest()[:24]}@waypost"
