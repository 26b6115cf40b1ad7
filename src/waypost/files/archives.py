"""Open bytes from outside without trusting them: zip, gzip or plain.

Members of an archive are read where they lie and never written to disk, so that no name in it
matters; sizes are counted as they are unpacked, and one limit holds for all kinds of files.
"""

from __future__ import annotations

import gzip
import io
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

MOST_BYTES = 4 * 1024**3
"""Unpacked, of a table; the largest public use file of 2026 is a tenth of it."""

MOST_STREAMED = 1024**4
"""Unpacked, of what is read in constant memory: price files have hundreds of gigabytes."""

MOST_RATIO = 200
"""Unpacked to packed; real tables pack 10 to 40 times, a bomb a thousand times."""

SMALL = 1024**2
"""Whatever its ratio, so much may a file unpack to."""

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

ZIP, GZIP = b"PK", b"\x1f\x8b"
_PIECE = 1 << 18


class BadFile(ValueError):
    """A file that is not what it should be; the message names it and says why."""


class Counted(io.RawIOBase):
    """Passes bytes on and stops at a limit: what unpacks without end is refused."""

    def __init__(self, inner: IO[bytes], limit: int, name: str) -> None:
        self._inner, self._left, self._limit, self._name = inner, limit, limit, name

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer``; `BadFile` beyond the limit or where the archive is broken."""
        try:
            data = self._inner.read(len(buffer))
        except BROKEN as error:
            raise BadFile(f"{self._name} is broken, damaged or cut off ({error})") from error
        self._left -= len(data)
        if self._left < 0:
            raise BadFile(f"{self._name}: unpacks to more than it may ({self._limit:,} bytes)")
        buffer[: len(data)] = data
        return len(data)


def unpacked_limit(path: Path, most: int = MOST_BYTES) -> int:
    """So many bytes may a packed file unpack to: ``most``, and never beyond `MOST_RATIO`."""
    return min(most, max(path.stat().st_size * MOST_RATIO, SMALL))


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
    ``endings``.

    Raises:
        BadFile: a broken archive, or more than ``most`` bytes; also while it is read.
    """
    limit = unpacked_limit(path, most)
    with path.open("rb") as raw:
        start = raw.read(2)
        raw.seek(0)
        if start == ZIP:
            wanted = (member,) if member else endings
            with opened_zip(path) as archive, _inside(archive, wanted, path) as inner:
                yield io.BufferedReader(Counted(inner, limit, path.name), 1 << 20)
        elif start == GZIP:
            with gzip.open(raw) as inner_gz:
                counted = Counted(inner_gz, limit, path.name)  # type: ignore[arg-type]
                yield io.BufferedReader(counted, 1 << 20)
        else:
            yield io.BufferedReader(Counted(raw, most, path.name), 1 << 20)


def is_zip(path: Path) -> bool:
    """Whether a file is a zip, by what stands at its end; OSError where it cannot be read."""
    return zipfile.is_zipfile(path)


def opened_zip(path: Path) -> zipfile.ZipFile:
    """A zip's table of members; `BadFile` where it is none."""
    try:
        return zipfile.ZipFile(path)
    except BROKEN as error:
        raise BadFile(f"{path.name}: the archive is broken ({error})") from error


def inflated(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """All bytes that a member of a zip unpacks to, in pieces, whatever size it says it has.

    Other readers go by what is packed; Python's own would stop at the size that is stated.

    Raises:
        zipfile.BadZipFile, struct.error, zlib.error, OSError: damaged, or packed in another way.
    """
    file.seek(info.header_offset)
    name, extra = struct.unpack("<26xHH", file.read(30))  # the local header's lengths
    file.seek(name + extra, os.SEEK_CUR)
    left, stored = info.compress_size, info.compress_type == zipfile.ZIP_STORED
    if not stored and info.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("packed in a way that is not read")
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and not stream.eof:
        data = file.read(min(left, _PIECE))
        if not data:
            raise zipfile.BadZipFile("cut off")
        left -= len(data)
        if stored:
            yield data
        while data and not stored:
            yield stream.decompress(data, _PIECE)
            data = stream.unconsumed_tail


@contextmanager
def _inside(archive: zipfile.ZipFile, endings: tuple[str, ...], path: Path) -> Iterator[IO[bytes]]:
    info = _member(archive, endings, path)
    try:
        inner = archive.open(info)
    except BROKEN as error:
        raise BadFile(f"{path.name}: the archive cannot be read ({error})") from error
    with inner:
        yield inner


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
