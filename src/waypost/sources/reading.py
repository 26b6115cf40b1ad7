"""What can be wrong with a file, and how files are opened with limits."""

from __future__ import annotations

import csv
import gzip
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

MAX_BYTES = 400_000_000
"""No directory is a tenth of this size when unpacked; a file that is more is not one."""

MAX_COLUMNS = 2_000
MAX_FIELD = 1_000_000
CHUNK = 1 << 20


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


def workbook_sheets(path: Path) -> dict[str, list[list[str]]]:
    """The sheets of a workbook as text, refused before unpacking where it would grow too large."""
    try:
        total = unpacked_size(path)
    except (zipfile.BadZipFile, OSError, struct.error, zlib.error) as error:
        raise BadSource(f"{path.name} is not a workbook, or is damaged or cut off.") from error
    if total > MAX_BYTES:
        raise BadSource(f"{path.name} would unpack to more than {MAX_BYTES:,} bytes.")
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


def unpacked_size(path: Path) -> int:
    """How many bytes a ZIP file unpacks to, counted and not taken from what it says of itself.

    Counting stops as soon as there are more than `MAX_BYTES`.
    """
    total = 0
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for info in archive.infolist():
            file.seek(info.header_offset)
            name, extra = struct.unpack("<26xHH", file.read(30))  # the local header's lengths
            file.seek(name + extra, os.SEEK_CUR)
            total += max(info.file_size, _inflated(file, info, MAX_BYTES - total))
            if total > MAX_BYTES:
                break
    return total


def _inflated(file: BinaryIO, info: zipfile.ZipInfo, most: int) -> int:
    """The bytes that one member unpacks to; just more than ``most`` where there are more."""
    if info.compress_type == zipfile.ZIP_STORED:
        return info.compress_size
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("a compression that workbooks do not use")
    stream, left, size = zlib.decompressobj(-zlib.MAX_WBITS), info.compress_size, 0
    while left > 0 and size <= most and not stream.eof:
        data = file.read(min(left, CHUNK))
        if not data:
            raise zipfile.BadZipFile("cut off")
        left -= len(data)
        while data and size <= most:
            size += len(stream.decompress(data, CHUNK))
            data = stream.unconsumed_tail
    return size


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
