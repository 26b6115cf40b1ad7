"""SQLite: an R*Tree of points joined to a table of facets."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bench.search_directories import Directory
from bench.search_questions import LIMIT, Question, Reply
from bench.search_sql import bit_test, box, counted, haversine, mask_columns, near_misses, words

FIRST_RING_MILES = 8.0
WIDEST_MILES = 2_000.0


def _indexed(question: Question, miles: float) -> bool:
    """Whether one box holds the circle: it stops at the date line."""
    return miles < WIDEST_MILES and box(question, miles)[2] >= -180


class Sqlite:
    """One file, read with a page cache that holds all of it."""

    name = "SQLite R*Tree"

    def __init__(self, directory: Directory, folder: Path) -> None:
        self.directory = directory
        self.has = bit_test(directory)
        self.path = folder / "rival.sqlite3"
        self.connection = sqlite3.connect(self.path)
        packed = words(directory)
        lats, lons = directory.lats.tolist(), directory.lons.tolist()
        named = ", ".join(f"w{i} INTEGER" for i in range(packed.shape[1]))
        self.words = ", ".join(f"w{i}" for i in range(packed.shape[1]))
        marks = ", ".join("?" * (3 + packed.shape[1]))
        self.connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000;"
            f"CREATE TABLE site (id INTEGER PRIMARY KEY, lat REAL, lon REAL, {named});"
            "CREATE VIRTUAL TABLE spot USING rtree (id, south, north, west, east);"
        )
        rows = zip(range(len(lats)), lats, lons, *packed.T.tolist(), strict=True)
        self.connection.executemany(f"INSERT INTO site VALUES ({marks})", rows)
        boxes = ((i, a, a, b, b) for i, (a, b) in enumerate(zip(lats, lons, strict=True)))
        self.connection.executemany("INSERT INTO spot VALUES (?, ?, ?, ?, ?)", boxes)
        self.connection.execute("ANALYZE")
        self.connection.commit()

    def answer(self, question: Question) -> Reply:
        """Two statements: the counts, and the page."""
        sums = ", ".join(
            f"count(*) FILTER (WHERE {c})" for c in counted(self.directory, question, self.has)
        )
        source = self._inside(question, question.miles) if question.miles else "site"
        total, *counts = self.connection.execute(
            # Materialized: each mask is worked out once a row, not once a count.
            f"WITH m AS MATERIALIZED (SELECT {self.words}, {mask_columns(question, self.has)} "
            f"FROM {source} WHERE {near_misses(question, self.has)}) SELECT {sums} FROM m"
        ).fetchone()
        return Reply(self._page(question, total), total, tuple(counts))

    def _page(self, question: Question, total: int) -> tuple[int, ...]:
        fits = " AND ".join(
            f"({' OR '.join(map(self.has, names))})" for _, names in question.choices
        )
        miles = question.miles or FIRST_RING_MILES
        while True:
            source = self._inside(question, miles) if _indexed(question, miles) else "site"
            rows = self.connection.execute(
                f"SELECT id FROM {source} WHERE {fits} "
                f"ORDER BY round({haversine(question, 'min')}, 6), id LIMIT {LIMIT}"
            ).fetchall()
            if question.miles or len(rows) >= min(LIMIT, total):
                return tuple(i for (i,) in rows)
            miles *= 2

    def _inside(self, question: Question, miles: float) -> str:
        south, north, west, east = box(question, miles)
        return (
            "(SELECT site.* FROM spot JOIN site USING (id) WHERE "
            f"south <= {north!r} AND north >= {south!r} AND west <= {east!r} AND east >= {west!r} "
            f"AND {haversine(question, 'min')} <= {miles!r})"
        )

    def bytes(self) -> int:
        """The file."""
        return self.path.stat().st_size

    def close(self) -> None:
        """Close and remove the file."""
        self.connection.close()
        self.path.unlink()
