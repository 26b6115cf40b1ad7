"""The sites of a snapshot in HSDS, each with its time of change, its sources and identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt

from waypost.directory.timetables import PROGRAM_SOURCE
from waypost.editions.hours.fading import fading_of
from waypost.editions.hsds.nested import Claimed, SiteInHsds
from waypost.editions.hsds.rows import SCHEMES
from waypost.publishing.reader import Snapshot
from waypost.values.wall_time import day_in

Numbers = npt.NDArray[np.int64]

TITLES = {PROGRAM_SOURCE: "The program itself"}
"""Of sources that are no file."""


class Sites:
    """A snapshot's sites as they are shown ``now``.

    ``rows`` are those of the current ones, in the order of their keys; ``changed_at`` says of every
    row when it last changed, by a publish or because what a program said of its places faded.
    """

    def __init__(self, snapshot: Snapshot, now: datetime) -> None:
        self.snapshot = snapshot
        self.now = now
        self.changed_at: Numbers = fading_of(snapshot).changed_at(now)
        self.rows: Numbers = np.argsort(snapshot.index.order).astype(np.int64)

    def at(self, now: datetime) -> Sites:
        """The same sites at a later time."""
        later = copy(self)
        later.__dict__.pop("last_changed", None)
        later.now = now
        later.changed_at = fading_of(self.snapshot).changed_at(now)
        return later

    @cached_property
    def last_changed(self) -> int:
        """When any site last changed, in seconds since 1970; 0 where there is none."""
        return int(self.changed_at.max(initial=0))

    def title(self, source_id: str) -> str:
        """A source's title."""
        source = self.snapshot.manifest.source(source_id)
        return source.title if source else TITLES.get(source_id, source_id)

    @cached_property
    def _claimed(self) -> Claimed:
        by_site: dict[str, list[tuple[str, str]]] = {}
        for field in SCHEMES:
            for site_id, claimed in self.snapshot.claimed(field).items():
                by_site.setdefault(site_id, []).extend((field, str(value)) for value in claimed)
        return by_site

    def site(self, row: int) -> SiteInHsds:
        """The site at a row of the snapshot, gone ones included."""
        (site,) = self.snapshot.sites([row])
        changed = int(self.changed_at[row])
        claimed = tuple(dict.fromkeys(self._claimed.get(site.id, ())))
        return SiteInHsds(site, changed, self.title, day_in(site.timezone, self.now), claimed)

    def current(self) -> Iterator[SiteInHsds]:
        """Every current site, in the order of their keys."""
        return map(self.site, self.rows.tolist())
