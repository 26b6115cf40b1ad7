"""What every test starts from: one snapshot of the carried editions, built once for the session."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core import signals
from django.db import close_old_connections
from django.test import client

pytest_plugins = ["no_network", "browsing"]

# No test asserts how long anything takes: a busy machine is no fault.
hypothesis.settings.register_profile("waypost", deadline=None)
hypothesis.settings.load_profile("waypost")


def _leave_connections(**_: object) -> None:
    """Nothing: see below."""


# A streamed answer that is closed would ask the database whether it is still there; in a test
# without a database that is a fault of the test's making (Django's own client does the same).
signals.request_started.disconnect(close_old_connections)
signals.request_finished.disconnect(close_old_connections)
client.close_old_connections = _leave_connections  # Django's client puts it back after a request

# The tests have a data folder of their own, never the reader's. pytest-django has read the settings
# by now: what they say is set here, and the environment is for the programs that tests start.
_FOLDER = str(Path(tempfile.gettempdir()) / f"waypost-tests-{os.getuid()}")
os.environ["WAYPOST_DATA_DIR"] = _FOLDER
settings.WAYPOST_DATA_DIR = Path(_FOLDER)


def _stamp() -> str:
    """What the snapshot depends on: the newest change of our code's and data's files."""
    source = Path(__file__).resolve().parents[1] / "src" / "waypost"
    rooms = ("directory", "sources", "publishing", "search", "places", "values")
    files = [p for room in rooms for p in (source / room).rglob("*") if p.suffix != ".pyc"]
    return str(max(p.stat().st_mtime_ns for p in files if p.is_file()))


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder with a snapshot of all carried editions; workers wait for the first to build it."""
    from waypost.editions.pipeline import build

    folder = Path(_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = folder / "stamp"
        if not stamp.exists() or stamp.read_text() != _stamp():
            from datetime import UTC, datetime

            build(folder, datetime.now(UTC), accept=True)
            stamp.write_text(_stamp())
    return folder


@pytest.fixture(scope="session")
def snapshot(data_dir: Path):
    """The snapshot of the carried editions."""
    from waypost.serving.process import current_snapshot

    return current_snapshot()


@pytest.fixture(scope="session", autouse=True)
def _snapshot_for_doors(request: pytest.FixtureRequest) -> None:
    """Tests of the doors read the snapshot through the settings: build it before they start."""
    doors = {"web", "api", "browser", "cli", "coverage", "articles", "levels_of_care"}
    parts = {Path(str(item.path)).parent.name for item in request.session.items}
    if parts & doors:
        request.getfixturevalue("data_dir")
