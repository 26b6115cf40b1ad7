"""Lists of programs in their publishers' own columns, as rows of text by column name.

A state's license list, another locator's JSON, a spreadsheet kept by hand: none use SAMHSA's
column names. `waypost.sources.mapped_rows` reads them once somebody says which column is what.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from waypost.sources.reading import (
    MAX_COLUMNS,
    MAX_FIELD,
    BadSource,
    cell_text,
    read_text,
    workbook_sheets,
)

LEAST_COLUMNS = 3
"""A header has at least this many names; above it there may be a title and a date."""

LONGEST_NUMBER = 18
"""Digits: every whole number of so many fits into 63 bits."""

DEEPEST = 20
"""Objects within objects; what lies deeper is no column."""

TITLE_ROWS = 20
"""The header must be within this many rows."""


def list_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV, a workbook or a JSON file by column name, as it is written there.

    Raises:
        BadSource: the file cannot be read, or no header or list is in it.
    """
    name = path.name.casefold()
    if name.endswith((".json", ".json.gz")):
        rows = [dict(_flat(record)) for record in _records(read_json_file(path))]
    elif name.endswith(".xlsx"):
        rows = max((_table(sheet) for sheet in workbook_sheets(path).values()), key=len, default=[])
    else:
        rows = _table(_csv(read_text(path), path.name))
    if not rows:
        raise BadSource(f"{path.name} holds no list: no row stands below a row of column names.")
    return rows


def read_json_file(path: Path) -> Any:
    """A JSON file's value."""
    try:
        return json.loads(read_text(path), parse_int=_whole)
    except (ValueError, RecursionError) as error:
        if isinstance(error, BadSource):
            raise
        raise BadSource(f"{path.name} is not readable JSON.") from error


def _whole(digits: str) -> int | str:
    """A whole number; one beyond any database's is kept as text, for its row's reader to refuse."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def _csv(text: str, name: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_FIELD)
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error as error:
        raise BadSource(f"{name} is not a readable CSV file: {error}.") from error


def _table(rows: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    """Rows below the header: the first row with enough names in it."""
    header: list[str] = []
    records = []
    for number, row in enumerate(rows):
        if header:
            if any(cell.strip() for cell in row):
                records.append(dict(zip(header, row, strict=False)))
        elif sum(bool(cell.strip()) for cell in row) >= LEAST_COLUMNS:
            header = [" ".join(cell.split()) for cell in row[:MAX_COLUMNS]]
        elif number >= TITLE_ROWS:
            break
    return records


def _records(data: Any) -> list[Mapping[str, Any]]:
    """The longest list of objects in a JSON value, at most two steps down."""
    best: list[Mapping[str, Any]] = []
    level = [data]
    for _ in range(3):
        below: list[Any] = []
        for value in level:
            if isinstance(value, list):
                objects = [item for item in value if isinstance(item, Mapping)]
                best = max(best, objects, key=len)
            elif isinstance(value, Mapping):
                below += value.values()
        level = below
        if best:
            break
    return best


def _flat(record: Mapping[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """An object's values by dotted names; a GeoJSON feature is its properties and its point."""
    if record.get("type") == "Feature" and isinstance(record.get("properties"), Mapping):
        yield from _flat(record["properties"], before, depth + 1)
        geometry = record.get("geometry")
        point = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
        if isinstance(point, list) and len(point) >= 2 and not isinstance(point[0], list):
            yield "longitude", cell_text(point[0])
            yield "latitude", cell_text(point[1])
        return
    for name, value in record.items():
        key = f"{before}{name}"
        if isinstance(value, Mapping):
            if depth < DEEPEST:
                yield from _flat(value, f"{key}.", depth + 1)
        elif isinstance(value, list):
            yield key, "; ".join(cell_text(v) for v in value if isinstance(v, str | int | float))
        else:
            yield key, cell_text(value)
