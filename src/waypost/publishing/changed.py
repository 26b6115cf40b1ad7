"""When each site's record last changed: carried from snapshot to snapshot while it stays the same.

A publish of the same data is no change. So a date of change is the time of the first publish that
held the record as it is, and it is no part of the snapshot's version.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from waypost.files.store import open_immutable
from waypost.publishing.manifest import FORMAT, Manifest


class Changes:
    """The dates of change in the snapshot before, if there is one."""

    def __init__(self, now: datetime, before: sqlite3.Connection | None, dates: str) -> None:
        self._now = written_moment(now)
        self._before = before
        self._dates = dates

    def at(self, site_id: str, record: bytes) -> str:
        """When the site's record came to be what it is, in ISO 8601."""
        if self._before is None:
            return self._now
        row = self._before.execute(
            f"SELECT {self._dates} FROM site WHERE id = ? AND record = ?",  # noqa: S608 - ours
            (site_id, record.decode()),
        ).fetchone()
        return str(row[0]) if row else self._now

    def resource(self, kind: str, id_: str, digest: str) -> str | None:
        """An operator's resource as it was, if it was this very one."""
        if self._before is None or not has_resources(self._before):
            return None
        row = self._before.execute(
            "SELECT body FROM resource WHERE type = ? AND id = ? AND digest = ?",
            (kind, id_, digest),
        ).fetchone()
        return str(row[0]) if row else None


@contextmanager
def changes_since(path: Path, now: datetime) -> Iterator[Changes]:
    """The dates of the snapshot at ``path``; where none can be read, everything is of ``now``."""
    try:
        before = open_immutable(path)
    except sqlite3.Error:
        yield Changes(now, None, "")
        return
    with closing(before):
        try:
            dates = _dates_of(before)
        except (sqlite3.Error, TypeError, ValueError, KeyError):
            yield Changes(now, None, "")
        else:
            yield Changes(now, before, dates)


def _dates_of(before: sqlite3.Connection) -> str:
    """What to select for a date of change: a snapshot of before them was all new when built."""
    manifest = Manifest.read(before)
    if manifest.get("format") != FORMAT:
        raise ValueError("another format")
    if has_dates(before.execute(SITE_COLUMNS).fetchall()):
        return "changed_at"
    return f"'{written_moment(datetime.fromisoformat(manifest['built_at']))}'"


SITE_COLUMNS = "PRAGMA table_info(site)"


def has_dates(columns: Iterable[tuple[Any, ...]]) -> bool:
    """Whether the sites of a snapshot say when they changed, by what `SITE_COLUMNS` answers."""
    return any(name == "changed_at" for _, name, *_ in columns)


def has_resources(connection: sqlite3.Connection) -> bool:
    """Whether a snapshot has a table of an operator's resources; one of before has none."""
    tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'resource'")
    return tables.fetchone() is not None


def written_moment(at: datetime) -> str:
    """A date of change as the snapshot holds it: ISO 8601, whole seconds."""
    return at.replace(microsecond=0).isoformat()
