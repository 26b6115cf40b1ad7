"""PostgreSQL 15 with PostGIS: a GiST index of geography points, facets as bits."""

from __future__ import annotations

import psycopg

from bench.search_directories import Directory
from bench.search_questions import LIMIT, Question, Reply
from bench.search_sql import bit_test, counted, mask_columns, near_misses, words
from waypost.values.geo import METERS_PER_MILE

MORE = 100
"""The nearest are asked for with some to spare: sites in one building tie."""


class PostGis:
    """One table; distances on the sphere, as ours are."""

    name = "PostgreSQL + PostGIS"

    def __init__(self, directory: Directory, dsn: str) -> None:
        self.directory = directory
        self.has = bit_test(directory)
        self.connection = psycopg.connect(dsn, autocommit=True)
        packed = words(directory)
        names = [f"w{i}" for i in range(packed.shape[1])]
        self.words = ", ".join(names)
        run = self.connection.execute
        run("CREATE EXTENSION IF NOT EXISTS postgis")
        run("DROP TABLE IF EXISTS site")
        run(
            "CREATE UNLOGGED TABLE site (id integer, lat float8, lon float8, "
            f"{', '.join(f'{name} bigint' for name in names)})"
        )
        rows = zip(
            range(len(directory.lats)),
            directory.lats.tolist(),
            directory.lons.tolist(),
            *packed.T.tolist(),
            strict=True,
        )
        columns = ", ".join(["id", "lat", "lon", *names])
        with self.connection.cursor().copy(f"COPY site ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        run(
            "CREATE UNLOGGED TABLE placed AS SELECT site.*, "
            "ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS spot FROM site"
        )
        run("DROP TABLE site")
        run("ALTER TABLE placed RENAME TO site")
        run("CREATE INDEX ON site USING gist (spot)")
        run("VACUUM ANALYZE site")

    def answer(self, question: Question) -> Reply:
        """Two statements: the counts, and the page."""
        here = f"ST_SetSRID(ST_MakePoint({question.lon!r}, {question.lat!r}), 4326)::geography"
        reach = "true"
        if question.miles is not None:
            reach = f"ST_DWithin(spot, {here}, {question.miles * METERS_PER_MILE!r}, false)"
        sums = ", ".join(
            f"count(*) FILTER (WHERE {c})" for c in counted(self.directory, question, self.has)
        )
        row = self.connection.execute(
            # OFFSET 0: each mask is worked out once a row, not once a count.
            f"SELECT {sums} FROM (SELECT {self.words}, {mask_columns(question, self.has)} FROM site "
            f"WHERE {reach} AND ({near_misses(question, self.has)}) OFFSET 0) AS m"
        ).fetchone()
        assert row is not None
        fits = " AND ".join(
            f"({' OR '.join(map(self.has, names))})" for _, names in question.choices
        )
        page = self.connection.execute(
            f"SELECT id FROM (SELECT id, spot <-> {here} AS meters FROM site "
            f"WHERE {reach} AND {fits} ORDER BY spot <-> {here} LIMIT {LIMIT + MORE}) AS near "
            f"ORDER BY round((meters / {METERS_PER_MILE})::numeric, 6), id LIMIT {LIMIT}"
        ).fetchall()
        return Reply(tuple(i for (i,) in page), row[0], tuple(row[1:]))

    def bytes(self) -> int:
        """The table and its index."""
        row = self.connection.execute("SELECT pg_total_relation_size('site')").fetchone()
        assert row is not None
        size: int = row[0]
        return size

    def close(self) -> None:
        """Drop the table."""
        self.connection.execute("DROP TABLE site")
        self.connection.close()
