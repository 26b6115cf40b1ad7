"""Where the sources of a published directory disagree about one fact of a listing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from waypost.files.store import open_immutable

FIELDS = ("name", "address", "phones", "website")
"""The facts in which a difference matters to whoever wants to call or come."""


def differences(
    path: Path, *, skip: int = 0, most: int = 50, fields: Sequence[str] = FIELDS
) -> list[tuple[str, str, int]]:
    """A page of listings whose sources differ: site id, field and how many values it has."""
    marks = ", ".join("?" * len(fields))
    sql = (
        "SELECT site_id, field, count(DISTINCT value) FROM claim "  # noqa: S608 - question marks
        f"WHERE field IN ({marks}) AND value NOT IN ('\"\"', '[]') GROUP BY site_id, field "
        "HAVING count(DISTINCT value) > 1 ORDER BY site_id, field LIMIT ? OFFSET ?"
    )
    with closing(open_immutable(path)) as connection:
        return list(connection.execute(sql, (*fields, most, skip)))
