"""DuckDB: a column of booleans for each option, rows in the order of their place."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from bench.search_directories import Directory
from bench.search_questions import LIMIT, Question, Reply
from bench.search_sql import box, counted, haversine, mask_columns, near_misses
from waypost.search.bands import order_rows


class DuckDb:
    """One file, read by two threads."""

    name = "DuckDB"

    def __init__(self, directory: Directory, folder: Path) -> None:
        self.directory = directory
        self.path = folder / "rival.duckdb"
        self.at = {name: f"c{i}" for i, name in enumerate(directory.columns)}
        self.connection = duckdb.connect(str(self.path))
        order = order_rows(directory.lats, directory.lons)
        site = {"id": order, "lat": directory.lats[order], "lon": directory.lons[order]}
        for i in range(len(directory.columns)):
            site[f"c{i}"] = np.ascontiguousarray(directory.table[order, i])
        self.connection.register("given", site)
        self.connection.execute("CREATE TABLE site AS SELECT * FROM given")
        self.connection.unregister("given")
        self.connection.execute("CHECKPOINT")

    def has(self, name: str) -> str:
        """A column is a boolean."""
        return self.at[name]

    def answer(self, question: Question) -> Reply:
        """Two statements: the counts, and the page."""
        reach = self._reach(question)
        # Ten times as fast here as count(*) FILTER.
        sums = ", ".join(f"count_if({c})" for c in counted(self.directory, question, self.has))
        row = self.connection.execute(
            f"SELECT {sums} FROM (SELECT {', '.join(self.at.values())}, {mask_columns(question, self.has)} FROM site "
            f"WHERE {reach} AND ({near_misses(question, self.has)}))"
        ).fetchone()
        assert row is not None
        total, *counts = (n or 0 for n in row)  # no rows at all sum to NULL
        fits = " AND ".join(
            f"({' OR '.join(map(self.has, names))})" for _, names in question.choices
        )
        page = self.connection.execute(
            f"SELECT id FROM site WHERE {reach} AND {fits} "
            f"ORDER BY round({haversine(question, 'least')}, 6), id LIMIT {LIMIT}"
        ).fetchall()
        return Reply(tuple(i for (i,) in page), total, tuple(counts))

    def _reach(self, question: Question) -> str:
        if question.miles is None:
            return "true"
        south, north, west, east = box(question, question.miles)
        return (
            f"lat BETWEEN {south!r} AND {north!r} AND lon BETWEEN {west!r} AND {east!r} "
            f"AND {haversine(question, 'least')} <= {question.miles!r}"
        )

    def bytes(self) -> int:
        """The file."""
        return self.path.stat().st_size

    def close(self) -> None:
        """Close and remove the file."""
        self.connection.close()
        self.path.unlink()
