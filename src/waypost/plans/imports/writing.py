"""Write imported plans: into a copy, which takes the file's name when it is whole and sealed."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from waypost.files.seal import write_seal
from waypost.files.store import unsealed_copy
from waypost.files.writing import replacing
from waypost.plans.store import APPLICATION_ID, SCHEMA_FILE, VERSION, BadStore

MOST_REFUSED = 200


@dataclass(frozen=True, slots=True)
class Edition:
    """Whose file it is and of when; ``as_of`` is a date or a year as the publisher gives it."""

    kind: str  # marketplace, pbp, providers, prices
    title: str
    publisher: str
    url: str
    as_of: str
    sha256: str
    year: int


@dataclass(slots=True)
class ImportReport:
    """What an import did: rows read, rows kept, and what was refused, by name, with counts."""

    rows: int = 0
    kept: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def refuse(self, reason: str) -> None:
        """Count one refusal; beyond 200 different reasons the rest are counted together."""
        listed = reason in self.refused or len(self.refused) < MOST_REFUSED
        self.refused[reason if listed else "other reasons"] += 1

    def lines(self) -> list[str]:
        """The report in plain words, most frequent refusal first."""
        summary = [f"{self.rows:,} rows read, {self.kept:,} kept"]
        return summary + [
            f"refused {n:,} times: {reason}" for reason, n in self.refused.most_common()
        ]


@contextmanager
def rewriting(target: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a copy of ``target``, which replaces it when the block succeeds.

    Readers of the old file are not disturbed. On any error, the old file stays.

    Raises:
        BadStore: ``target`` exists and is not a file of this kind.
    """
    with replacing(target) as fresh:
        if target.exists():
            unsealed_copy(target, fresh)
        connection = _open(fresh, is_new=not target.exists())
        try:
            yield connection
            connection.commit()
            connection.execute("VACUUM")
        finally:
            connection.close()
        write_seal(fresh)


def _open(path: Path, *, is_new: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    # The copy is thrown away on any failure, so no journal is needed.
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    if is_new:
        connection.executescript(SCHEMA_FILE.read_text("utf-8"))
    number = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if (number, version) != (APPLICATION_ID, VERSION):
        connection.close()
        raise BadStore(f"{path} holds no plans of this version: remove it and import again.")
    return connection


def add_file(connection: sqlite3.Connection, edition: Edition) -> int:
    """Record a file before its rows; its counts come with `close_file`."""
    cursor = connection.execute(
        "INSERT INTO file (kind, title, publisher, url, as_of, sha256, year, rows, kept, refused) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, '{}')",
        (
            edition.kind,
            edition.title,
            edition.publisher,
            edition.url,
            edition.as_of,
            edition.sha256,
            edition.year,
        ),
    )
    return int(cursor.lastrowid or 0)


def close_file(connection: sqlite3.Connection, file: int, report: ImportReport) -> None:
    """Record what the import of a file did."""
    connection.execute(
        "UPDATE file SET rows = ?, kept = ?, refused = ? WHERE id = ?",
        (report.rows, report.kept, json.dumps(report.refused), file),
    )


class WordTable:
    """Numbers repeated texts, so that each is written once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known = {text: k for k, text in connection.execute("SELECT id, text FROM word")}

    def number(self, text: str) -> int:
        """The text's number, new if need be."""
        number = self._known.get(text)
        if number is None:
            cursor = self._connection.execute("INSERT INTO word (text) VALUES (?)", (text,))
            number = self._known[text] = int(cursor.lastrowid or 0)
        return number
