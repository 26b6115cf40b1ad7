"""Open tables from outside without trusting them: zip, gzip or plain, comma or tab.

A file is refused with a reason, never half read in silence: members of an archive are read where
they lie and never written to disk, so that no name in it matters; sizes are counted as they are
unpacked; a missing column, a cell too long or a row of another length is an error.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MOST_BYTES = 4 * 1024**3
"""Unpacked; the largest public use file of 2026 is a tenth of it."""

MOST_RATIO = 200
"""Unpacked to packed; real tables pack 10 to 40 times."""

LONGEST_CELL = 100_000

BROKEN = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,  # encrypted
    NotImplementedError,  # packed in a way, or by a version, that nobody here knows
    ValueError,  # offsets before the file's beginning, names that are no text
    OSError,
)
"""What Python's archive readers raise where an archive is not what it should be."""


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
    """The tables inside a zip; none where it is no zip.

    Raises:
        BadFile: the archive is broken.
    """
    if not zipfile.is_zipfile(path):
        return []
    with _archive(path) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    return [ArchiveMember(path, n) for n in names if n.lower().endswith((".csv", ".txt"))]


class BadFile(ValueError):
    """A file that is not what it should be; the message names it and says why."""


class Counted(io.RawIOBase):
    """Passes bytes on and stops at a limit: what unpacks without end is refused."""

    def __init__(self, inner: IO[bytes], limit: int, name: str) -> None:
        self._inner, self._left, self._name = inner, limit, name

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer``; `BadFile` beyond the limit or where the archive is broken."""
        try:
            data = self._inner.read(len(buffer))
        except BROKEN as error:
            raise BadFile(f"{self._name}: the archive is broken ({error})") from error
        self._left -= len(data)
        if self._left < 0:
            raise BadFile(f"{self._name}: unpacks to more than it may")
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def open_bytes(
    path: Path,
    member: str = "",
    *,
    most: int = MOST_BYTES,
    endings: tuple[str, ...] = (".csv", ".txt"),
) -> Iterator[io.BufferedReader]:
    """The bytes of a file, of a gzip file, or of the one member of a zip named like ``member``.

    ``member`` is compared without case, as the end of a name; '' takes the only one with one of
    ``endings``. More than ``most`` bytes, unpacked, are refused.
    """
    limit = min(most, max(path.stat().st_size * MOST_RATIO, 1024**2))
    with path.open("rb") as raw:
        start = raw.read(2)
        raw.seek(0)
        if start == b"PK":
            with (
                _archive(path) as archive,
                _inside(archive, (member,) if member else endings, path) as inner,
            ):
                yield io.BufferedReader(Counted(inner, limit, path.name), 1 << 20)
        elif start == b"\x1f\x8b":
            with gzip.open(raw) as inner_gz:
                counted = Counted(inner_gz, limit, path.name)  # type: ignore[arg-type]
                yield io.BufferedReader(counted, 1 << 20)
        else:
            yield io.BufferedReader(Counted(raw, most, path.name), 1 << 20)


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except BROKEN as error:
        raise BadFile(f"{path.name}: the archive is broken ({error})") from error


def _inside(archive: zipfile.ZipFile, endings: tuple[str, ...], path: Path) -> IO[bytes]:
    """A member's bytes; one that is encrypted or packed in an unknown way is refused."""
    info = _member(archive, endings, path)
    try:
        return archive.open(info)
    except BROKEN as error:
        raise BadFile(f"{path.name}: the archive cannot be read ({error})") from error


def _member(archive: zipfile.ZipFile, endings: tuple[str, ...], path: Path) -> zipfile.ZipInfo:
    like = tuple(ending.lower() for ending in endings)
    tables = [
        info
        for info in archive.infolist()
        if info.filename.lower().endswith(like) and not info.is_dir()
    ]
    if len(tables) != 1:
        wanted = " or ".join(endings)
        raise BadFile(f"{path.name}: {len(tables)} members of the archive end in {wanted}, not one")
    return tables[0]


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
        BadFile: a missing or doubled column, a row of another length, a NUL, a cell too long.
    """
    path, member = path_of(table), table.name if isinstance(table, ArchiveMember) else member
    with open_bytes(path, member) as raw:
        lines = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
        csv.field_size_limit(LONGEST_CELL)
        plain = delimiter == "\t"  # these files quote nothing; a quote is a character
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


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()
