"""Which hours and places a site's service is shown with on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from waypost.directory.program_word import CLOSED, word_now
from waypost.directory.site import FactSource, Site
from waypost.directory.timetables import HOLDS, OPENINGS, TRACKS, known_tracks, shown_openings
from waypost.levels_of_care.hours import the_hours
from waypost.values.opening import FRESH, Freshness, Opening
from waypost.values.track import Session, Track
from waypost.values.wall_time import MINUTES_A_DAY, Day, clock_of

BY_THE_HOUR = (("iop", "php", "outpatient", "general"), ("medication", "otp"))
"""Levels of care to which people come for some hours; the first of these that a site offers."""

DAY_TREATMENT = "php"


@dataclass(frozen=True, slots=True)
class WallHours:
    """A session on the wall; ``next_day``: it ends on the day after; ``all_day``: day and night."""

    days: tuple[Day, ...]
    start: str
    end: str
    next_day: bool
    all_day: bool


@dataclass(frozen=True, slots=True)
class ShownHours:
    """What a service's program says of its hours and places, as far as it holds today.

    ``openings`` are of the last week, ``past`` of the week before; the sources are None where
    nothing of the kind is shown.
    """

    tracks: tuple[Track, ...] = ()
    openings: tuple[Opening, ...] = ()
    past: tuple[Opening, ...] = ()
    tracks_said: FactSource | None = None
    openings_said: FactSource | None = None
    today: date = date.min

    @property
    def begun(self) -> tuple[Track, ...]:
        """The tracks that meet already."""
        return tuple(t for t in self.tracks if t.starts_on is None or t.starts_on <= self.today)

    @property
    def days_off(self) -> tuple[date, ...]:
        """The days on which tracks said that they do not meet, and on which no other meets."""
        named = sorted({day for track in self.tracks for day in track.not_on})
        return tuple(day for day in named if not any(_meets(t, day) for t in self.tracks))

    @property
    def first_day(self) -> date:
        """From when on the tracks are said to hold; with tracks alone."""
        assert self.tracks_said is not None
        return self.tracks_said.as_of

    @property
    def last_day(self) -> date:
        """The last day on which the word on the tracks holds; with tracks alone."""
        assert self.tracks_said is not None
        until = self.tracks_said.until or self.tracks_said.as_of + HOLDS[TRACKS]
        return until - timedelta(days=1)

    @property
    def takes_people(self) -> bool | None:
        """Whether somebody could begin, where the words of this week say so.

        One place anywhere is yes. No is said where every track is full and none names a next start
        or a wait, for who waits is being taken.
        """
        if any(opening.has_place for opening in self.openings):
            return True
        spoken_of = {opening.track for opening in self.openings}
        all_of_them = "" in spoken_of or (self.tracks and {t.id for t in self.tracks} <= spoken_of)
        full = all(o.places == 0 and not (o.next_start or o.waiting_days) for o in self.openings)
        return False if all_of_them and full else None

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 tags of the languages in which tracks are held, in order."""
        return tuple(dict.fromkeys(track.language for track in self.tracks if track.language))


def _meets(track: Track, day: date) -> bool:
    begun = track.starts_on is None or track.starts_on <= day
    on_day = any(meeting.day.number == day.weekday() for meeting in track.meetings)
    return begun and on_day and day not in track.not_on


NO_HOURS = ShownHours()
"""Of a program that said nothing of it."""


def wall_hours(session: Session) -> WallHours:
    """A session as its wall clock shows it; midnight at its end is the next day's 00:00."""
    start, end = session.from_minute, session.to_minute
    whole = start == 0 and end == MINUTES_A_DAY
    return WallHours(
        session.days, clock_of(start), clock_of(end % MINUTES_A_DAY), end >= MINUTES_A_DAY, whole
    )


def last_current_day(opening: Opening) -> date:
    """The last day on which a word on a place is shown as it is."""
    return opening.as_of + FRESH


def levels_by_the_hour(levels: Collection[str]) -> tuple[str, ...]:
    """Of a site's levels of care those that its hours are of: all of them where none is certain."""
    for group in BY_THE_HOUR:
        named = tuple(level for level in group if level in levels)
        if named:
            return named
    return tuple(levels)


def levels_of_track(track: Track, levels: Collection[str]) -> tuple[str, ...]:
    """The levels of care that a track may be of: the program does not say which.

    Day treatment has at least so many hours a week (content/levels_of_care/hours.yaml), and what
    has as many is no other level, where the site offers both.
    """
    possible = levels_by_the_hour(levels)
    if DAY_TREATMENT not in possible or len(possible) == 1:
        return possible
    if (track.weekly_minutes or 0) >= the_hours().php.least * 60:
        return (DAY_TREATMENT,)
    return tuple(level for level in possible if level != DAY_TREATMENT)


def hours_of(site: Site, level: str, levels: Sequence[str], today: date) -> ShownHours:
    """What a site's service at a level of care is shown with on a day."""
    if not (site.tracks or site.openings) or word_now(site, CLOSED, today):
        return NO_HOURS
    if level not in levels_by_the_hour(levels):
        return NO_HOURS
    tracks = tuple(t for t in known_tracks(site, today) if level in levels_of_track(t, levels))
    current = tuple(_openings(site, level, levels, today, Freshness.CURRENT))
    past = tuple(_openings(site, level, levels, today, Freshness.PAST))
    return ShownHours(
        tracks,
        current,
        past,
        site.facts.get(TRACKS) if tracks else None,
        site.facts.get(OPENINGS) if current or past else None,
        today,
    )


def _openings(
    site: Site, level: str, levels: Sequence[str], today: date, age: Freshness
) -> Iterator[Opening]:
    by_id = {track.id: track for track in site.tracks}
    for opening, opening_shown in shown_openings(site, today):
        track = by_id.get(opening.track)
        if opening_shown is age and (track is None or level in levels_of_track(track, levels)):
            yield opening
