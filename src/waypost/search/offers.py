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
from functools import cached_property

import numpy as np
import numpy.typing as npt

from waypost.search.bands import BLOCK
from waypost.search.query import Words
from waypost.values.wall_time import MINUTES_A_WEEK, day_in, minutes_ahead

NOT, UNSAID, FITS = 0, 1, 2
ANY, IN_PERSON, TELEHEALTH, EITHER = 0, 1, 2, 3
FRESH_DAYS = 7
NEVER = np.iinfo(np.int32).max
REMEMBERED = 16
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

    def masks(
        self, question: OfferQuestion, block_count: int, blocks: npt.NDArray[np.int64] | None = None
    ) -> tuple[Words, Words]:
        """Of the rows in ``blocks`` (None: all), those with a track that fits, and those with none.

        What is in neither mask does not say.
        """
        if blocks is not None:
            masks = np.zeros((2, block_count), dtype=np.uint64)
            masks[:, blocks] = self._masks(question, blocks)
            return masks[0], masks[1]
        key = (question, block_count)
        with self._lock:
            remembered = self._remembered.get(key)
        if remembered is None:
            fits, does_not = self._masks(question, np.arange(block_count))
            remembered = fits, does_not
            with self._lock:
                self._remembered[key] = remembered
                while len(self._remembered) > REMEMBERED:
                    self._remembered.popitem(last=False)
        return remembered

    def forget(self) -> None:
        """Hold nothing (a benchmark measures the first time with it)."""
        with self._lock:
            self._remembered.clear()

    def _masks(self, question: OfferQuestion, blocks: npt.NDArray[np.integer]) -> list[Words]:
        """The words of both masks of these blocks, in the order of the blocks."""
        low = np.searchsorted(self._blocks, blocks, side="left")
        count = np.searchsorted(self._blocks, blocks, side="right") - low
        offers = _runs(low, count)
        place = np.repeat(np.arange(len(blocks)), count) * BLOCK + self.rows[offers] % BLOCK
        best = np.full(len(blocks) * BLOCK, -1, dtype=np.int8)
        np.maximum.at(best, place, self.grades(question, offers))
        packed = (np.packbits(best == grade, bitorder="little") for grade in (FITS, NOT))
        return [bits.view(np.uint64) for bits in packed]

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
        low, count = self.first[offers], np.diff(self.first)[offers]
        # All of them are read as they lie: a list of every meeting would cost more than the rest.
        every = len(offers) == len(self.rows) and bool((np.diff(offers) == 1).all())
        meetings = slice(None) if every else _runs(low, count)
        free = free_minutes(question.free)
        start, shifts = self.starts[meetings], self._shifts(question)
        length = self.ends[meetings] - start
        if shifts.any():
            start = (start + np.repeat(shifts[self.zone[offers]], count)) % MINUTES_A_WEEK
        fits = free[start + length] - free[start] == length
        sums = np.concatenate([[0], np.cumsum(length * fits)])
        whole = np.concatenate([[0], np.cumsum(length)])
        ends = np.cumsum(count)
        can, all_of = (s[ends] - s[ends - count] for s in (sums, whole))
        enough: npt.NDArray[np.bool_] = can >= np.minimum(self.weekly[offers], all_of)
        return enough

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
