"""The files of a snapshot for download: SQLite, NDJSON and CSV, each also compressed.

They are in ``downloads/VERSION`` of the data folder. A snapshot has published facts only: what
visitors wrote about a listing is in the database, which no download reads.
"""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from itertools import islice
from pathlib import Path

import orjson

from waypost.directory.site import Site
from waypost.editions.downloads import csv_lines
from waypost.editions.downloads.site_json import record
from waypost.publishing.reader import Snapshot

FOLDER = "downloads"
AT_ONCE = 200
LEVEL = 6
KEPT = 2
"""Versions whose files are kept, so that a download of the previous one can finish."""


class DownloadKind(StrEnum):
    """A format of the directory; the value is its file's extension."""

    SQLITE = "sqlite3"
    NDJSON = "ndjson"
    CSV = "csv"


def download_path(data_dir: Path, version: str, kind: DownloadKind, *, packed: bool) -> Path:
    """Where the file of a version is, once it has been made."""
    name = f"waypost-{version[:12]}.{kind.value}"
    return data_dir / FOLDER / version / (f"{name}.gz" if packed else name)


def write_downloads(data_dir: Path, snapshot: Snapshot) -> None:
    """Make the files of a snapshot, all or none; the previous version's files are kept.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    final = data_dir / FOLDER / snapshot.version
    if final.exists():
        return
    final.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix="making-", dir=final.parent))
    try:
        sqlite, ndjson, csv = (
            making / download_path(data_dir, snapshot.version, kind, packed=False).name
            for kind in DownloadKind
        )
        _write_sqlite(sqlite, snapshot)
        _write_lines(ndjson, csv, snapshot)
        with suppress(OSError):  # another process has made the same files meanwhile
            making.rename(final)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    _clear(final)


def renew_sqlite(data_dir: Path, snapshot: Snapshot) -> None:
    """Make the SQLite files of a snapshot again that was signed after they were made.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    final = download_path(data_dir, snapshot.version, DownloadKind.SQLITE, packed=False)
    if not final.parent.exists():
        return
    making = Path(tempfile.mkdtemp(prefix="making-", dir=data_dir / FOLDER))
    try:
        _write_sqlite(making / final.name, snapshot)
        for part in sorted(making.iterdir()):
            part.replace(final.parent / part.name)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _write_sqlite(path: Path, snapshot: Snapshot) -> None:
    _same_file(snapshot.path.resolve(), path)
    with path.open("rb") as plain, _packed(path) as packed:
        shutil.copyfileobj(plain, packed, 1 << 20)


def _write_lines(ndjson: Path, csv: Path, snapshot: Snapshot) -> None:
    """Write both files of lines in one go, so that each site is read once."""
    with _plain_and_packed(ndjson) as write_ndjson, _plain_and_packed(csv) as write_csv:
        write_csv(csv_lines.heading())
        for sites in _batches(snapshot):
            lines = (orjson.dumps(record(site, snapshot.claims(site.id))) for site in sites)
            write_ndjson(b"\n".join(lines) + b"\n")
            write_csv(csv_lines.lines(sites))


@contextmanager
def _plain_and_packed(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Write a file and the compressed one beside it."""
    with path.open("wb") as plain, _packed(path) as packed:

        def write(piece: bytes) -> None:
            plain.write(piece)
            packed.write(piece)

        yield write


def _same_file(whole: Path, path: Path) -> None:
    """One file under two names, or a copy where the file system has no links."""
    try:
        os.link(whole, path)
    except OSError:
        shutil.copyfile(whole, path)


def _packed(path: Path) -> gzip.GzipFile:
    """The compressed file beside a plain one; the same content gives the same bytes."""
    return gzip.GzipFile(f"{path}.gz", "wb", compresslevel=LEVEL, mtime=0)


def _batches(snapshot: Snapshot) -> Iterator[list[Site]]:
    rows = iter(range(snapshot.index.size))
    while batch := list(islice(rows, AT_ONCE)):
        yield snapshot.sites(batch)


def _clear(newest: Path) -> None:
    """Remove files of versions replaced long ago, and what a killed publish left behind."""
    folders = [folder for folder in newest.parent.iterdir() if folder != newest]
    folders.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    unfinished = [f for f in folders if f.name.startswith("making-")]
    whole = [f for f in folders if not f.name.startswith("making-")]
    for folder in (*unfinished, *whole[KEPT - 1 :]):
        shutil.rmtree(folder, ignore_errors=True)
