"""The private half on PostgreSQL: a real server on a free port, reports received and decided."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import postgres_server
from required import need

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(900)]  # each of its commands is a program

RACE = """
import os, sys, threading
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "waypost.config.settings"
django.setup()
from django.db import connection
from django.utils import timezone
from waypost.cli.ready import with_database
from waypost.directory.actions import BadReport, accept_report, report_listing
from waypost.directory.faults import DirectoryFault
with_database()
assert connection.vendor == "postgresql", connection.vendor
number = report_listing(site_id="site_x", kind="closed", text="Shut since May\\x00, Núñez says",
                        by="visitor", now=timezone.now())
start, told = threading.Barrier(8), []
def decide(n):
    start.wait(60)
    try:
        accept_report(number=number, value="", by=f"person {n}", now=timezone.now())
        told.append("done")
    except BadReport as error:
        told.append(error.codes)
    connection.close()
threads = [threading.Thread(target=decide, args=(n,)) for n in range(8)]
[t.start() for t in threads]; [t.join(60) for t in threads]
print(told.count("done"), told.count((DirectoryFault.REPORT_MOVE,)))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Settings of a Waypost whose database is a PostgreSQL of its own."""
    need(postgres_server.installed(), "PostgreSQL")
    folder = tmp_path_factory.mktemp("data")
    with postgres_server.running(postgres_server.SMALL) as dsn:
        port = dsn.split("port=")[1].split()[0]
        url = f"postgresql://bench@127.0.0.1:{port}/postgres"
        yield os.environ | {"WAYPOST_DATABASE_URL": url, "WAYPOST_DATA_DIR": str(folder)}


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


def waypost(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return run(environment, "-m", "waypost.config.command", *words)


def test_of_many_who_decide_at_once_one_does(environment: dict[str, str]) -> None:
    done = run(environment, "-c", RACE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["1", "7"]


def test_reports_are_read_and_decided_from_the_command_line(environment: dict[str, str]) -> None:
    store = RACE.partition("start, told")[0] + "print(number)"
    number = run(environment, "-c", store).stdout.strip()
    listed = waypost(environment, "claims", "list")
    assert f"{number}  " in listed.stdout and "Núñez says" in listed.stdout, listed.stderr
    assert waypost(environment, "claims", "accept", number, "--by", "eva").returncode == 0
    again = waypost(environment, "claims", "accept", number, "--by", "eva")
    assert again.returncode != 0
    assert f"Report {number} is accepted; it cannot be accepted now." in again.stderr
    assert number not in waypost(environment, "claims", "list").stdout.split()


def test_no_sqlite_file_is_made(environment: dict[str, str]) -> None:
    assert list(Path(environment["WAYPOST_DATA_DIR"]).glob("*.sqlite3*")) == []
