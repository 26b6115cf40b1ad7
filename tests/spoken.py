"""A program that said its hours and places: tracks of every kind, openings of every age."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from builders import listing
from waypost.directory.site import FactSource, Site
from waypost.values.opening import Opening
from waypost.values.track import Attendance, Session, Track
from waypost.values.wall_time import Day

MON, TUE, WED, THU, FRI, SAT, SUN = Day
SAID = date(2026, 11, 20)
UNTIL = SAID + timedelta(days=180)
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
TODAY = NOW.date()
HOW = "said by an administrator of the program"
ZONE = "America/New_York"


def track(name: str, *sessions: tuple[tuple[Day, ...], str, str], **more: object) -> Track:
    """A track by New York's clock."""
    held = tuple(Session(days=days, start=start, end=end) for days, start, end in sessions)
    return Track(id=name, sessions=held, zone=more.pop("zone", ZONE), **more)  # type: ignore[arg-type]


EVENING = track("evening", ((MON, WED, THU), "18:00", "21:00"), attendance=Attendance.IN_PERSON)
WEEKEND = track("weekend", ((SAT,), "09:00", "15:00"), ((SUN,), "13:00", "16:00"))
REMOTE = track("remote", ((TUE, THU), "10:00", "14:30"), attendance=Attendance.TELEHEALTH)
NIGHT = track("night", ((FRI, SAT), "22:00", "02:00"), ((TUE,), "20:00", "24:00"))
ESPANOL = track("tarde", ((MON, TUE, WED), "17:00", "20:00"), language="es",
                for_whom=("group:women",), hours_a_week=9.0)  # fmt: skip
LATER = track("spring", ((MON,), "09:00", "18:00"), starts_on=date(2027, 4, 5),
              not_on=(date(2027, 4, 12), date(2027, 4, 13), date(2027, 5, 31)))  # fmt: skip
PHOENIX = track("phoenix", ((MON, TUE, FRI), "9:00", "12:00"), zone="America/Phoenix")
DAY = track("day", ((MON, TUE, WED, THU, FRI), "09:00", "14:00"))
ROUND = track("round", ((SUN,), "00:00", "24:00"))
TRACKS = (EVENING, WEEKEND, REMOTE, NIGHT, ESPANOL, LATER, PHOENIX, DAY, ROUND)


def opening(days_ago: int, **said: object) -> Opening:
    """A word on places, so many days before `TODAY`."""
    return Opening(as_of=TODAY - timedelta(days=days_ago), **said)  # type: ignore[arg-type]


FREE = opening(0, places=2, track="evening", next_start=date(2026, 12, 1))
WAITING = opening(3, waiting_days=10, track="tarde")
WAS_OPEN = opening(9, places=4, track="weekend")
LAPSED = opening(15, places=7, track="night")
OPENINGS = (FREE, WAITING, WAS_OPEN, LAPSED)


def spoken(
    tracks: tuple[Track, ...] = TRACKS, openings: tuple[Opening, ...] = OPENINGS, **changes: object
) -> Site:
    """A site whose program said this; it offers an intensive program, day treatment, and beds."""
    day = max((o.as_of for o in openings), default=SAID)
    survey = FactSource("samhsa-su-2024", date(2024, 3, 29), "as published")
    facts = dict.fromkeys(("name", "address", "phones", "services", "point"), survey)
    if tracks:
        facts["tracks"] = FactSource("program", SAID, HOW, UNTIL)
    if openings:
        facts["openings"] = FactSource("program", day, HOW, day + timedelta(days=15))
    site = listing(codes=frozenset({"OIT", "ODT", "OP", "RES", "SA"}), facts=facts)
    return replace(site, tracks=tracks, openings=openings, **changes)  # type: ignore[arg-type]


SILENT = spoken((), ())
"""A program that said nothing."""
