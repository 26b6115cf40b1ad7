"""How a program's hours stand to those that one can come: session by session, with the clash.

The same rule as `search.offers`, of one site and with its reasons: a condition is met, not met, or
not said; a track is as good as its worst condition, and a program as its best track.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum

from waypost.directory.site import Site
from waypost.directory.timetables import known_tracks
from waypost.navigation.need import TIME, Need
from waypost.places.place import Place
from waypost.search.offers import FITS, NOT, UNSAID, OfferQuestion, by_the_quarter, free_minutes
from waypost.values.opening import Freshness, Opening, freshness
from waypost.values.track import Attendance, Meeting, TimeOfDay, Track
from waypost.values.wall_time import MINUTES_A_WEEK, day_in, minutes_ahead

TIME_BITS = {TimeOfDay.DAY: 1, TimeOfDay.EVENINGS: 2, TimeOfDay.WEEKENDS: 4}
ATTENDING = {Attendance.IN_PERSON: 1, Attendance.TELEHEALTH: 2, Attendance.EITHER: 3}


class HoursStanding(StrEnum):
    """Whether a program, or a track, fits the hours asked for."""

    FITS = "fits"
    DOES_NOT = "does not"
    UNSAID = "does not say"


_STANDINGS = {FITS: HoursStanding.FITS, NOT: HoursStanding.DOES_NOT, UNSAID: HoursStanding.UNSAID}


class Miss(StrEnum):
    """What of a track does not fit, beside its sessions."""

    TIME = "time of day"
    WEEKLY = "hours a week"
    ATTENDANCE = "attendance"
    STARTS = "starts later"
    FULL = "no place"


@dataclass(frozen=True, slots=True)
class MeetingFit:
    """A session by the asker's clock: None missed, or how many minutes of it one cannot come.

    ``early`` is how long it begins before one can come and ``late`` how long it goes on after;
    both are 0 where it fits, and where one cannot come at any of it ``fits`` is False all the same.
    """

    meeting: Meeting
    fits: bool
    early: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class TrackFit:
    """One track: how it stands, its sessions as asked, and what else does not fit.

    ``ahead`` is by how many minutes the asker's clock is ahead of the program's.
    """

    track: Track
    standing: HoursStanding
    meetings: tuple[MeetingFit, ...]
    misses: tuple[Miss, ...]
    ahead: int


@dataclass(frozen=True, slots=True)
class HoursFit:
    """How a program stands to the hours asked for; its tracks that are known, the best first."""

    standing: HoursStanding
    tracks: tuple[TrackFit, ...]


@dataclass(frozen=True, slots=True)
class HoursCount:
    """Of what fits in all else: how many fit by their hours, how many do not, how many say none."""

    fit: int
    do_not: int
    unsaid: int


def today_of(place: Place | None, now: datetime) -> date:
    """Which day it is where the asker is."""
    return day_in(place.timezone if place else "", now)


def offer_question(need: Need, place: Place | None, now: datetime) -> OfferQuestion | None:
    """What a need asks of tracks and openings; None where it asks nothing of them."""
    if not need.asks_hours:
        return None
    hours = need.hours
    times = sum(TIME_BITS[TimeOfDay(option)] for option in need.chosen.get(TIME, ()))
    return OfferQuestion(
        today=today_of(place, now),
        at=by_the_quarter(now),
        free=hours.spans,
        zone=place.timezone if place else "",
        times=times,
        least=(hours.least or 0) * 60,
        most=MINUTES_A_WEEK if hours.most is None else hours.most * 60,
        attendance=ATTENDING[hours.attendance] if hours.attendance else 0,
        starts_by=hours.starts_by,
        opening=hours.opening,
    )


def hours_fit(site: Site, asked: OfferQuestion) -> HoursFit:
    """How one program stands; what it said long ago and did not confirm is not known."""
    theirs = asked.day_of(site.timezone)
    by_track = {opening.track: opening for opening in site.openings}
    openings = [by_track.get(track.id) or by_track.get("") for track in site.tracks]
    if known_tracks(site, theirs):
        pairs = zip(site.tracks, openings, strict=True)
        fits = [_track_fit(track, opening, asked, theirs) for track, opening in pairs]
        grades = [_grade(fit.standing) for fit in fits]
    else:
        fits = []
        grades = [_without_track(o, asked, theirs) for o in (openings or site.openings)]
    ordered = sorted(fits, key=lambda fit: (-_grade(fit.standing), fit.track.id))
    return HoursFit(_STANDINGS[max(grades, default=UNSAID)], tuple(ordered))


def fits(fit: HoursFit | None) -> bool:
    """Whether hours were asked for and fit."""
    return fit is not None and fit.standing is HoursStanding.FITS


def _grade(standing: HoursStanding) -> int:
    return next(grade for grade, known in _STANDINGS.items() if known is standing)


def _without_track(opening: Opening | None, asked: OfferQuestion, theirs: date) -> int:
    """What an opening alone says, of a program whose tracks are not known, or not any more."""
    grades = [UNSAID] if asked.asks_of_track else []
    return min([*grades, *_of_places(None, opening, asked, theirs)], default=FITS)


def _track_fit(
    track: Track, opening: Opening | None, asked: OfferQuestion, theirs: date
) -> TrackFit:
    ahead = _ahead(track, asked)
    meetings = tuple(_meetings(track, ahead, asked))
    misses = []
    how = ATTENDING[track.attendance] if track.attendance else 0
    unsaid = bool(asked.attendance) and not how
    if how and asked.attendance and not how & asked.attendance:
        misses.append(Miss.ATTENDANCE)
    if not asked.least <= (track.weekly_minutes or 0) <= asked.most:
        misses.append(Miss.WEEKLY)
    if asked.times and not asked.times & sum(TIME_BITS[t] for t in track.times_of_day):
        misses.append(Miss.TIME)
    grades = [UNSAID] if unsaid else []
    if misses or not _can_come(track, meetings):
        grades.append(NOT)
    places = _of_places(track, opening, asked, theirs)
    if asked.opening and places[0] == NOT:
        misses.append(Miss.FULL)
    if asked.starts_by and places[-1] == NOT:
        misses.append(Miss.STARTS)
    standing = _STANDINGS[min([*grades, *places], default=FITS)]
    return TrackFit(track, standing, meetings, tuple(misses), ahead)


def _ahead(track: Track, asked: OfferQuestion) -> int:
    noon = datetime.combine(asked.today, time(12), UTC)
    return minutes_ahead(track.zone, asked.zone, noon) if asked.zone else 0


def _can_come(track: Track, meetings: tuple[MeetingFit, ...]) -> bool:
    """Whether one can come to as many minutes as one attends: three of five evenings, say."""
    able = sum(m.meeting.end - m.meeting.start for m in meetings if m.fits)
    whole = sum(m.end - m.start for m in track.meetings)
    return able >= min(track.weekly_minutes or 0, whole)


def _meetings(track: Track, ahead: int, asked: OfferQuestion) -> Iterator[MeetingFit]:
    free = free_minutes(asked.free)
    for meeting in track.meetings:
        start = (meeting.start + ahead) % MINUTES_A_WEEK
        mine = replace(meeting, start=start, end=start + meeting.end - meeting.start)
        if not asked.free:
            yield MeetingFit(mine, True)
            continue
        minutes = [bool(free[m + 1] - free[m]) for m in range(mine.start, mine.end)]
        if all(minutes) or not any(minutes):
            yield MeetingFit(mine, all(minutes))
        else:
            yield MeetingFit(mine, False, minutes.index(True), minutes[::-1].index(True))


def _of_places(
    track: Track | None, opening: Opening | None, asked: OfferQuestion, theirs: date
) -> list[int]:
    """Grades of "has an opening" and of "starts by", where they are asked, in this order.

    ``theirs`` is the day it is where the program is: by its clock its word grows old.
    """
    fresh = opening is not None and freshness(opening, theirs) is Freshness.CURRENT
    place = opening.has_place if opening and fresh else None
    following = opening.next_start if opening and fresh else None
    if following is not None and following < theirs:
        following = None  # that group has begun; when the next one does is not said
    grades = []
    if asked.opening:
        grades.append(UNSAID if place is None else FITS if place else NOT)
    if asked.starts_by is not None:
        first = track.starts_on if track else None
        late = any(day is not None and day > asked.starts_by for day in (first, following))
        soon = following is not None or place or (first is not None and first >= theirs)
        grades.append(NOT if late else FITS if soon else UNSAID)
    return grades
