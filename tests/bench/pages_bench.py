"""Whole pages over HTTP: Waypost beside a Django site on PostGIS, loaded by wrk."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from bench import postgres_server
from bench.pages_rival import fill
from bench.search_directories import real
from running import held_port
from waypost.places.gazetteer import load_gazetteer
from waypost.places.place import Found

TESTS = Path(__file__).resolve().parents[1]
WORKERS = 2
CONNECTIONS = 8
SECONDS = 8
ZIPS = (
    "78701",
    "10001",
    "90012",
    "60601",
    "77002",
    "85003",
    "19104",
    "33101",
    "98104",
    "02108",
    "80202",
    "30303",
    "48226",
    "63101",
    "97204",
    "55401",
    "37203",
    "87102",
    "59715",
    "99801",
)
CHOICES: tuple[dict[str, str], ...] = (
    {},
    {"payment": "medicaid"},
    {"payment": "private", "group": "women"},
    {"payment": "medicaid", "therapy": "cbt"},
)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Load:
    """What wrk measured: answers a second, milliseconds, and answers that were not 200."""

    a_second: float
    p50: float
    p95: float
    bad: int


def run(snapshot: Path, *, quick: bool, say: Say) -> None:
    """Print the table."""
    _cold_start(snapshot, say)
    _every_page(snapshot, say)
    _templates(snapshot, say)
    say("\nPages and JSON: 2 workers, wrk with 8 connections on the same machine")
    if not shutil.which("wrk"):
        say("wrk is not installed (Debian: apt-get install wrk): left out.")
        return
    seconds = 2 if quick else SECONDS
    say(f"{'what':<52}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}{'not 200':>9}")
    near = [{"near": z} for z in ZIPS]
    with _served("bench.bare_site:application", snapshot, {}) as bare:
        _row(
            say,
            "a bare Django view, small JSON (a yardstick)",
            _load(bare, "/small", near, seconds),
        )
    with ExitStack() as stack:
        ours = stack.enter_context(_served("waypost.config.wsgi:application", snapshot, {}))
        asked = [{"near": z, **c} for z in ZIPS for c in CHOICES]
        totals = [_total(ours, f"/api/v1/search?{urlencode(q)}") for q in asked]
        for what, path in (("results page, HTML", "/find"), ("search, JSON", "/api/v1/search")):
            for packed in (False, True):
                name = f"Waypost, {what}{', gzip' if packed else ''}"
                _row(say, name, _load(ours, path, asked, seconds, packed=packed))
        for what, path in (("results page, HTML", "/find"), ("search, JSON", "/api/v1/search")):
            name = f"Waypost, {what}, no address twice"
            _row(say, name, _load(ours, path, _never_twice(), seconds))
        if not postgres_server.available():
            say("PostGIS is not installed (tests/bench/postgres_setup.sh): left out.")
            return
        dsn = stack.enter_context(postgres_server.running())
        fill(dsn, snapshot, real(snapshot))
        port = dsn.split("port=")[1].split()[0]
        app = "bench.django_postgis.rival_site:application"
        rival = stack.enter_context(_served(app, snapshot, {"WAYPOST_RIVAL_PORT": port}))
        placed = [_placed(q) for q in asked]
        found = [_total(rival, f"/search?{urlencode(q)}") for q in placed]
        if found != totals:
            raise AssertionError(f"the rival found {found}, we found {totals}")
        _row(say, "Django on PostGIS, results page, HTML", _load(rival, "/find", placed, seconds))
        _row(say, "Django on PostGIS, search, JSON", _load(rival, "/search", placed, seconds))


def _cold_start(snapshot: Path, say: Say) -> None:
    """A worker's seconds to its first answer and its memory, the best of three."""
    script = [sys.executable, str(Path(__file__).with_name("pages_cold_start.py"))]
    runs = []
    for _ in range(3):
        done = subprocess.run(
            script, env=_environment(snapshot), capture_output=True, text=True, check=True
        )
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    best = min(runs, key=lambda run: run["ready to answer"])
    say("\nCold start of a worker, seconds: " + ", ".join(f"{k} {v}" for k, v in best.items()))
    bare = [sys.executable, str(Path(__file__).with_name("bare_start.py"))]
    seconds = min(
        float(subprocess.run(bare, capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )
    ratio = best["ready to answer"] / seconds
    say(f"A bare Django worker: ready to answer {seconds:.3f}; ours takes {ratio:.1f} times that")


def _every_page(snapshot: Path, say: Say) -> None:
    """Each kind of page for one visitor: milliseconds in the process, kB as compressed."""
    say("\nEvery kind of page, one visitor at a time, without the network")
    say(f"{'page':<52}{'p50 ms':>9}{'p95 ms':>9}{'kB':>7}")
    script = [sys.executable, str(Path(__file__).with_name("every_page.py"))]
    done = subprocess.run(
        script, env=_environment(snapshot), capture_output=True, text=True, check=True
    )
    for row in map(json.loads, done.stdout.splitlines()):
        say(f"{row['page']:<52}{row['p50']:>9.2f}{row['p95']:>9.2f}{row['kB']:>7.1f}")


SHORTCUTS = {
    "sentences": "sentences put in place for each language (design.in_place)",
    "cards": "cards rendered once and filled in (web.find.cards)",
    "boxes": "choices rendered once around their count (web.find.facet_form)",
}


def _templates(snapshot: Path, say: Say) -> None:
    """What each shortcut buys: results pages a second of processor time, the best of three."""
    script = [sys.executable, str(Path(__file__).with_name("templates_cost.py"))]
    environment = _environment(snapshot)
    best = {
        how: max(_rate([*script, how], environment) for _ in range(3))
        for how in ("ours", *SHORTCUTS)
    }
    say(f"\nResults pages a second of the processor, no address twice: {best['ours']:.0f}")
    for how, words in SHORTCUTS.items():
        say(f"without {words}: {best[how]:.0f} ({best['ours'] / best[how]:.2f} times)")


def _rate(command: list[str], environment: dict[str, str]) -> float:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _environment(snapshot: Path) -> dict[str, str]:
    return {**os.environ, "WAYPOST_DEBUG": "0", "WAYPOST_DATA_DIR": str(snapshot.parent)}


def _row(say: Say, name: str, load: Load) -> None:
    say(f"{name:<52}{load.a_second:>10,.0f}{load.p50:>9.2f}{load.p95:>9.2f}{load.bad:>9}")


def _placed(query: dict[str, str]) -> dict[str, str]:
    """The same question with coordinates: the rival has no gazetteer."""
    place = load_gazetteer().resolve(query["near"])
    assert isinstance(place, Found)
    rest = {name: value for name, value in query.items() if name != "near"}
    point = place.place.point
    return {"lat": repr(point.lat), "lon": repr(point.lon), **rest}


def _never_twice() -> list[dict[str, str]]:
    """Thousands of points around the cities: nothing that was kept of an answer helps another."""
    rng = random.Random(2)
    found = []
    for i in range(12_000):
        placed = _placed({"near": ZIPS[i % len(ZIPS)], **CHOICES[i % len(CHOICES)]})
        lat = float(placed.pop("lat")) + rng.uniform(-0.2, 0.2)
        lon = float(placed.pop("lon")) + rng.uniform(-0.2, 0.2)
        found.append({"near": f"{lat:.4f},{lon:.4f}", **placed})
    return found


@contextmanager
def _served(app: str, snapshot: Path, settings: dict[str, str]) -> Iterator[str]:
    """A server on a free port; gives its address."""
    port = free_port()
    words = [app, "--port", str(port), "--workers", str(WORKERS)]
    environment = {**_environment(snapshot), "PYTHONPATH": str(TESTS), **settings}
    server = subprocess.Popen(
        [sys.executable, "-m", "waypost.http_server", *words],
        env=environment,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(10)


def free_port() -> int:
    """A port that was free a moment ago."""
    with held_port() as port:
        return port


def _wait(address: str) -> None:
    for _ in range(150):
        try:
            urlopen(address, timeout=5).close()
        except HTTPError:
            return  # an answer, whatever it says
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing answers at {address}")


def _total(address: str, path: str) -> int:
    with urlopen(Request(address + path), timeout=10) as answer:
        total: int = json.load(answer)["total"]
        return total


def _load(
    address: str, path: str, asked: list[dict[str, str]], seconds: int, *, packed: bool = False
) -> Load:
    """Ask in random order, once for a second to warm up, then for as long as told."""
    urls = [f"{path}?{urlencode(q)}" for q in asked]
    random.Random(1).shuffle(urls)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(urls) + "\n")
        listed.flush()
        _wrk(address, 1, listed.name, packed=packed)
        return _wrk(address, seconds, listed.name, packed=packed)


def _wrk(address: str, seconds: int, urls: str, *, packed: bool) -> Load:
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    words += ["-s", str(Path(__file__).with_name("pages_load.lua"))]
    words += ["-H", f"Accept-Encoding: {'gzip' if packed else 'identity'}", address]
    done = subprocess.run(
        words,
        env={**os.environ, "WAYPOST_BENCH_URLS": urls},
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(x for x in done.stdout.splitlines() if x.startswith("FIGURES"))
    _, a_second, p50, p95, bad = line.split()
    return Load(float(a_second), float(p50), float(p95), int(bad))
