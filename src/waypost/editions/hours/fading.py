"""When what programs said of hours and places fades: a record changes then, without a publish."""

from __future__ import annotations

import threading
import weakref
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from waypost.directory.program_word import CLOSED
from waypost.directory.site import Site
from waypost.directory.timetables import OPENINGS, TRACKS
from waypost.publishing.reader import Snapshot
from waypost.values.opening import FRESH, KEPT
from waypost.values.wall_time import USUAL_ZONE

Seconds = npt.NDArray[np.int64]
_DAY = timedelta(days=1)


def fading_days(site: Site) -> Iterator[date]:
    """The first day of each change in what is shown of a site's hours and places."""
    yield from (track.starts_on for track in site.tracks if track.starts_on)
    for opening in site.openings:
        yield opening.as_of + FRESH + _DAY
        yield opening.as_of + KEPT + _DAY
    for field in (TRACKS, OPENINGS, CLOSED):
        fact = site.facts.get(field)
        if fact is not None and fact.until is not None:
            yield fact.until


class Fading:
    """The fadings of a snapshot, in the order of time."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._changed = snapshot.changed_at
        rows = np.unique(snapshot.offers.rows).tolist()
        sites = snapshot.sites(rows) if rows else []
        self._fadings = sorted(
            (_midnight(day, site.timezone), row)
            for row, site in zip(rows, sites, strict=True)
            for day in set(fading_days(site))
        )

    @cached_property
    def _moments(self) -> list[int]:
        return [moment for moment, _ in self._fadings]

    def passed(self, now: datetime) -> int:
        """How many fadings lie behind: while it stays the same, so does all that is shown."""
        return bisect_right(self._moments, int(now.timestamp()))

    def changed_at(self, now: datetime) -> Seconds:
        """When each row last changed, by a publish or by fading: seconds of the epoch."""
        changed = self._changed
        passed = self.passed(now)
        if passed:
            changed = changed.copy()
            for moment, row in self._fadings[:passed]:
                changed[row] = max(int(changed[row]), moment)
        return changed


def _midnight(day: date, zone: str) -> int:
    """When a day begins where the program is."""
    return int(datetime.combine(day, time(), ZoneInfo(zone or USUAL_ZONE)).timestamp())


_made: weakref.WeakKeyDictionary[Snapshot, Fading] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def fading_of(snapshot: Snapshot) -> Fading:
    """The fadings of a snapshot: made once."""
    with _lock:
        cached = _made.get(snapshot)
        if cached is None:
            cached = _made[snapshot] = Fading(snapshot)
        return cached
