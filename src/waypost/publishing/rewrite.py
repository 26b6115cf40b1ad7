"""A snapshot with other claims of people and of programs, and nothing else changed.

The current file is copied and the rows of the sites concerned are written anew, so that such a
publish costs what was said, and not what the directory holds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from waypost.directory.brought import with_brought
from waypost.directory.checks import BY_PEOPLE
from waypost.directory.facets import COLUMNS, option
from waypost.directory.site import Claim, Site
from waypost.directory.timetables import SAID_FIELDS
from waypost.files.seal import write_seal
from waypost.files.store import unsealed_copy
from waypost.publishing.build import PublishError, write_arrays
from waypost.publishing.changed import written_moment
from waypost.publishing.manifest import FORMAT, Manifest
from waypost.publishing.reader import Snapshot
from waypost.publishing.records import claim_row, site_json
from waypost.publishing.site_offers import offer_table
from waypost.publishing.version import version_of
from waypost.search.bands import BLOCK
from waypost.search.index import Index
from waypost.search.names import NameIndex

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

TIMES = COLUMNS["time"]


def rewrite(
    old: Snapshot,
    path: Path,
    brought: Mapping[str, Sequence[Claim]],
    now: datetime,
    key: Ed25519PrivateKey | None = None,
) -> tuple[Manifest, int]:
    """Write the snapshot at ``path``; its manifest, and how many sites changed.

    It is sealed and, where there is a ``key``, signed.

    Raises `PublishError` where the disk is full, or the old snapshot is of an older format.
    """
    if old.file_format != FORMAT:
        raise PublishError("The snapshot was made by an older Waypost: run `waypost publish`.")
    try:
        unsealed_copy(old.path, path)
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")  # fsync comes before the rename
            connection.execute("BEGIN")
            written = _write(connection, old, brought, now)
            connection.execute("COMMIT")
        finally:
            connection.close()
        write_seal(path, key)
    except (OSError, sqlite3.Error) as error:
        path.unlink(missing_ok=True)
        raise PublishError(
            f"The snapshot could not be written beside {old.path}: {error}."
        ) from error
    return written


def _write(
    connection: sqlite3.Connection,
    old: Snapshot,
    brought: Mapping[str, Sequence[Claim]],
    now: datetime,
) -> tuple[Manifest, int]:
    changed, more, renamed = 0, 0, False
    spoken: list[tuple[int, Site]] = []
    for site_id in concerned(old, brought):
        row = old.row_of(site_id)
        site = None if row is None else old.site(site_id)
        if row is None or site is None or not site.current:
            continue  # a listing that is gone says nothing any more
        before = old.claims(site_id, as_published=True)
        site_after, claims = with_brought(site, before, brought.get(site_id, ()))
        spoken.append((row, site_after))
        if site_after != site or _rows_of(site_id, claims) != _rows_of(site_id, before):
            changed, more = changed + 1, more + len(claims) - len(before)
            renamed |= (site_after.name, site_after.name2) != (site.name, site.name2)
            _write_site(connection, row, site_after, claims, now)
    table = offer_table(sorted(spoken, key=lambda numbered: numbered[0]))
    arrays = {"blocks": _with_times(old.index, spoken), **table.to_arrays()}
    if renamed:
        arrays |= _names(connection)
    connection.executemany("DELETE FROM array WHERE name = ?", ((name,) for name in arrays))
    write_arrays(connection, arrays)
    counts = dict(old.manifest.counts)
    counts["claims"] = counts.get("claims", 0) + more
    manifest = replace(old.manifest, version=version_of(connection), built_at=now, counts=counts)
    connection.execute("UPDATE manifest SET value = ?", (json.dumps(manifest.to_json()),))
    return manifest, changed


def concerned(old: Snapshot, brought: Mapping[str, Sequence[Claim]]) -> list[str]:
    """The sites whose claims may change: those with such a claim now, and those that had one."""
    return sorted({*brought, *old.ids_with_claims(SAID_FIELDS, BY_PEOPLE)})


def _rows_of(site_id: str, claims: Sequence[Claim]) -> list[tuple[object, ...]]:
    return sorted((claim_row(site_id, claim) for claim in claims), key=repr)


def _write_site(
    connection: sqlite3.Connection, row: int, site: Site, claims: Sequence[Claim], now: datetime
) -> None:
    connection.execute(
        "UPDATE site SET name = ?, record = ?, changed_at = ? WHERE row = ?",
        (site.name, site_json(site).decode(), written_moment(now), row),
    )
    connection.execute("DELETE FROM claim WHERE site_id = ?", (site.id,))
    connection.executemany(
        "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (claim_row(site.id, claim) for claim in claims),
    )


def _names(connection: sqlite3.Connection) -> dict[str, np.ndarray]:
    """The index of names, made anew of all that is current."""
    rows = connection.execute(
        "SELECT name || ' ' || json_extract(record, '$.name2') FROM site WHERE current ORDER BY row"
    )
    return NameIndex.build([name for (name,) in rows]).to_arrays()


def _with_times(index: Index, spoken: Sequence[tuple[int, Site]]) -> np.ndarray:
    """The facet bits with day, evenings and weekends as the programs say now."""
    blocks = index.blocks.copy()
    for name in TIMES:
        column = index.column(name)
        blocks[:, column] = 0
        choice = option(name)
        for row, site in spoken:
            if choice.offered(site.codes):
                blocks[row // BLOCK, column] |= np.uint64(1) << np.uint64(row % BLOCK)
    return blocks
