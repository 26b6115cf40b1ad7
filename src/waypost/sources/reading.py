"""Opens files with limits, and says what is wrong with one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from waypost.files.archives import BadFile, open_bytes
from waypost.files.workbooks import check_workbook

MAX_BYTES = 400_000_000
"""No directory is a tenth of this size when unpacked; a larger file is not a directory."""

MAX_COLUMNS = 2_000
MAX_FIELD = 1_000_000


class BadSource(ValueError):
    """A file that cannot be read as a source; the message says what was wrong with it."""


def read_text(path: Path) -> str:
    """The text of a CSV or JSON file, unpacked if it ends in ``.gz``."""
    try:
        with open_bytes(path, most=MAX_BYTES) as file:
            data = file.read()
    except BadFile as error:
        raise BadSource(str(error)) from error
    except (OSError, EOFError) as error:
        raise BadSource(f"{path.name} cannot be read: it is damaged or cut off.") from error
    if not data.strip():
        raise BadSource(f"{path.name} is empty.")
    text = decode(data, path.name)
    if text.lstrip()[:15].casefold().startswith(("<!doctype html", "<html")):
        raise BadSource(
            f"{path.name} is a web page, not data. Open its address in a browser and download the "
            "file that the page offers."
        )
    return text


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


def check_size(path: Path) -> None:
    """Refuse a workbook that would grow too large; once, before it is first read.

    What it is later is known by its digest.
    """
    if not path.name.casefold().endswith(".xlsx"):
        return
    try:
        check_workbook(path, MAX_BYTES)
    except (BadFile, OSError) as error:
        raise BadSource(str(error)) from error


def workbook_sheets(path: Path) -> dict[str, list[list[str]]]:
    """The sheets of a workbook as text, of a file that `check_size` has let through."""
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
