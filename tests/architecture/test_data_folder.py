"""The tests' shared folder: whose it is, what it depends on, and that nothing writes into it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import data_folder
from data_folder import FOLDER, ROOT, SharedFolderWritten, digest, folder_of, sources
from running import PATIENCE


def test_each_checkout_has_a_folder_of_its_own() -> None:
    here, beside = folder_of(ROOT), folder_of(ROOT.with_name(ROOT.name + "-beside"))
    assert here != beside and here.parent == beside.parent
    assert FOLDER.parent == here


def test_everything_that_makes_the_snapshot_is_in_its_name() -> None:
    names = {
        str(path.relative_to(ROOT / "src" / "waypost")) for path in sources() if "src" in path.parts
    }
    builder = Path(*data_folder.BUILDER.split(".")[1:]).with_suffix(".py")
    assert str(builder) in names
    assert {
        "publishing/schema.sql",
        "directory/data/facets.toml",
        "places/data/zips.csv.gz",
    } <= names
    assert {
        f"{room}/__init__.py" for room in ("directory", "sources", "publishing", "values")
    } <= names
    assert not [name for name in names if name.startswith(("web/", "api/", "design/"))]
    assert ROOT / "uv.lock" in sources()


def test_other_content_is_another_folder_and_a_newer_date_is_none(tmp_path: Path) -> None:
    files = [tmp_path / "a.py", tmp_path / "b.csv"]
    for path in files:
        path.write_text("1")
    before = digest(files, tmp_path)
    os.utime(files[0], (1, 1))
    assert digest(files, tmp_path) == before
    files[0].write_text("2")
    assert digest(files, tmp_path) != before
    files[0].write_text("1")
    assert digest(files, tmp_path) == before
    assert digest(files[:1], tmp_path) != before


def test_nothing_in_this_process_writes_into_it() -> None:
    inside = FOLDER / "anything"
    writes = [
        lambda: inside.write_text("x"),
        lambda: inside.open("a"),
        inside.mkdir,
        lambda: inside.symlink_to(FOLDER),
        (FOLDER / "snapshot.sqlite3").unlink,
        lambda: (FOLDER / "snapshot.sqlite3").chmod(0o644),
        lambda: Path(__file__).rename(inside),
        lambda: sqlite3.connect(inside),
    ]
    for write in writes:
        with pytest.raises(SharedFolderWritten, match="own_data"):
            write()
    assert not inside.exists()


def test_a_session_whose_servers_wrote_into_it_fails(tmp_path: Path) -> None:
    """A whole session in a temporary place of its own, with a program that writes."""
    (tmp_path / "test_it.py").write_text(
        "import os, subprocess, sys\n"
        "def test_it():\n"
        "    folder = os.environ['WAYPOST_DATA_DIR']\n"
        "    code = 'import os; os.makedirs(%r, exist_ok=True); open(%r, \"w\")'\n"
        "    subprocess.run([sys.executable, '-c', code % (folder, folder + '/left')], check=True)\n"
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    session = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml", "-p", "no:cacheprovider",
         tmp_path / "test_it.py"],
        cwd=ROOT, env=env | {"TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=False,
        timeout=PATIENCE,
    )  # fmt: skip
    assert "1 passed" in session.stdout, session.stdout
    assert "left was written into" in session.stderr and session.returncode == 1


def test_it_is_built_once_and_read_only_and_old_ones_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path] = []

    class Builder:
        @staticmethod
        def build(folder: Path, now: object, accept: bool) -> None:
            built.append(folder)
            (folder / "snapshot.sqlite3").write_text("whole")
            (folder / "publish.lock").touch()

    monkeypatch.setattr(data_folder, "import_module", lambda _: Builder)
    checkout = tmp_path / "checkout"
    for name in ("old", "new", "new"):
        monkeypatch.setattr(data_folder, "FOLDER", checkout / name)
        held: dict[Path, int] = {}
        monkeypatch.setattr(data_folder, "_kept", held)
        assert data_folder.shared_folder() == checkout / name
        os.close(held[checkout / name])  # that session ends
    assert [path.name for path in built] == ["old.making", "new.making"]
    assert {path.name for path in checkout.iterdir()} == {"lock", "new", "new.used"}
    new = checkout / "new"
    assert {path.name for path in new.iterdir()} == {"snapshot.sqlite3", "secret_key"}
    modes = [
        path.stat().st_mode & 0o777 for path in (new, new / "snapshot.sqlite3", new / "secret_key")
    ]
    assert modes == [0o555, 0o444, 0o444]
    new.chmod(0o755)  # for whoever removes the temporary place


def test_a_folder_that_another_session_reads_stays(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    held: dict[Path, int] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data_folder, "_kept", held)
        data_folder._keep(old)
        data_folder._remove_old(tmp_path / "new")
        assert old.exists()
    os.close(held[old])  # that session ends
    data_folder._remove_old(tmp_path / "new")
    assert not old.exists()
