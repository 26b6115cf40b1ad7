"""Writes a snapshot beside the old one, checks it, and replaces the old one by one rename."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from waypost.directory.facets import COLUMNS, columns_for
from waypost.directory.site import Claim, Site
from waypost.files.seal import write_seal
from waypost.files.writing import put_in_place as rename_in_place
from waypost.publishing.changed import Changes, changes_since
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.kept import keep
from waypost.publishing.manifest import APPLICATION_ID, Manifest
from waypost.publishing.records import claim_row, site_json, source_row
from waypost.publishing.resources import rows_of
from waypost.publishing.site_offers import offer_table
from waypost.search.index import Index, build_index
from waypost.search.names import NameIndex

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class PublishError(RuntimeError):
    """Why nothing was published; what was published before is still in place."""


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the publishing lock; a second publisher gets an error at once."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "publish.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise PublishError(
                "Another publish is running on this data folder; wait until it has finished."
            ) from error
        for leftover in data_dir.glob(f"{FILE_NAME}.*.tmp"):
            leftover.unlink()  # left by a killed publish; while we hold the lock nobody writes it
        yield


def index_sites(sites: Sequence[Site]) -> tuple[Index, NameIndex, list[Site]]:
    """The search index, the index of names, and the sites in the index's order."""
    ordered = sorted(sites, key=lambda s: s.id)
    lats = [s.point.lat for s in ordered]
    index = build_index(lats, [s.point.lon for s in ordered], COLUMNS, _offered(ordered))
    in_order = [ordered[i] for i in index.order.tolist()]
    return index, NameIndex.build([f"{s.name} {s.name2}" for s in in_order]), in_order


def _offered(sites: Sequence[Site]) -> npt.NDArray[np.bool_]:
    """Which site has which column, as a table: it takes a hundredth of the memory of sets."""
    names = [name for group in COLUMNS.values() for name in group]
    position = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(sites), len(names)), dtype=np.bool_)
    for row, site in enumerate(sites):
        table[row, [position[name] for name in columns_for(site.codes)]] = True
    return table


def write_snapshot(
    folder: Path,
    sites: Sequence[Site],
    claims: Mapping[str, Sequence[Claim]],
    manifest: Manifest,
    key: Ed25519PrivateKey | None = None,
    resources: Sequence[Mapping[str, Any]] = (),
) -> tuple[Path, Manifest]:
    """Write a complete snapshot beside the current one; return its temporary path and manifest.

    It is sealed with its digest and, where there is a ``key``, signed.

    Raises `PublishError` where the disk is full or the folder cannot be written.
    """
    path = folder / f"{FILE_NAME}.{os.getpid()}.tmp"
    try:
        with changes_since(folder / FILE_NAME, manifest.built_at) as changes:
            final = _write(path, sites, claims, manifest, resources, changes)
        write_seal(path, key)
        return path, final
    except (OSError, sqlite3.Error) as error:
        path.unlink(missing_ok=True)
        raise PublishError(
            f"The snapshot could not be written to {folder}: {error}. "
            "Check the free space and the folder's permissions; the old snapshot is still in use."
        ) from error


def put_in_place(path: Path, folder: Path) -> Path:
    """Make a written snapshot the current one: one rename, safe against a crash.

    The one before is kept for a while.
    """
    final = folder / FILE_NAME
    keep(final)
    rename_in_place(path, final)
    return final


def _write(
    path: Path,
    sites: Sequence[Site],
    claims: Mapping[str, Sequence[Claim]],
    manifest: Manifest,
    resources: Sequence[Mapping[str, Any]],
    changes: Changes,
) -> Manifest:
    path.unlink(missing_ok=True)
    index, names, in_order = index_sites([s for s in sites if s.current])
    gone = sorted((s for s in sites if not s.current), key=lambda s: s.id)
    digest = hashlib.sha256()
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # fsync comes before the rename
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.executescript((files("waypost.publishing") / "schema.sql").read_text("utf-8"))
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO site VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _site_rows([*in_order, *gone], digest, changes),
        )
        connection.executemany(
            "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (claim_row(i, c) for i in sorted(claims) for c in claims[i]),
        )
        _write_resources(connection, resources, changes, manifest, digest)
        connection.executemany(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            map(source_row, manifest.sources),
        )
        arrays = (
            index.to_arrays() | names.to_arrays() | offer_table(enumerate(in_order)).to_arrays()
        )
        write_arrays(connection, arrays)
        final = replace(manifest, version=digest.hexdigest())
        connection.execute(
            "INSERT INTO manifest VALUES ('manifest', ?)", (json.dumps(final.to_json()),)
        )
        connection.execute("COMMIT")
        connection.execute("CREATE INDEX claim_site ON claim (site_id)")
        connection.execute("CREATE INDEX site_county ON site (county_fips, current)")
    finally:
        connection.close()
    return final


def _write_resources(
    connection: sqlite3.Connection,
    resources: Sequence[Mapping[str, Any]],
    changes: Changes,
    manifest: Manifest,
    digest: hashlib._Hash,
) -> None:
    """Write an operator's resources; what they say, not when, is part of the version."""
    for row in sorted(rows_of(resources, changes, manifest.built_at)):
        digest.update(row[-1].encode())
        connection.execute("INSERT INTO resource VALUES (?, ?, ?, ?)", row)


def _site_rows(
    sites: Iterable[Site], digest: hashlib._Hash, changes: Changes
) -> Iterator[tuple[object, ...]]:
    for row, site in enumerate(sites):
        record = site_json(site)
        digest.update(record)
        yield (
            row,
            site.id,
            site.name,
            site.state,
            site.county_fips,
            site.county,
            int(site.current),
            int("OIT" in site.codes),
            record.decode(),
            changes.at(site.id, record),
        )


def write_arrays(connection: sqlite3.Connection, arrays: Mapping[str, np.ndarray]) -> None:
    """Store arrays by name, each with its type and shape."""
    for name, array in sorted(arrays.items()):
        data = np.ascontiguousarray(array)
        connection.execute(
            "INSERT INTO array VALUES (?, ?, ?, ?)",
            (name, data.dtype.str, json.dumps(data.shape), data.tobytes()),
        )
