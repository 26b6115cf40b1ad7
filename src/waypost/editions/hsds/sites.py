"""The sites of a snapshot in HSDS, each with its time of change, its sources and identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt

from waypost.editions.hsds.nested import Claimed, SiteInHsds
from waypost.editions.hsds.rows import SCHEMES
from waypost.publishing.reader import Snapshot

Numbers = npt.NDArray[np.int64]


class Sites:
    """A snapshot's sites; ``rows`` are those of the current ones, in the order of their keys."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.rows: Numbers = np.argsort(snapshot.index.order).astype(np.int64)

    @cached_property
    def last_changed(self) -> int:
        """When any site last changed, in seconds since 1970; 0 where there is none."""
        return int(self.snapshot.changed_at.max(initial=0))

    def title(self, source_id: str) -> str:
        """A source's title."""
        source = self.snapshot.manifest.source(source_id)
        return source.title if source else source_id

    @cached_property
    def _claimed(self) -> Claimed:
        found: dict[str, list[tuple[str, str]]] = {}
        for field in SCHEMES:
            for site_id, claimed in self.snapshot.claimed(field).items():
                found.setdefault(site_id, []).extend((field, str(value)) for value in claimed)
        return found

    def site(self, row: int) -> SiteInHsds:
        """The site at a row of the snapshot, gone ones included."""
        (site,) = self.snapshot.sites([row])
        changed = int(self.snapshot.changed_at[row])
        claimed = tuple(dict.fromkeys(self._claimed.get(site.id, ())))
        return SiteInHsds(site, changed, self.title, claimed)

    def current(self) -> Iterator[SiteInHsds]:
        """Every current site, in the order of their keys."""
        return map(self.site, self.rows.tolist())
