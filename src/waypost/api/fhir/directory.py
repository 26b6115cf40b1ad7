"""The directory as FHIR: one snapshot, the tables of its resources, made when first needed.

Nothing is stored twice: a resource is made of its site's record while it is written out. What is
kept is the index: for each search parameter the values, in a few bytes each.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Collection, Iterator
from copy import copy
from datetime import datetime
from functools import cached_property, lru_cache

import numpy as np
import orjson

from waypost.api.fhir.columns import Strings
from waypost.api.fhir.dates import Dates
from waypost.api.fhir.definitions import definitions
from waypost.api.fhir.indexing import build_tables, touched
from waypost.api.fhir.resources.kinds import KINDS, ResourceKind, resource
from waypost.api.fhir.resources.listing import PREFIX, Json, Listing, fhir_id
from waypost.api.fhir.table import Ranks, ResourceTable
from waypost.directory.site import Site
from waypost.editions.cost import without_collecting
from waypost.editions.hours.fading import fading_of
from waypost.publishing.reader import Snapshot
from waypost.values.wall_time import day_in

KEPT_LISTINGS = 250
"""Sites whose shared parts are kept, in a few kB each."""

GONE = "gone"
"""What is said of a resource whose site is no longer listed."""


class FhirDirectory:
    """A snapshot's resources as they are ``now``."""

    def __init__(self, snapshot: Snapshot, now: datetime) -> None:
        self.snapshot = snapshot
        self._show(now)
        self._npis = {i: tuple(map(str, v)) for i, v in snapshot.claimed("npi").items()}
        self._lock = threading.Lock()
        self._tables: dict[str, ResourceTable] | None = None

    def _show(self, now: datetime) -> None:
        self.now = now
        self.changed_at = fading_of(self.snapshot).changed_at(now)
        self._changed: list[int] = self.changed_at.tolist()
        # A page shows a site's organization, location and services: what they share is made once.
        self._listing_at = lru_cache(KEPT_LISTINGS)(self._made_listing)

    def at(self, now: datetime) -> FhirDirectory:
        """The same at a later time, with the times of change of what has faded since."""
        later = copy(self)
        later._show(now)
        if self._tables is not None:
            rows = np.flatnonzero(later.changed_at != self.changed_at)
            later._tables = touched(self._tables, self.snapshot, later.changed_at, rows)
        return later

    @property
    def last_changed(self) -> int:
        """When any resource of a site last changed, in seconds of the epoch."""
        return int(self.changed_at.max(initial=0))

    @cached_property
    def row_at(self) -> np.ndarray:
        """The snapshot's row of each position in the order of the sites' ids."""
        return np.argsort(self.snapshot.index.order, kind="stable")

    @property
    def tables(self) -> dict[str, ResourceTable]:
        """Each type's table; made once, by whoever asks first."""
        if self._tables is None:
            with self._lock, without_collecting():
                if self._tables is None:
                    self._tables = build_tables(self)
        return self._tables

    def listing(self, row: int, site: Site) -> Listing:
        """A site with what its resources say of it."""
        manifest = self.snapshot.manifest
        changed = self._changed[row]
        return Listing(
            site,
            changed,
            self._npis.get(site.id, ()),
            manifest.source,
            day_in(site.timezone, self.now),
        )

    def _made_listing(self, row: int) -> Listing:
        return self.listing(row, self.snapshot.sites([row])[0])

    def listings(self) -> Iterator[Listing]:
        """Every current site, in the order of the ids."""
        for row, site in self.snapshot.walk():
            yield self.listing(row, site)

    def own(self) -> Iterator[Json]:
        """The resources that stand for themselves: our definitions, and an operator's files."""
        yield from definitions(self.snapshot.manifest)
        for kind, id_, text in self.snapshot.resources():
            if self._site_row(kind, id_) is None:  # no file takes the place of a site's
                yield orjson.loads(text)

    def _site_row(self, type_: str, id_: str) -> int | None:
        """The snapshot's row of the site whose resource has this id, gone or not."""
        return self.snapshot.row_of(PREFIX + id_.partition("-")[0]) if type_ in KINDS else None

    def read(self, type_: str, id_: str) -> Json | str | None:
        """A resource; `GONE` where its site is; None where there never was one."""
        row = self._site_row(type_, id_)
        if row is not None:
            return self._made(KINDS[type_], row, id_)
        own = self.snapshot.resource(type_, id_)
        if own is not None:
            return dict(orjson.loads(own))
        defined = (d for d in definitions(self.snapshot.manifest) if d["resourceType"] == type_)
        return next((d for d in defined if d["id"] == id_), None)

    def _made(self, kind: ResourceKind, row: int, id_: str) -> Json | str | None:
        listing, key = self._listing_at(row), id_.partition("-")[2]
        if key not in kind.keys(listing):
            return None
        return resource(kind, listing, key) if listing.site.current else GONE

    def resource(self, type_: str, row: int, elements: Collection[str] | None = None) -> Json:
        """The resource at a row of its table, whole or with these elements alone."""
        table = self.tables[type_]
        if row >= len(table.sites):
            whole: Json = orjson.loads(table.own[row - len(table.sites)])
            kept = {"resourceType", "id", "meta"} | set(elements or ())
            return {k: v for k, v in whole.items() if elements is None or k in kept}
        listing = self._listing_at(int(self.row_at[table.sites[row]]))
        return resource(KINDS[type_], listing, table.key_at(row), elements)

    def find(self, type_: str, id_: str) -> int | None:
        """The row of a resource; None where there is none."""
        table = self.tables.get(type_)
        if table is None:
            return None
        if id_ in table.own_ids:
            return table.own_ids[id_]
        row = self._site_row(type_, id_)
        if row is None or row >= self.snapshot.index.size:
            return None
        return table.row_of(int(self.snapshot.index.order[row]), id_.partition("-")[2])

    def id_at(self, type_: str, row: int) -> str:
        """The id of a row."""
        table = self.tables[type_]
        if row >= len(table.sites):
            return table.own_names[row - len(table.sites)]
        key = table.key_at(row)
        site = self.site_ids[table.sites[row]]
        return f"{site}-{key}" if key else site

    def ranks(self, type_: str, by: str) -> Ranks:
        """The place of each row of a type by ``_id`` or by a parameter; kept once made."""
        table = self.tables[type_]
        if by not in table.ranks:
            if by == "_id":
                ids = [self.id_at(type_, row) for row in range(len(table))]
                table.ranks[by] = np.argsort(np.argsort(np.array(ids or [""]), kind="stable"))
            else:
                column = table.columns[by]
                assert isinstance(column, Strings | Dates)
                table.ranks[by] = column.ranks(len(table))
        return table.ranks[by]

    @cached_property
    def site_ids(self) -> list[str]:
        """The FHIR ids of the current sites, in order."""
        return [fhir_id(site_id) for site_id in self.snapshot.current_ids()]


_made: weakref.WeakKeyDictionary[Snapshot, tuple[int, FhirDirectory]] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def directory_of(snapshot: Snapshot, now: datetime) -> FhirDirectory:
    """The directory of a snapshot now: one as long as the snapshot is held and nothing fades."""
    passed = fading_of(snapshot).passed(now)
    with _lock:
        cached = _made.get(snapshot)
        if cached is None:
            cached = _made[snapshot] = passed, FhirDirectory(snapshot, now)
        elif cached[0] != passed:
            cached = _made[snapshot] = passed, cached[1].at(now)
        return cached[1]
