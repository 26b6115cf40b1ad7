"""Fills the rival site's database with the published directory."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import psycopg

from bench.search_directories import Directory
from bench.search_sql import words


def fill(dsn: str, snapshot: Path, directory: Directory) -> None:
    """One table: what a row of results shows, the facets as bits, a GiST index of the points."""
    source = sqlite3.connect(f"file:{snapshot}?mode=ro", uri=True)
    # The index was given the sites in the order of their ids, and so are the facets here.
    records = [
        json.loads(r)
        for (r,) in source.execute("SELECT record FROM site WHERE current ORDER BY id")
    ]
    source.close()
    packed = words(directory)
    named = ", ".join(f"w{i} bigint" for i in range(packed.shape[1]))
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        connection.execute("DROP TABLE IF EXISTS site")
        connection.execute(
            "CREATE TABLE site (id text PRIMARY KEY, name text, street text, city text, "
            "state text, zip text, phone text, spot geography(point), "
            f"{named})"
        )
        with connection.cursor().copy("COPY site FROM STDIN") as copy:
            for i, (record, bits) in enumerate(zip(records, packed.tolist(), strict=True)):
                copy.write_row(
                    (
                        *_shown(record),
                        f"SRID=4326;POINT({directory.lons[i]} {directory.lats[i]})",
                        *bits,
                    )
                )
        connection.execute("CREATE INDEX ON site USING gist (spot)")
        connection.execute("VACUUM ANALYZE site")


def _shown(record: dict[str, object]) -> tuple[object, ...]:
    phones = record["phones"]
    first = phones[0] if isinstance(phones, list) and phones else {}
    fields = ("id", "name", "street", "city", "state", "zip")
    return (*(record[name] for name in fields), first.get("display", ""))
