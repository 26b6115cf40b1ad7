"""The two processes as they really run: what the public one cannot see of the private one."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from data_folder import link_snapshot
from flood import flooded, milliseconds, percentile
from running import PATIENCE, answer_of, held_port, logged, until

WAYPOST = str(Path(sys.executable).with_name("waypost"))
CANARY = "CANARY-private-7f3a91"

WITH_DJANGO = (
    "import django, runpy, sys; django.setup(); del sys.argv[0]; "
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)
"""Runs a file by itself with the settings of its environment."""

ASK_ALL = """
import json, sys, django; django.setup()
from django.db import DatabaseError, connection
from waypost.config import urls, wsgi
def refused(table):
    try:
        connection.cursor().execute(f'SELECT * FROM "{table}"')
    except DatabaseError as error:
        return "no such table" in str(error)
private = ("waypost.accounts", "waypost.desk", "waypost.treatment", "waypost.personal", "allauth")
loaded = [m for m in sys.modules if m.startswith(private)]
loaded += [m for m in sys.modules if m.startswith("waypost.texting") and m.endswith((".models", ".actions", ".queries"))]
print(json.dumps({"refused": [t for t in sys.argv[1:] if refused(t)], "models": loaded}))
"""
"""Asks every table of the private process of the public one's database, and names what is loaded."""


class Running:
    """`waypost serve` with both processes: their addresses, and the public workers' ids."""

    def __init__(self, public: str, desk: str, server: subprocess.Popen[bytes], folder: Path):
        self.public, self.desk, self.server, self.folder = public, desk, server, folder

    def workers(self) -> dict[str, list[int]]:
        """Process ids of the workers by the settings in their environment."""
        found: dict[str, list[int]] = {"public": [], "private": []}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                environment = (entry / "environ").read_bytes()
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if str(self.folder).encode() not in environment or b"http_server" not in words:
                continue
            kind = "private" if b"private_settings" in environment else "public"
            found[kind].append(int(entry.name))
        return found


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("both")
    link_snapshot(folder)
    with held_port() as public, held_port() as desk:
        yield from _both(folder, public, desk)


def _both(folder: Path, public: int, desk: int) -> Iterator[Running]:
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"} | {
        "WAYPOST_DATA_DIR": str(folder),
        "WAYPOST_PRIVATE_SECRET_KEY": CANARY + "x" * 40,
        "WAYPOST_PRIVATE_BASE_URL": f"http://localhost:{desk}",
    }
    words = [WAYPOST, "serve", "--port", str(public), "--desk-port", str(desk), "--workers", "1"]
    at = [f"http://127.0.0.1:{port}" for port in (public, desk)]
    with logged(words, folder / "log", env) as server:
        for address in (f"{at[0]}/", f"{at[1]}/account/login/"):
            answer_of(address, server, folder / "log")
        yield Running(*at, server, folder)


def test_each_serves_its_own_pages_and_none_of_the_others(running: Running) -> None:
    assert "ZIP" in httpx.get(running.public + "/", timeout=PATIENCE).text
    login = httpx.get(running.desk + "/", follow_redirects=True, timeout=PATIENCE)
    assert login.url.path == "/account/login/" and "password" in login.text
    assert httpx.get(running.public + "/account/login/", timeout=PATIENCE).status_code == 404
    assert httpx.get(running.desk + "/find?near=78701", timeout=PATIENCE).status_code == 404


def test_the_public_process_has_no_path_to_what_is_private(running: Running) -> None:
    """Its environment, its open files and its memory map: no key, no database, no model."""
    workers = running.workers()
    assert workers["public"] and workers["private"]
    for process in workers["public"]:
        proc = Path("/proc") / str(process)
        environment = (proc / "environ").read_bytes()
        assert CANARY.encode() not in environment and b"WAYPOST_PRIVATE_" not in environment
        held = [str(link.readlink()) for link in (proc / "fd").iterdir() if link.exists()]
        assert not [path for path in held if "private" in path]
        maps = (proc / "maps").read_text()
        assert not re.search(r"allauth|argon2|ortools|private\.sqlite3|record-keys", maps)
        assert not _memory_holds(process, CANARY.encode())
    assert any(_memory_holds(process, CANARY.encode()) for process in workers["private"])


def _memory_holds(process: int, text: bytes) -> bool:
    """Whether a process's readable, writable memory holds these bytes."""
    with Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            span, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            memory.seek(start)
            try:
                if text in memory.read(end - start):
                    return True
            except (OSError, ValueError, OverflowError):
                continue
    return False


def test_a_query_of_the_private_tables_fails_under_the_public_settings(running: Running) -> None:
    from django.apps import apps

    from waypost.config.databases import QUEUE_APPS

    private = [m for m in apps.get_models() if m._meta.app_label not in {*QUEUE_APPS, "audit"}]
    tables = sorted(m._meta.db_table for m in private)
    rooms = {m.__module__.split(".")[1] for m in private if m.__module__.startswith("waypost.")}
    assert rooms >= {"accounts", "desk", "texting", "treatment"} and len(tables) > 40
    env = {k: v for k, v in os.environ.items() if not k.startswith("WAYPOST_PRIVATE_")} | {
        "WAYPOST_DATA_DIR": str(running.folder),
        "DJANGO_SETTINGS_MODULE": "waypost.config.settings",
    }
    words = [sys.executable, "-c", ASK_ALL, *tables]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"refused": tables, "models": []}


def test_the_private_folder_is_its_owners_alone(running: Running) -> None:
    folder = running.folder / "private"
    assert folder.stat().st_mode & 0o077 == 0
    for file in folder.rglob("*"):
        if file.is_file():
            assert file.stat().st_mode & 0o077 == 0, file


def test_the_desk_answers_while_the_public_site_is_flooded(running: Running) -> None:
    """How much slower it becomes is measured by `make bench`, never asserted here."""
    page = f"{running.desk}/account/login/"
    idle = milliseconds(page, 20)
    with flooded(running.public, 24) as statuses:
        busy = milliseconds(page, 40)  # each one is answered with 200
        until(lambda: len(statuses) >= 50, "flood")
    sys.stdout.write(
        f"desk p99: idle {percentile(idle, 0.99):.0f} ms, flooded {percentile(busy, 0.99):.0f} ms\n"
    )
    assert 200 in statuses
    assert httpx.get(running.public + "/help-now", timeout=PATIENCE).status_code == 200


def test_the_desk_comes_first_on_a_busy_machine(running: Running) -> None:
    workers = running.workers()
    nice = {
        kind: {os.getpriority(os.PRIO_PROCESS, i) for i in ids} for kind, ids in workers.items()
    }
    desk = max(nice["private"])
    assert min(nice["public"]) == min(desk + 5, 19)


def test_public_pages_set_no_cookie_and_read_none_even_of_who_is_signed_in(
    running: Running,
) -> None:
    """A browser sends the desk's cookies to every port of its host: the public site is deaf to them."""
    with httpx.Client(timeout=PATIENCE, follow_redirects=True) as desk:
        assert "set-cookie" in desk.get(running.desk + "/account/login/").headers
        link = _elsewhere(running, "-m", "waypost.config.command", "staff", "invite", "ana@example.org", private=True, line=0)  # fmt: skip
        path = f"{running.desk}/invitation/{link.rpartition('/')[2]}"
        form = desk.get(path).text
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[0]
        sent = {"csrfmiddlewaretoken": token, "name": "Ana", "password": "violet harbor mule 41"}
        assert (
            desk.post(path, data=sent, headers={"Origin": running.desk}).url.path == "/account/2fa/"
        )
        cookies = {"Cookie": "; ".join(f"{c.name}={c.value}" for c in desk.cookies.jar)}
    assert "waypost-desk=" in cookies["Cookie"]
    for path in ("/", "/find?near=78701", "/guide", "/coverage", "/help-now", "/account/login/"):
        bare, with_them = (httpx.get(running.public + path, headers=h, timeout=PATIENCE) for h in ({}, cookies))  # fmt: skip
        assert "set-cookie" not in with_them.headers and "set-cookie" not in bare.headers
        assert "cookie" not in with_them.headers.get("vary", "").lower(), path
        assert with_them.status_code == bare.status_code and "Sign out" not in with_them.text, path


def _elsewhere(running: Running, *words: str, private: bool = False, line: int = -1) -> str:
    """What a program that was started beside the running ones prints, on their data."""
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    env |= {"WAYPOST_DATA_DIR": str(running.folder)}
    if private:
        env |= {
            "WAYPOST_PRIVATE_SECRET_KEY": CANARY + "x" * 40,
            "DJANGO_SETTINGS_MODULE": "waypost.config.private_settings",
        }
    done = subprocess.run(
        [sys.executable, *words], env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[line]


def test_a_place_that_is_taken_is_out_of_the_search_with_the_next_short_publish(
    running: Running,
) -> None:
    """From the private database over the claims queue and the snapshot to the public answer."""
    of_one = f"{running.public}/api/v1/search?near=78701&within=nearest&opening=1"
    any_site = httpx.get(of_one, timeout=PATIENCE).json()["results"][0]
    site = any_site["site"]["id"]
    act = ("-c", WITH_DJANGO, str(Path(__file__).with_name("taking_a_place.py")))
    publish = ("-m", "waypost.config.command", "publish", "--only-claims")

    def with_an_opening() -> list[str]:
        answer = httpx.get(f"{of_one}&hours=fit", timeout=PATIENCE).json()
        return [program["site"]["id"] for program in answer["results"]]

    assert with_an_opening() == []
    assert _elsewhere(running, *act, "begin", site, private=True) == "[1]"
    assert with_an_opening() == [], "what was not published is not shown"
    _elsewhere(running, *publish)
    until(lambda: with_an_opening() == [site], "the opening in the search")
    assert _elsewhere(running, *act, "take", private=True) == "[0]"
    _elsewhere(running, *publish)
    until(lambda: with_an_opening() == [], "the place that was taken to leave the search")


def test_the_desk_may_be_started_first(tmp_path: Path) -> None:
    """Its start makes its own tables alone: the public process still finds and makes all of its own."""
    link_snapshot(tmp_path)
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    env |= {"WAYPOST_DATA_DIR": str(tmp_path)}
    for words in (("staff", "list"), ("claims", "list")):
        done = subprocess.run(
            [sys.executable, "-m", "waypost.config.command", *words],
            env=env, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(tmp_path / "waypost.sqlite3")) as queue:
        tables = {name for (name,) in queue.execute("SELECT name FROM sqlite_master")}
    assert {"directory_listingreport", "audit_event"} <= tables
