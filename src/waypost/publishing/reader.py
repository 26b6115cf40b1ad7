"""Reads a published snapshot and notices when there is a new one."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from waypost.directory.facets import COLUMNS
from waypost.directory.signs import Sign, signs_of
from waypost.directory.site import Claim, Site
from waypost.files.keys import public_text
from waypost.files.store import BadStoreFile, Store, StoreFault
from waypost.places.gazetteer import load_gazetteer
from waypost.places.place import Gazetteer
from waypost.publishing.changed import SITE_COLUMNS, has_dates
from waypost.publishing.manifest import APPLICATION_ID, FORMAT, READ_FORMATS, Manifest
from waypost.publishing.older import brought_up
from waypost.publishing.records import claim_from_row, site_from_json
from waypost.search.index import Index
from waypost.search.names import NameIndex
from waypost.search.offers import OfferTable
from waypost.search.query import packed

log = logging.getLogger(__name__)
KEPT_SITES = 4_000
FIRST_WITH_UNTIL = 2
"""The first format whose claims have an end of validity."""
SHARED_FROM = 5
"""A number published by at least this many programs of different names counts as shared."""


class BadSnapshot(RuntimeError):
    """A file that is not a complete snapshot of this format; the message says what to do."""


class NoSnapshot(BadSnapshot):
    """There is no snapshot yet."""


@dataclass(frozen=True, slots=True)
class AreaCount:
    """How many current sites, and how many of them IOPs, an area has."""

    name: str
    sites: int
    iops: int


def _unopened(path: Path, why: str) -> BadSnapshot:
    return BadSnapshot(
        f"{path} cannot be opened ({why}). Check that it is a readable file, or run "
        "`waypost publish`."
    )


class Snapshot:
    """An open snapshot: the search data in memory, records read from the file when needed."""

    def __init__(self, path: Path, signed_by: bytes = b"") -> None:
        """Check the file against its digest and open it.

        Where ``signed_by``, a public key, is given, that key must have signed it.

        Raises:
            BadSnapshot: it cannot be opened, one bit of it has changed, or another key signed it.
        """
        self.path = path
        self._sites: OrderedDict[int, Site] = OrderedDict()
        self._lock = threading.Lock()
        self._store = self._opened()
        try:
            self._check_signature(signed_by)
            self.manifest = self._read_manifest()
            self.index, self.names, self.offers = self._read_arrays()
        except BadSnapshot:
            self._store.close()
            raise

    def _opened(self) -> Store:
        try:
            return Store(self.path, APPLICATION_ID)
        except BadStoreFile as error:
            if error.fault is StoreFault.UNOPENED:
                raise _unopened(self.path, error.why) from error
            if error.fault is StoreFault.FOREIGN:
                raise BadSnapshot(f"{self.path} is not a Waypost snapshot.") from error
            raise self._damaged() from error

    def _check_signature(self, signed_by: bytes) -> None:
        if signed_by and self._store.seal.key != signed_by:
            key = self._store.seal.key
            who = f"with the key {public_text(key)}" if key else "by nobody"
            raise BadSnapshot(
                f"{self.path} is signed {who}, not with the key of WAYPOST_SNAPSHOT_SIGNED_BY. "
                "Copy it again, or run `waypost snapshot sign` where the key is."
            )

    @property
    def version(self) -> str:
        """The digest of the snapshot's records."""
        return self.manifest.version

    @property
    def signed_by(self) -> bytes:
        """The public key that signed the file; b"" where nobody did."""
        return self._store.seal.key

    @property
    def gazetteer(self) -> Gazetteer:
        """Reads what a person types as a place."""
        return load_gazetteer()

    def _damaged(self) -> BadSnapshot:
        return BadSnapshot(
            f"{self.path} cannot be read: it has changed since it was published, is cut off, or is "
            "of an older Waypost. Run `waypost publish`."
        )

    def _read_manifest(self) -> Manifest:
        try:
            data = json.loads(self._rows("SELECT value FROM manifest")[0][0])
        except (sqlite3.Error, IndexError, TypeError, ValueError) as error:
            raise self._damaged() from error
        if not isinstance(data, dict):
            raise self._damaged()
        if data.get("format") not in READ_FORMATS:
            raise BadSnapshot(
                f"{self.path} has format {data.get('format')}, this Waypost reads {FORMAT}. "
                "Run `waypost publish`."
            )
        self.file_format = int(data["format"])
        self._until = "until" if self.file_format >= FIRST_WITH_UNTIL else "''"
        try:
            return Manifest.from_json(data)
        except (KeyError, TypeError, ValueError) as error:
            raise self._damaged() from error

    def _read_arrays(self) -> tuple[Index, NameIndex, OfferTable]:
        try:
            rows = self._rows("SELECT name, dtype, shape, data FROM array")
            arrays = {
                name: np.frombuffer(data, dtype=np.dtype(dtype)).reshape(json.loads(shape))
                for name, dtype, shape, data in rows
            }
            index = Index.from_arrays(brought_up(arrays))
            names, offers = NameIndex.from_arrays(arrays), OfferTable.from_arrays(arrays)
        except (sqlite3.Error, KeyError, TypeError, ValueError) as error:
            raise self._damaged() from error
        if dict(index.groups) != dict(COLUMNS):
            raise BadSnapshot(
                f"{self.path} was built for a different set of search choices. "
                "Run `waypost publish`."
            )
        return index, names, offers

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._store.rows(sql, *values)

    def sites(self, rows: Sequence[int]) -> list[Site]:
        """The sites at these rows of the index."""
        return [self._site_at(row) for row in rows]

    def _site_at(self, row: int) -> Site:
        with self._lock:
            site = self._sites.get(row)
            if site is not None:
                self._sites.move_to_end(row)
                return site
        site = site_from_json(self._rows("SELECT record FROM site WHERE row = ?", row)[0][0])
        with self._lock:
            self._sites[row] = site
            while len(self._sites) > KEPT_SITES:
                self._sites.popitem(last=False)
        return site

    def row_of(self, site_id: str) -> int | None:
        """The row of a site, including sites that are gone; None for an unknown id."""
        rows = self._rows("SELECT row FROM site WHERE id = ?", site_id)
        return rows[0][0] if rows else None

    def site(self, site_id: str) -> Site | None:
        """The site with this id, even one that is gone; None for an unknown id."""
        row = self.row_of(site_id)
        return None if row is None else self._site_at(row)

    def walk(self, at_once: int = 200) -> Iterator[tuple[int, Site]]:
        """Every current site with its row, in the order of their ids; none of them is kept."""
        last = ""
        while rows := self._rows(
            "SELECT row, id, record FROM site WHERE current AND id > ? ORDER BY id LIMIT ?",
            last,
            at_once,
        ):
            for row, last, record in rows:  # noqa: B007 - where the next ones begin
                yield row, site_from_json(record)

    @cached_property
    def _holds_resources(self) -> bool:  # a snapshot of before has no such table
        return bool(self._rows("SELECT 1 FROM sqlite_master WHERE name = 'resource'"))

    def resources(self) -> Iterator[tuple[str, str, str]]:
        """The resources of an operator's own files: type, id and body, by type and id."""
        if self._holds_resources:
            yield from self._rows("SELECT type, id, body FROM resource ORDER BY type, id")

    def resource(self, type_: str, id_: str) -> str | None:
        """A resource of an operator's own files."""
        if not self._holds_resources:
            return None
        rows = self._rows("SELECT body FROM resource WHERE type = ? AND id = ?", type_, id_)
        return rows[0][0] if rows else None

    @cached_property
    def changed_at(self) -> npt.NDArray[np.int64]:
        """When the record of each row last changed, gone sites included: seconds of the epoch."""
        if not has_dates(self._rows(SITE_COLUMNS)):
            # A snapshot of before these dates was all new when it was built.
            count = self._rows("SELECT count(*) FROM site")[0][0]
            return np.full(count, int(self.manifest.built_at.timestamp()))
        rows = self._rows("SELECT changed_at FROM site ORDER BY row")
        return np.array([int(datetime.fromisoformat(at).timestamp()) for (at,) in rows])

    def claims(self, site_id: str, *, as_published: bool = False) -> list[Claim]:
        """All claims about a site, of a field the chosen one first; or as they were written."""
        order = "rowid" if as_published else "field, chosen DESC, as_of DESC, source"
        rows = self._rows(
            f"SELECT field, value, source, as_of, method, chosen, reason, {self._until} FROM claim "  # noqa: S608 - one of our two words
            f"WHERE site_id = ? ORDER BY {order}",
            site_id,
        )
        return [claim_from_row(row) for row in rows]

    def ids_with_claims(self, fields: Sequence[str], sources: Collection[str] = ()) -> list[str]:
        """The sites with a claim to one of these fields, or by one of these sources."""
        of_fields, of_sources = (", ".join("?" * len(values)) for values in (fields, sources))
        sql = "SELECT DISTINCT site_id FROM claim WHERE field IN ({}) OR source IN ({})"
        rows = self._rows(sql.format(of_fields, of_sources), *fields, *sources)
        return [site_id for (site_id,) in rows]

    def claimed(self, field: str) -> dict[str, list[Any]]:
        """All values claimed for one field, by site; meant for fields that few sites have."""
        rows = self._rows("SELECT site_id, value FROM claim WHERE field = ? ORDER BY 1, 2", field)
        values: dict[str, list[Any]] = {}
        for site_id, value in rows:
            values.setdefault(site_id, []).append(json.loads(value))
        return values

    @cached_property
    def _areas(self) -> list[tuple[Any, ...]]:
        return self._rows(
            "SELECT row, state, county_fips, county, is_iop FROM site WHERE current ORDER BY row"
        )

    @cached_property
    def _states(self) -> npt.NDArray[np.str_]:
        return np.array([state for _, state, *_ in self._areas], dtype="U2")

    @cached_property
    def _counties(self) -> npt.NDArray[np.str_]:
        return np.array([fips for _, _, fips, *_ in self._areas], dtype="U5")

    def rows_in_state(self, state: str) -> npt.NDArray[np.uint64]:
        """Mask of the index rows in a state."""
        return self._mask(self._states == state)

    def rows_in_county(self, county_fips: str) -> npt.NDArray[np.uint64]:
        """Mask of the index rows in a county."""
        return self._mask(self._counties == county_fips)

    def _mask(self, rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
        return packed(rows, self.index.block_count)

    def name_order(self) -> npt.NDArray[np.int32]:
        """The rank of each index row by name, then id."""
        return self._name_order

    @cached_property
    def _name_order(self) -> npt.NDArray[np.int32]:
        rows = self._rows("SELECT name, id FROM site WHERE current ORDER BY row")
        names = [(name.casefold(), site_id) for name, site_id in rows]
        order = np.empty(len(names), dtype=np.int32)
        order[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        return order

    def counts_by_state(self) -> dict[str, AreaCount]:
        """Each state's current sites and IOPs."""
        tally: dict[str, list[int]] = {}
        for _, state, _, _, is_iop in self._areas:
            counts = tally.setdefault(state, [0, 0])
            counts[0] += 1
            counts[1] += is_iop
        return {state: AreaCount(state, *counts) for state, counts in tally.items()}

    def counts_by_county(self, state: str) -> dict[str, AreaCount]:
        """The counties of a state with their current sites and IOPs, by FIPS code."""
        tally: dict[str, tuple[str, list[int]]] = {}
        for _, code, fips, county, is_iop in self._areas:
            if code == state and fips:
                counts = tally.setdefault(fips, (county, [0, 0]))[1]
                counts[0] += 1
                counts[1] += is_iop
        return {fips: AreaCount(name, *counts) for fips, (name, counts) in tally.items()}

    def ids_in_county(self, county_fips: str) -> list[str]:
        """The current sites of a county."""
        rows = self._rows(
            "SELECT id FROM site WHERE county_fips = ? AND current ORDER BY name, id", county_fips
        )
        return [site_id for (site_id,) in rows]

    def signs(self, site: Site) -> list[Sign]:
        """The signs that a listing may not be what it seems, with their evidence."""
        sharing = self.sites_with_phone(site.phones[0].e164) if site.phones else 1
        return signs_of(site, sharing, self.manifest.quality.get("call_center_signs", {}))

    def sites_with_phone(self, e164: str) -> int:
        """How many programs with different names publish this number; 1 where few do."""
        return self._shared_phones.get(e164, 1)

    @cached_property
    def _shared_phones(self) -> dict[str, int]:
        rows = self._rows(
            "SELECT json_extract(phone.value, '$.e164') AS number, count(DISTINCT site.name) "
            "FROM site, json_each(site.record, '$.phones') AS phone WHERE site.current "
            "GROUP BY number HAVING count(DISTINCT site.name) >= ? AND "
            # the places of one operator often begin alike: a second beginning is another's
            "count(DISTINCT substr(site.name, 1, instr(site.name || ' ', ' '))) > 1",
            SHARED_FROM,
        )
        return dict(rows)

    def fields(self, *names: str) -> Iterator[list[Any]]:
        """These fields of every record, gone ones included, in the order of their rows."""
        paths = ", ".join(["'$.current'", *(f"'$.{name}'" for name in names)])
        sql = f"SELECT json_extract(record, {paths}) FROM site ORDER BY row"  # noqa: S608 - ours
        return (json.loads(values)[1:] for (values,) in self._rows(sql))

    def current_ids(self) -> list[str]:
        """All current sites by id."""
        rows = self._rows("SELECT id FROM site WHERE current ORDER BY id")
        return [site_id for (site_id,) in rows]


class Current:
    """The current snapshot of a data folder, opened again when it is replaced.

    Where ``signed_by`` is given, one that this public key did not sign is a bad one.
    """

    def __init__(self, path: Path, signed_by: bytes = b"") -> None:
        self.path, self.signed_by = path, signed_by
        self._lock = threading.Lock()
        self._open: Snapshot | None = None
        self._seen: tuple[int, int, int] | None = None

    def get(self) -> Snapshot:
        """The newest readable snapshot; a bad new file is logged once and the old one is kept."""
        try:
            stat = self.path.stat()
        except OSError as error:
            if self._open is not None:
                return self._open
            if not isinstance(error, FileNotFoundError):
                raise _unopened(self.path, error.strerror or "") from error
            raise NoSnapshot(
                f"There is no snapshot at {self.path}. Run `waypost publish` to build one."
            ) from None
        seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if self._open is not None and seen == self._seen:
            return self._open
        with self._lock:
            return self._reopen(seen)

    def _reopen(self, seen: tuple[int, int, int]) -> Snapshot:
        if self._open is not None and seen == self._seen:
            return self._open
        try:
            self._open = Snapshot(self.path, self.signed_by)
        except BadSnapshot as error:
            if self._open is None:
                raise
            log.error("%s The old snapshot stays in use.", error)
        self._seen = seen
        return self._open
