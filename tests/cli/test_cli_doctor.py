"""`waypost doctor`: each fault is found, and each finding says what to do."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.country import run
from waypost.publishing.file_name import FILE_NAME
from waypost.serving import doctor as doctor_command
from waypost.serving import process
from waypost.serving.doctor import Finding, checks

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path: Path) -> Iterator[Path]:
    """An empty data folder, whose snapshot nobody has open."""
    settings.WAYPOST_DATA_DIR = tmp_path
    yield tmp_path


def found() -> dict[str, Finding]:
    """Every finding by its name."""
    return {finding.name: finding for finding in checks()}


def test_a_whole_installation(data_dir: Path) -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert list(found()) == [
        "folder",
        "space",
        "snapshot",
        "plans",
        "data age",
        "database",
        "clock",
    ]
    assert "note  data age" in result.output  # the carried editions are old: told, and no fault
    assert "waypost sources fetch" in result.output


def test_no_snapshot_and_a_broken_one(folder: Path) -> None:
    assert not found()["snapshot"].well
    assert "waypost publish" in found()["snapshot"].words
    (folder / FILE_NAME).write_bytes(b"no snapshot at all")
    assert "waypost publish" in found()["snapshot"].words
    assert run("doctor").exit_code == 4


def test_one_changed_bit_of_snapshot_or_plans_is_found(folder: Path) -> None:
    from plans.test_plans_import_prices import imported, in_network, item
    from publishing.test_publishing_faults import publish, site

    publish(folder, [site(1), site(2)])
    imported(folder, in_network(item()))
    before = found()
    assert before["snapshot"].well and "unsigned" in before["snapshot"].words
    assert before["plans"].well
    for name, finding in ((FILE_NAME, "snapshot"), ("plans.sqlite3", "plans")):
        whole = (folder / name).read_bytes()
        changed = bytearray(whole)
        changed[len(whole) // 2] ^= 1
        (folder / name).write_bytes(changed)
        process._PROCESS = None  # a doctor of its own, as the command is
        assert not found()[finding].well
        (folder / name).write_bytes(whole)
        process._PROCESS = None
        assert found()[finding].well


@pytest.mark.parametrize("instead", ["mode", "folder", "not a database"])
def test_a_snapshot_that_cannot_be_opened(folder: Path, instead: str) -> None:
    if instead == "folder":
        (folder / FILE_NAME).mkdir()
    else:
        (folder / FILE_NAME).write_bytes(b"no database" * 1000)
    if instead == "mode":
        (folder / FILE_NAME).chmod(0)
    finding = found()["snapshot"]
    assert not finding.well
    assert FILE_NAME in finding.words and "waypost publish" in finding.words


def test_a_folder_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_command.os, "access", lambda *_: False)
    finding = found()["folder"]
    assert not finding.well and "WAYPOST_DATA_DIR" in finding.words


def test_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")(1, 1, 1_000)
    monkeypatch.setattr(doctor_command.shutil, "disk_usage", lambda _: usage)
    finding = found()["space"]
    assert not finding.well and "a publish needs 0.5 GB" in finding.words


def test_a_database_that_is_behind_or_gone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError
    from django.db.migrations.executor import MigrationExecutor

    monkeypatch.setattr(
        MigrationExecutor, "migration_plan", lambda *_: [("a", False), ("b", False)]
    )
    finding = found()["database"]
    assert not finding.well and "needs 2 migrations" in finding.words

    def gone(*_: object) -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(MigrationExecutor, "migration_plan", gone)
    finding = found()["database"]
    assert not finding.well and "WAYPOST_DATABASE_URL" in finding.words


def test_a_clock_that_is_wrong(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found()["clock"].well
    for wrong in (datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)):
        monkeypatch.setattr(doctor_command.timezone, "now", lambda wrong=wrong: wrong)
        finding = found()["clock"]  # before the year of this software, or before the snapshot
        assert not finding.well and "set it" in finding.words


def test_one_fault_does_not_hide_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise PermissionError("not yours")

    monkeypatch.setattr(doctor_command.shutil, "disk_usage", broken)
    words = run("doctor").output
    assert "space: not yours. Set WAYPOST_DATA_DIR" in words
    assert "clock" in words and "Traceback" not in words
