"""What every test starts from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core import signals
from django.db import close_old_connections
from django.test import client
from django.utils import translation

pytest_plugins = ["browsing"]

# The private process has settings of its own, and so its tests have a session of their own.
PRIVATE = os.environ.get("DJANGO_SETTINGS_MODULE") == "waypost.config.private_settings"
collect_ignore = [] if PRIVATE else ["private"]


def _leave_connections(**_: object) -> None:
    """Nothing: see below."""


# A streamed answer that is closed would ask the database whether it is still there; in a test
# without a database that is a fault of the test's making (Django's own client does the same).
signals.request_started.disconnect(close_old_connections)
signals.request_finished.disconnect(close_old_connections)
client.close_old_connections = _leave_connections  # Django's client puts it back after a request

# The settings are read by now. What a test starts takes its key from its data folder, as it would
# on an operator's machine.
os.environ.pop("WAYPOST_SECRET_KEY", None)
os.environ.pop("WAYPOST_PRIVATE_SECRET_KEY", None)


@pytest.fixture(scope="session")
def snapshot(data_dir: Path):
    """The snapshot of the carried editions."""
    from waypost.serving.process import current_snapshot

    return current_snapshot()


# Rooms that read no snapshot: a session with tests of these alone builds none.
WITHOUT_SNAPSHOT = {
    "architecture",
    "audit",
    "config",
    "deploy",
    "places",
    "search",
    "treatment",
    "values",
    "x12",
    "private/accounts",
    "private/architecture",
    "private/audit",
    "private/treatment",
}


def _room(path: Path) -> str:
    """The room that a file of tests is of; the private session's rooms are each their own."""
    first, second, *_ = (*path.parts, "")
    return f"{first}/{second}" if first == "private" else first


@pytest.fixture(scope="session", autouse=True)
def _snapshot_for_doors(request: pytest.FixtureRequest) -> None:
    """Most tests read the snapshot through the settings: build it before they start."""
    tests = request.config.rootpath / "tests"
    rooms = {_room(item.path.relative_to(tests)) for item in request.session.items}
    if rooms - WITHOUT_SNAPSHOT:
        request.getfixturevalue("data_dir")


@pytest.fixture(autouse=True)
def _language_of_its_own() -> None:
    """A page asked for in Spanish leaves its worker in Spanish: the next test starts in English."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _limits_of_its_own() -> None:
    """What one test asked often does not count against the next."""
    from waypost.limits.limit import forget

    forget()


@pytest.fixture(autouse=True)
def _doubts_of_its_own(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask once a minute which numbers callers doubt: in a test without a database, none."""
    if PRIVATE:
        return
    from waypost.serving import process

    has_database = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if has_database or request.node.get_closest_marker("django_db"):
        made = process.Doubts()
    else:
        made = process.Doubts(lambda _today: {})
    monkeypatch.setattr(process.this_process(), "doubts", made)
    monkeypatch.setattr(process, "Doubts", lambda: made)
