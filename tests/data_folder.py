"""The tests' data folder: one snapshot of the carried editions, built once and never written again.

Its name is a digest of the checkout's path and of everything that makes the snapshot, so two
checkouts do not meet and changed code or data never meets an old snapshot. A test that writes asks
for `own_data`. Pytest loads this module before it reads the settings (``-p`` in pyproject.toml).
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[1]
BUILDER = "waypost.editions.pipeline"  # the module whose `build` makes a snapshot
SNAPSHOT = "snapshot.sqlite3"
KEY = "secret_key"
DOWNLOADS = "downloads"
ODD_NAME = "my data #1?mode=memory&x=%41"
"""What a test's own folder is called: a place for SQLite, for programs and for the web alike."""

_IN_USE = "WAYPOST_TESTS_FOLDER"  # the folder that a session uses, for its workers


class SharedFolderWritten(AssertionError):
    """A test wants to write into the folder that all tests read."""


def sources() -> list[Path]:
    """Every file that makes the snapshot: the modules that the builder imports, directly or not,
    the data of their rooms, and the versions of the libraries."""
    graph = grimp.build_graph("waypost", cache_dir=None)
    modules = graph.find_upstream_modules(BUILDER) | {BUILDER}
    code = [ROOT / "src" / Path(*module.split(".")) for module in modules]
    above = {
        parent / "__init__.py"
        for path in code
        for parent in path.parents
        if ROOT / "src" in parent.parents
    }
    files = above | {path.with_suffix(".py") for path in code}
    rooms = {ROOT / "src" / Path(*module.split(".")[:2]) for module in modules}
    data = [
        p
        for room in rooms
        for p in room.rglob("*")
        if p.is_file() and not p.name.endswith((".py", ".pyc"))
    ]
    return sorted(p for p in {*files, *data, ROOT / "uv.lock"} if p.exists())


def digest(files: Iterable[Path], root: Path = ROOT) -> str:
    """What these files are called and hold, in sixteen letters; when they were written is no part."""
    whole = hashlib.sha256(sys.version.encode())
    for path in files:
        whole.update(f"{path.relative_to(root)} {path.stat().st_size}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def folder_of(checkout: Path) -> Path:
    """Where the folders of one checkout stand, in the system's temporary place."""
    name = hashlib.sha256(os.fsencode(checkout)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"waypost-tests-{os.getuid()}" / name


def _folder() -> Path:
    """This session's folder: a worker takes the one that the process that started it named."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return Path(os.environ[_IN_USE])
    return folder_of(ROOT) / digest(sources())


FOLDER = _folder()


def _begin() -> None:
    """Give the settings and the programs that tests start this folder, and no setting of the reader's."""
    for name in [n for n in os.environ if n.startswith("WAYPOST_")]:
        del os.environ[name]
    # Tests start many programs: without its bytecode each would compile the whole house anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    os.environ[_IN_USE] = os.environ["WAYPOST_DATA_DIR"] = str(FOLDER)
    # The settings are read before the folder stands: until then they need a key (see the conftest).
    os.environ["WAYPOST_SECRET_KEY"] = secrets.token_urlsafe(48)
    os.environ["WAYPOST_PRIVATE_SECRET_KEY"] = secrets.token_urlsafe(48)
    keys = Path(tempfile.mkdtemp(prefix="waypost-keys-"))
    atexit.register(shutil.rmtree, keys, ignore_errors=True)
    os.environ["WAYPOST_PRIVATE_KEYS"] = str(keys / "record-keys")


_begin()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock between the processes of every session of this checkout."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def shared_folder() -> Path:
    """The folder with the snapshot; the first process that asks builds it, the others wait."""
    with _locked(FOLDER.parent / "lock"):
        _keep(FOLDER)
        if not FOLDER.exists():
            _build(FOLDER)
        _remove_old(FOLDER)
    return FOLDER


def _build(folder: Path) -> None:
    """Build under another name, make it read-only, then give it its name."""
    making = folder.with_suffix(".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    import_module(BUILDER).build(making, datetime.now(UTC), accept=True)
    (making / KEY).write_text(secrets.token_urlsafe(48))
    for path in making.rglob("*"):
        if path.is_dir():
            path.chmod(0o555)
        elif path.name in {SNAPSHOT, KEY} or path.is_relative_to(making / DOWNLOADS):
            path.chmod(0o444)
        else:
            path.unlink()  # the publisher's lock
    making.chmod(0o555)
    making.rename(folder)


_kept: dict[Path, int] = {}  # open files, whose locks end with this process


def _keep(folder: Path) -> None:
    """Say, until this process ends, that the folder is in use."""
    if folder not in _kept:
        _kept[folder] = os.open(folder.with_suffix(".used"), os.O_CREAT | os.O_RDWR)
        fcntl.flock(_kept[folder], fcntl.LOCK_SH)


def _remove_old(folder: Path) -> None:
    """Remove what earlier contents of this checkout left and no session reads any more."""
    for mark in folder.parent.glob("*.used"):
        old = mark.with_suffix("")
        if old == folder:
            continue
        with mark.open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            if old.exists():
                for inner in (old, *filter(Path.is_dir, old.rglob("*"))):
                    inner.chmod(0o755)
                shutil.rmtree(old)
            mark.unlink()


# Whose every write is refused, in this process: permissions do not hold for root.
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate",
    "os.chmod", "shutil.rmtree",
}  # fmt: skip
_INSIDE = f"{FOLDER}{os.sep}"


def _inside(path: object) -> bool:
    if not isinstance(path, str | bytes | os.PathLike):
        return False  # an open file's number
    return os.fsdecode(path).startswith(_INSIDE)


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Raise `SharedFolderWritten` where a file of the shared folder is about to be changed."""
    if event == "open":
        path, _, flags = arguments
        written = isinstance(flags, int) and flags & _WRITES and _inside(path)
    elif event == "sqlite3.connect":  # opens as if to write what it only reads: a new file counts
        path = arguments[0]
        written = _inside(path) and not Path(os.fsdecode(path)).exists()  # type: ignore[arg-type]
    else:  # of a link, what it leads to is only read
        changed = arguments[1:] if event in {"os.link", "os.symlink"} else arguments
        written = event in _CHANGES and any(map(_inside, changed))
    if written:
        raise SharedFolderWritten(
            f"{event} {arguments}: all tests read this folder; ask for the fixture `own_data`"
        )


sys.addaudithook(refuse)


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The shared folder with a snapshot of all carried editions; it is only read."""
    return shared_folder()


@pytest.fixture
def own_data(data_dir: Path, tmp_path_factory, settings, monkeypatch) -> Path:
    """A data folder of this test and of what it starts, with the shared snapshot: it may be written."""
    folder: Path = tmp_path_factory.mktemp(ODD_NAME)
    link_snapshot(folder)
    settings.WAYPOST_DATA_DIR = folder
    monkeypatch.setenv("WAYPOST_DATA_DIR", str(folder))
    return folder


def link_snapshot(folder: Path) -> None:
    """Put the shared snapshot into a folder; a publish there replaces the link, not the file."""
    (folder / SNAPSHOT).symlink_to(shared_folder() / SNAPSHOT)
    (folder / DOWNLOADS).mkdir()
    for files in (shared_folder() / DOWNLOADS).iterdir():
        (folder / DOWNLOADS / files.name).symlink_to(files)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A session whose servers wrote into the shared folder has failed."""
    if FOLDER.exists() and (
        extra := {p.name for p in FOLDER.iterdir()} - {SNAPSHOT, KEY, DOWNLOADS}
    ):
        written = ", ".join(sorted(extra))
        sys.stderr.write(f"\nFAILED: {written} was written into {FOLDER}, which is only read\n")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
