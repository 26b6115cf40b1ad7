"""Which sites have a track that fits the hours one can come, which have none, which do not say.

An offer is one track of a site with the newest word on its places, as columns of arrays in the
order of the index's rows, so that a question looks only at the blocks in its reach. Each condition
of a question is met, not met, or not said (2, 0, 1); a track is as good as its worst condition, and
a site as its best track.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from waypost.search.bands import BLOCK
from waypost.search.query import Words, as_bits, as_words
from waypost.values.wall_time import MINUTES_A_WEEK, day_in, minutes_ahead

NOT, UNSAID, FITS = 0, 1, 2
ANY, IN_PERSON, TELEHEALTH, EITHER = 0, 1, 2, 3
FRESH_DAYS = 7
NEVER = np.iinfo(np.int32).max
REMEMBERED = 16
STRETCH = 4_096
"""Blocks of a large directory whose offers are looked at together."""
PREFIX = "offer_"
Ints = npt.NDArray[np.int32]
Grades = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class OfferQuestion:
    """What of a track is asked, on which day and by whose clock.

    ``at`` is the moment (`by_the_quarter`): a program's word grows old by the program's own days.
    Without it ``today`` is everybody's day.

    ``free`` are spans of a week in minutes after Monday's midnight, of the clock in ``zone`` (''
    for the program's own); () asks nothing. ``times`` are bits (1 day, 2 evenings, 4 weekends), one
    of which is enough. ``least`` and ``most`` are minutes a week.
    """

    today: date
    free: tuple[tuple[int, int], ...] = ()
    zone: str = ""
    times: int = 0
    least: int = 0
    most: int = MINUTES_A_WEEK
    attendance: int = ANY
    starts_by: date | None = None
    opening: bool = False
    at: datetime | None = None

    def day_of(self, zone: str) -> date:
        """Which day it is in a program's zone."""
        return self.today if self.at is None else day_in(zone, self.at)

    @property
    def asks_of_track(self) -> bool:
        """Whether anything but places and beginnings is asked."""
        hours = bool(self.free or self.times or self.least) or self.most < MINUTES_A_WEEK
        return hours or self.attendance != ANY


@dataclass(frozen=True, slots=True)
class Sessions:
    """The different sessions of all programs, far fewer than their meetings: Monday, 6 to 9.

    ``start`` and ``length`` are minutes; ``of_meeting`` says which session each meeting is.
    """

    start: Ints
    length: Ints
    zone: Ints
    of_meeting: Ints


@dataclass(frozen=True)
class OfferTable:
    """The offers of all sites, in the order of the index's rows.

    Days are proleptic ordinals (`date.toordinal`), 0 where none is said. ``until`` is the first day
    on which the track holds no more; ``zone`` is the track's and ``home`` the site's own; ``known``
    is 0 for an offer that has openings and no track.
    The meetings of offer ``i`` are those from ``first[i]`` to ``first[i + 1]``.
    """

    rows: Ints
    known: Ints
    until: Ints
    attendance: Ints
    times: Ints
    weekly: Ints
    starts_on: Ints
    zone: Ints
    place: Ints
    next_start: Ints
    said_on: Ints
    home: Ints
    first: Ints
    starts: Ints
    ends: Ints
    zones: tuple[str, ...]
    _remembered: OrderedDict[tuple[OfferQuestion, int], tuple[Words, Words]] = field(
        default_factory=OrderedDict, repr=False, init=False
    )
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, init=False)

    @cached_property
    def _blocks(self) -> Ints:
        return self.rows // BLOCK

    def masks(self, question: OfferQuestion, block_count: int) -> tuple[Words, Words]:
        """The rows with a track that fits, and those with none; remembered for the last questions.

        What is in neither mask does not say.
        """
        key = (question, block_count)
        with self._lock:
            remembered = self._remembered.get(key)
        if remembered is None:
            everything = np.full(block_count, ~np.uint64(0))
            remembered = self._masks_of_most(question, everything)
            with self._lock:
                self._remembered[key] = remembered
                while len(self._remembered) > REMEMBERED:
                    self._remembered.popitem(last=False)
        return remembered

    def masks_among(self, question: OfferQuestion, among: Words) -> tuple[Words, Words]:
        """The same of the rows of a mask alone: no other row's offers are looked at."""
        blocks = np.flatnonzero(among).astype(np.int32)
        if 4 * len(blocks) > len(among):
            return self._masks_of_most(question, among)
        low = np.searchsorted(self._blocks, blocks, side="left")
        offers = _runs(low, np.searchsorted(self._blocks, blocks, side="right") - low)
        places = self._places(offers, blocks)
        inside = as_bits(among[blocks]).take(places)
        masks = np.zeros((2, len(among)), dtype=np.uint64)
        masks[:, blocks] = self._masks(question, offers[inside], len(blocks), places[inside])
        return masks[0], masks[1]

    def _masks_of_most(self, question: OfferQuestion, among: Words) -> tuple[Words, Words]:
        """The same, a stretch of blocks at a time, so that all of it stays in the processor's
        cache."""
        masks = np.zeros((2, len(among)), dtype=np.uint64)
        firsts = np.arange(0, len(among) + STRETCH, STRETCH, dtype=np.int32)
        bounds = np.searchsorted(self._blocks, firsts)
        for first, low, high in zip(firsts.tolist(), bounds, bounds[1:], strict=False):
            blocks = among[first : first + STRETCH]
            places = self.rows[low:high] - first * BLOCK
            inside = np.flatnonzero(as_bits(blocks).take(places))
            of_stretch = self._masks(question, inside + low, len(blocks), places[inside])
            masks[:, first : first + STRETCH] = of_stretch
        return masks[0], masks[1]

    def _places(self, offers: npt.NDArray[np.int64], blocks: Ints) -> npt.NDArray[np.int64]:
        """Where each offer's row stands among the rows of these blocks."""
        rows = self.rows[offers]
        places: npt.NDArray[np.int64] = np.searchsorted(blocks, rows // BLOCK) * BLOCK
        return places + rows % BLOCK

    def _masks(
        self,
        question: OfferQuestion,
        offers: npt.NDArray[np.int64],
        block_count: int,
        places: npt.NDArray[np.integer],
    ) -> tuple[Words, Words]:
        """A site is as good as its best track, and does not fit where none of its tracks does.

        ``places`` are those of the offers' rows among the rows of the blocks.
        """
        grades = self.grades(question, offers)
        best = np.zeros(block_count * BLOCK, dtype=np.int8)  # 0: there is no offer
        best[places] = 1 + NOT
        for grade in (UNSAID, FITS):  # the better is written over the worse
            best[places[grades == grade]] = 1 + grade
        return as_words(best == 1 + FITS), as_words(best == 1 + NOT)

    def grades(self, question: OfferQuestion, offers: npt.NDArray[np.int64]) -> Grades:
        """How each of these offers stands: 2 fits, 1 does not say, 0 does not fit."""
        today = self._todays(question)[self.home[offers]]
        known = (self.known[offers] > 0) & (self.until[offers] > today)
        fit = np.full(len(offers), FITS, dtype=np.int8)
        if question.asks_of_track:
            fit = np.where(known, self._of_track(question, offers), UNSAID).astype(np.int8)
        if question.opening:
            fit = np.minimum(fit, self._has_place(offers, today))
        if question.starts_by is not None:
            first = np.where(known, self.starts_on[offers], 0)
            by = question.starts_by.toordinal()
            fit = np.minimum(fit, self._starts(offers, first, today, by))
        return fit

    def _of_track(self, question: OfferQuestion, offers: npt.NDArray[np.int64]) -> Grades:
        fit = np.full(len(offers), FITS, dtype=np.int8)
        if question.attendance != ANY:
            how = self.attendance[offers]
            fit[how == ANY] = UNSAID
            fit[(how != ANY) & (how & question.attendance == 0)] = NOT
        if question.least or question.most < MINUTES_A_WEEK:
            weekly = self.weekly[offers]
            fit[(weekly < question.least) | (weekly > question.most)] = NOT
        if question.times:
            fit[self.times[offers] & question.times == 0] = NOT
        if question.free:
            left = np.flatnonzero(fit)
            fit[left[~self._can_come(question, offers[left])]] = NOT
        return fit

    def _can_come(
        self, question: OfferQuestion, offers: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Whether one can come to as many minutes as one attends."""
        sessions, shifts, free = self._sessions, self._shifts(question), free_minutes(question.free)
        start = (sessions.start + shifts[sessions.zone]) % MINUTES_A_WEEK
        inside = free[start + sessions.length] - free[start] == sessions.length
        low = self.first[offers]
        count = self.first[offers + 1] - low
        minutes = (sessions.length * inside).take(sessions.of_meeting.take(_runs(low, count)))
        can, meets = np.zeros(len(offers), dtype=np.int32), count > 0
        if len(minutes):
            can[meets] = np.add.reduceat(minutes, (np.cumsum(count) - count)[meets])
        enough: npt.NDArray[np.bool_] = can >= self._due[offers]
        return enough

    @cached_property
    def _sessions(self) -> Sessions:
        zone = np.repeat(self.zone, np.diff(self.first)).astype(np.int64)
        whole = (zone << 32) | (self.starts << 16) | (self.ends - self.starts)  # all under 2^15
        different, of_meeting = np.unique(whole, return_inverse=True)
        parts = (different >> 16 & 0x7FFF, different & 0x7FFF, different >> 32)
        start, length, zone_of = (part.astype(np.int32) for part in parts)
        return Sessions(start, length, zone_of, of_meeting.astype(np.int32))

    @cached_property
    def _due(self) -> Ints:
        """Minutes that one comes to: a week's of the program, or all of its meetings where they
        are fewer."""
        until = np.concatenate([[0], np.cumsum(self.ends - self.starts)])
        return np.minimum(self.weekly, np.diff(until[self.first])).astype(np.int32)

    def _shifts(self, question: OfferQuestion) -> Ints:
        """Minutes that the asker's clock is ahead of each zone's on that day, at noon UTC."""
        noon = datetime.combine(question.today, time(12), UTC)
        mine = question.zone
        shifts = [minutes_ahead(zone, mine, noon) if mine and zone else 0 for zone in self.zones]
        return np.array(shifts or [0], dtype=np.int32)

    def _todays(self, question: OfferQuestion) -> Ints:
        """Which day it is in each zone."""
        days = [question.day_of(zone).toordinal() for zone in self.zones or ("",)]
        return np.array(days, dtype=np.int32)

    def _fresh(self, offers: npt.NDArray[np.int64], today: Ints) -> npt.NDArray[np.bool_]:
        """Whose word on places is young enough to count."""
        fresh: npt.NDArray[np.bool_] = today - self.said_on[offers] <= FRESH_DAYS
        return fresh

    def _has_place(self, offers: npt.NDArray[np.int64], today: Ints) -> Grades:
        place, fresh = self.place[offers], self._fresh(offers, today)
        return np.where(~fresh | (place < 0), UNSAID, np.where(place > 0, FITS, NOT)).astype(
            np.int8
        )

    def _starts(self, offers: npt.NDArray[np.int64], first: Ints, today: Ints, by: int) -> Grades:
        fresh = self._fresh(offers, today)
        said = self.next_start[offers]
        following = np.where(
            fresh & (said >= today), said, 0
        )  # a start that has passed says nothing
        open_now = fresh & (self.place[offers] > 0)
        late = (first > by) | (following > by)
        soon = (following > 0) | open_now | (first >= today)
        return np.where(late, NOT, np.where(soon, FITS, UNSAID)).astype(np.int8)

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Everything the table is, as arrays that a snapshot can store."""
        arrays = {f"{PREFIX}{name}": getattr(self, name) for name in _COLUMNS}
        zones = np.array(self.zones or [""], dtype=np.str_)
        return arrays | {f"{PREFIX}zones": zones}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> OfferTable:
        """The table that `to_arrays` stored; empty where the snapshot is older than hours."""
        if f"{PREFIX}rows" not in arrays:
            return cls.empty()
        given = {f"{PREFIX}home": arrays[f"{PREFIX}zone"], **arrays}  # older ones have no home
        columns = {name: given[f"{PREFIX}{name}"] for name in _COLUMNS}
        return cls(**columns, zones=tuple(arrays[f"{PREFIX}zones"].tolist()))

    @classmethod
    def empty(cls) -> OfferTable:
        """Nobody says anything."""
        none = np.zeros(0, dtype=np.int32)
        columns = dict.fromkeys(_COLUMNS, none) | {"first": np.zeros(1, dtype=np.int32)}
        return cls(**columns, zones=("",))


_COLUMNS = tuple(f.name for f in fields(OfferTable) if f.name != "zones" and f.name[0] != "_")


def by_the_quarter(now: datetime) -> datetime:
    """The quarter of an hour that has begun, in UTC: every zone's midnight lies on one."""
    at = now.astimezone(UTC).replace(second=0, microsecond=0)
    return at - timedelta(minutes=at.minute % 15)


@lru_cache(maxsize=16)
def free_minutes(spans: tuple[tuple[int, int], ...]) -> npt.NDArray[np.int32]:
    """How many of the minutes before each minute of two weeks are free: a span that ends after
    Sunday's midnight goes on on Monday."""
    week = np.zeros(MINUTES_A_WEEK, dtype=np.int32)
    for start, end in spans:
        week[np.arange(start, end) % MINUTES_A_WEEK] = 1
    return np.concatenate([[0], np.cumsum(np.tile(week, 2))]).astype(np.int32)


def _runs(low: npt.NDArray[np.integer], count: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """The numbers ``low[i]`` to ``low[i] + count[i]`` of every run, one run after another."""
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    runs: npt.NDArray[np.int64] = np.arange(total) + np.repeat(low - (ends - count), count)
    return runs
