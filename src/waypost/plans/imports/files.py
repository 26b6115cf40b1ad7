"""Tables from outside, read without trusting them: in a zip, gzip or plain, comma or tab.

A file is refused with a reason, never half read in silence: a missing column, a cell too long or a
row of another length is an error. `waypost.files.archives` opens the bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from waypost.files.archives import BadFile, is_zip, open_bytes, opened_zip

LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A table inside a zip that holds several."""

    path: Path
    name: str


Table = Path | ArchiveMember
"""Where a table is: a file of its own, or a member of a zip."""


def path_of(table: Table) -> Path:
    """The file that a table is in."""
    return table.path if isinstance(table, ArchiveMember) else table


def name_of_table(table: Table | None) -> str:
    """What a refusal calls it."""
    if isinstance(table, ArchiveMember):
        return f"{table.path.name}, {Path(table.name).name}"
    return table.name if table else ""


def members_of(path: Path) -> list[ArchiveMember]:
    """The tables inside a zip; none if it is not a zip.

    Raises:
        BadFile: the archive is broken.
    """
    if not is_zip(path):
        return []
    with opened_zip(path) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    return [ArchiveMember(path, n) for n in names if n.lower().endswith((".csv", ".txt"))]


def read_table(
    table: Table,
    columns: Sequence[str],
    *,
    member: str = "",
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
) -> Iterator[list[str]]:
    """Rows of a table, each with the cells of ``columns`` in that order.

    Names of columns are compared without case. A column whose name ends in ``?`` may be missing
    and is then ''.

    Raises:
        BadFile: a missing or repeated column, a row of a different length, a NUL, a cell too long.
    """
    path, member = path_of(table), table.name if isinstance(table, ArchiveMember) else member
    with open_bytes(path, member) as raw:
        lines = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
        csv.field_size_limit(LONGEST_CELL)
        plain = (
            delimiter == "\t"
        )  # these files do not quote, so a quotation mark is an ordinary character
        rows = csv.reader(
            lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL
        )
        try:
            header = next(rows, [])
            places = _places(path, header, columns)
            yield from _cells(path, rows, places, len(header))
        except csv.Error as error:
            raise BadFile(f"{path.name}, line {rows.line_num}: {error}") from error


def _places(path: Path, header: Sequence[str], columns: Sequence[str]) -> list[int]:
    names = [name.strip().lower() for name in header]
    places = []
    for column in columns:
        name = column.removesuffix("?").lower()
        if name not in names and not column.endswith("?"):
            raise BadFile(f"{path.name}: the column {column} is missing")
        places.append(names.index(name) if name in names else -1)
    return places


def _cells(
    path: Path, rows: Iterator[list[str]], places: Sequence[int], width: int
) -> Iterator[list[str]]:
    for number, row in enumerate(rows, start=2):
        if len(row) != width:
            if not row:
                continue
            raise BadFile(f"{path.name}, row {number}: {len(row)} cells, not {width}")
        cells = [row[place] if place >= 0 else "" for place in places]
        if any("\0" in cell for cell in cells):
            raise BadFile(f"{path.name}, row {number}: a NUL character")
        yield cells
