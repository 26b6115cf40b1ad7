"""What can be wrong with a file, and how files are opened with limits."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

MAX_BYTES = 400_000_000
"""No directory is a tenth of this size when unpacked; a file that is more is not one."""

MAX_COLUMNS = 2_000
MAX_FIELD = 1_000_000


class BadSource(ValueError):
    """A file that cannot be read as a source; the message says what was wrong with it."""


def read_text(path: Path) -> str:
    """The text of a CSV or JSON file, unpacked if it ends in ``.gz``."""
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as file:
                data = file.read(MAX_BYTES + 1)
        else:
            with path.open("rb") as plain:
                data = plain.read(MAX_BYTES + 1)
    except (OSError, EOFError) as error:
        raise BadSource(f"{path.name} cannot be read: it is damaged or cut off.") from error
    if len(data) > MAX_BYTES:
        raise BadSource(f"{path.name} is larger than {MAX_BYTES:,} bytes; no directory is.")
    if not data.strip():
        raise BadSource(f"{path.name} is empty.")
    return decode(data, path.name)


def decode(data: bytes, name: str) -> str:
    """Text as UTF-8, or as Windows-1252 where it is not UTF-8; UTF-16 by its mark."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="strict")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise BadSource(f"{name} is neither UTF-8 nor Windows-1252 text.") from error
    if "\x00" in text:
        raise BadSource(f"{name} is not a text file.")
    return text


def csv_rows(text: str, name: str) -> Iterator[dict[str, str]]:
    """Rows by column name; names are in lower case without spaces around them."""
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [h.strip().casefold() for h in next(reader, [])]
        if len(header) > MAX_COLUMNS:
            raise BadSource(
                f"{name} has {len(header):,} columns; at most {MAX_COLUMNS:,} are read."
            )
        for row in reader:
            yield dict(zip(header, row, strict=False))
    except csv.Error as error:
        raise BadSource(f"{name} is not a readable CSV file: {error}.") from error


def workbook_sheets(path: Path) -> dict[str, list[list[str]]]:
    """The sheets of a workbook as text, refused before unpacking where it would grow too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            total = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise BadSource(f"{path.name} is not a workbook, or is damaged or cut off.") from error
    if total > MAX_BYTES:
        raise BadSource(
            f"{path.name} would unpack to {total:,} bytes; at most {MAX_BYTES:,} are read."
        )
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return {
            name: [
                [cell_text(c) for c in row] for row in workbook.get_sheet_by_name(name).to_python()
            ]
            for name in workbook.sheet_names
        }
    except (CalamineError, OSError, ValueError) as error:
        raise BadSource(f"{path.name} is not a readable workbook.") from error


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
