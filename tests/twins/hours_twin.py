"""Whether a program's hours fit, the slow and obvious way: minute by minute, condition by condition."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from waypost.directory.site import Site
from waypost.navigation.hours import FreeTime
from waypost.navigation.need import Need
from waypost.places.place import Place
from waypost.values.opening import Opening
from waypost.values.track import Track

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK = 7 * 24 * 60
YES, MAYBE, NO = "fits", "does not say", "does not"


def standing(site: Site, need: Need, place: Place | None, now: datetime) -> str:
    """The best of the site's tracks; where it has none, what its openings say."""
    zone = place.timezone if place and place.timezone else ""
    today = now.astimezone(ZoneInfo(zone or "America/Chicago")).date()
    theirs = now.astimezone(ZoneInfo(site.timezone or "America/Chicago")).date()
    fact = site.facts.get("tracks")
    too_old = fact is not None and fact.until is not None and fact.until <= theirs
    offers: list[tuple[Track | None, Opening | None]] = []
    for track in site.tracks:
        mine = [o for o in site.openings if o.track == track.id] or [
            o for o in site.openings if o.track == ""
        ]
        offers.append((None if too_old else track, mine[0] if mine else None))
    if not site.tracks:
        offers = [(None, opening) for opening in site.openings]
    found = [all_of(conditions(t, o, need, zone, (today, theirs))) for t, o in offers]
    return YES if YES in found else MAYBE if MAYBE in found or not found else NO


def all_of(met: list[str]) -> str:
    return NO if NO in met else MAYBE if MAYBE in met else YES


def conditions(
    track: Track | None, opening: Opening | None, need: Need, zone: str, days: tuple[date, date]
) -> list[str]:
    """The days are the asker's, by which clocks are compared, and the program's own."""
    hours, met, (here, today) = need.hours, [], days
    times = need.chosen.get("time", ())
    asked = hours.free or times or hours.least or hours.most is not None or hours.attendance
    if track is None and asked:
        met.append(MAYBE)
    if track is not None:
        weekly = minutes_attended(track)
        if hours.free:
            can = sum(length for length, fits in sessions(track, need, zone, here) if fits)
            met.append(YES if can >= min(weekly, total(track)) else NO)
        if times:
            met.append(
                YES
                if {time_of(track, s, d) for s in track.sessions for d in s.days} & set(times)
                else NO
            )
        if hours.least and weekly < hours.least * 60:
            met.append(NO)
        if hours.most is not None and weekly > hours.most * 60:
            met.append(NO)
        if hours.attendance:
            how = track.attendance.value if track.attendance else None
            met.append(
                MAYBE if how is None else YES if how in ("either", hours.attendance.value) else NO
            )
    fresh = opening if opening and today - opening.as_of <= timedelta(days=7) else None
    if hours.opening:
        met.append(has_place(fresh))
    if hours.starts_by:
        following = fresh.next_start if fresh and fresh.next_start else None
        days = [track.starts_on if track else None, following]
        if following and following < today:
            days[1] = None
        if any(day and day > hours.starts_by for day in days):
            met.append(NO)
        elif has_place(fresh) == YES or days[1] or (days[0] and days[0] >= today):
            met.append(YES)
        else:
            met.append(MAYBE)
    return met


def has_place(opening: Opening | None) -> str:
    if opening is None or (opening.places is None and opening.waiting_days is None):
        return MAYBE
    if opening.places is not None:
        return YES if opening.places else NO
    return NO if opening.waiting_days else YES


def clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def length(session: object) -> int:
    minutes = clock(session.end) - clock(session.start)  # type: ignore[attr-defined]
    return minutes if minutes > 0 else minutes + 1440


def total(track: Track) -> int:
    return sum(length(s) * len(s.days) for s in track.sessions)


def minutes_attended(track: Track) -> int:
    return total(track) if track.hours_a_week is None else round(track.hours_a_week * 60)


def time_of(track: Track, session: object, day: str) -> str:
    if day in ("sat", "sun"):
        return "weekends"
    return "evenings" if clock(session.start) >= 17 * 60 else "day"  # type: ignore[attr-defined]


def sessions(track: Track, need: Need, zone: str, today: date) -> list[tuple[int, bool]]:
    """Each session's minutes, and whether every one of them is free on the asker's own clock."""
    free, found = free_minutes(need.hours.free), []
    for session in track.sessions:
        for day in session.days:
            at = DAYS.index(day) * 1440 + clock(session.start) + ahead(track.zone, zone, today)
            minutes = range(at, at + length(session))
            found.append((length(session), all(m % WEEK in free for m in minutes)))
    return found


@lru_cache(maxsize=32)
def free_minutes(spans: tuple[FreeTime, ...]) -> frozenset[int]:
    free: set[int] = set()
    for span in spans:
        at = DAYS.index(span.day) * 1440
        free |= {m % WEEK for m in range(at + span.start, at + span.end)}
    return frozenset(free)


@lru_cache(maxsize=64)
def ahead(theirs: str, mine: str, today: date) -> int:
    if not mine:
        return 0
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    walls = [noon.astimezone(ZoneInfo(z)).replace(tzinfo=None) for z in (mine, theirs)]
    return int((walls[0] - walls[1]).total_seconds() // 60)
