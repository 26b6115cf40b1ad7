"""The files for download: made with a publish, all or none, and old ones cleared away."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import time
from pathlib import Path

import pytest

from publishing.test_publishing_reader import made, publish
from waypost.directory.site import Site
from waypost.editions import beside
from waypost.editions.downloads import files, making
from waypost.editions.downloads.files import FOLDER, DownloadKind, download_path, write_downloads
from waypost.publishing.reader import Snapshot


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return Snapshot(publish(tmp_path, [made(number) for number in range(30)]))


def held(folder: Path, version: str, kind: DownloadKind, *, packed: bool = False) -> bytes:
    return download_path(folder, version, kind, packed=packed).read_bytes()


def test_every_file_stands_there_plain_and_compressed(tmp_path: Path, snapshot: Snapshot) -> None:
    write_downloads(tmp_path, snapshot)
    for kind in DownloadKind:
        plain = held(tmp_path, snapshot.version, kind)
        assert (
            plain and gzip.decompress(held(tmp_path, snapshot.version, kind, packed=True)) == plain
        )
    lines = held(tmp_path, snapshot.version, DownloadKind.NDJSON).splitlines()
    assert sorted(json.loads(line)["id"] for line in lines) == snapshot.current_ids()
    path = download_path(tmp_path, snapshot.version, DownloadKind.SQLITE, packed=False)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM site WHERE current").fetchone() == (len(lines),)
    connection.close()
    assert path.stat().st_ino == snapshot.path.stat().st_ino  # no copy


def test_the_same_snapshot_gives_the_same_bytes_at_any_time(
    tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_downloads(first, snapshot)
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)
    write_downloads(second, snapshot)
    for kind in DownloadKind:
        for packed in (False, True):
            assert held(first, snapshot.version, kind, packed=packed) == held(
                second, snapshot.version, kind, packed=packed
            )


def test_all_of_them_or_none(
    tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(sites: list[Site]) -> bytes:
        assert sites, "the first sites are to be written when the disk is full"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.csv_lines, "lines", full)
    with pytest.raises(OSError, match="No space"):
        write_downloads(tmp_path, snapshot)
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_the_version_before_stays_and_older_ones_go(tmp_path: Path, snapshot: Snapshot) -> None:
    for number, name in enumerate(("a", "b", "c")):
        (tmp_path / FOLDER / name).mkdir(parents=True)
        os.utime(tmp_path / FOLDER / name, (number, number))
    (tmp_path / FOLDER / "making-left").mkdir()
    write_downloads(tmp_path, snapshot)
    assert {p.name for p in (tmp_path / FOLDER).iterdir()} == {"c", snapshot.version}


def test_they_are_made_beside_a_server_where_they_lack(tmp_path: Path, snapshot: Snapshot) -> None:
    making.make_beside(tmp_path)
    making.make_beside(tmp_path)  # asked for again meanwhile
    (running,) = beside._running.values()
    assert running.wait(120) == 0
    assert held(tmp_path, snapshot.version, DownloadKind.CSV)
