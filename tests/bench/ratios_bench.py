"""The ratios that must hold, in one run of a few minutes, for machines differ by a factor of six.

python tests/bench/run.py ratios                         this code, beside what it was before
python tests/bench/run.py ratios --before ../other       this code and another checkout's, in turns
python tests/bench/run.py ratios --figure pages          one of them: pages, start, x12, search, large

What is compared takes turns, so that another program on the machine slows all of it alike; each
ratio is the middle one of its rounds. `STORED` are the ratios of the code before this part was
written, from one run of this very program.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench import postgres_server, search_bench, x12_bench
from bench.pages_bench import ZIPS, Say, _environment, _never_twice, _served, _wrk
from bench.search_bench import bench
from bench.search_directories import made_up, real
from bench.search_questions import KINDS
from bench.x12_rivals import python_rivals

TESTS = Path(__file__).resolve().parents[1]
OURS = "waypost.config.wsgi:application"
BARE = "bench.bare_site:application"
LARGE = 3_000_000
ROUNDS = 5
RIVAL_SECONDS = 2.0
"""How long a rival is asked one kind of question; the whole table of `search` takes longer."""

STORED = {"page": 1 / 31.6, "json": 1 / 7.9, "start": 3.6, "memory": 140.0}


@dataclass(frozen=True)
class Ratio:
    """One line: what is compared, what we have, what it must be, and whether less is better."""

    key: str
    words: str
    now: float
    target: float
    less: bool = False
    before: float | None = None

    def line(self) -> str:
        """The line of the table."""
        holds = self.now <= self.target if self.less else self.now >= self.target
        before = STORED.get(self.key) if self.before is None else self.before
        shown = "" if before is None else _shown(before)
        mark = "holds" if holds else "does not hold"
        sign = "at most" if self.less else "at least"
        return f"{self.words:<56}{_shown(self.now):>9}{shown:>9}   {sign} {_shown(self.target)}: {mark}"


def _shown(ratio: float) -> str:
    """A small share as 1/14, others as they are."""
    return f"1/{1 / ratio:.1f}" if 0 < ratio < 0.5 else f"{ratio:.2f}"


def run(snapshot: Path, *, quick: bool, figure: str, before: str, say: Say) -> None:
    """Print the table, a line as soon as it is measured."""
    parts: dict[str, Callable[[], Iterator[Ratio]]] = {
        "pages": lambda: pages(snapshot, quick, before, say),
        "start": lambda: start(snapshot, quick, before),
        "x12": lambda: x12(quick),
        "search": lambda: search(snapshot, 0, quick, say),
        "large": lambda: search(snapshot, 30_000 if quick else LARGE, quick, say),
    }
    chosen = {figure: parts[figure]} if figure else parts
    say("\nThe ratios that must hold (before: " + (before or "as stored in this part") + ")")
    say(f"{'what':<56}{'now':>9}{'before':>9}   target")
    for part in chosen.values():
        for ratio in part():
            say(ratio.line())


def pages(snapshot: Path, quick: bool, before: str, say: Say) -> Iterator[Ratio]:
    """Answers a second over HTTP beside a bare Django view's, each server asked in turns."""
    if not shutil.which("wrk"):
        say("wrk is not installed (Debian: apt-get install wrk): pages and JSON are left out.")
        return
    seconds, rounds = (2, 3) if quick else (4, ROUNDS)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="waypost-ratios-")))
        bare = stack.enter_context(_served(BARE, snapshot, {}))
        asked = {"bare": (bare, _listed(folder, "/small", [{"near": z} for z in ZIPS]))}
        checkouts = {"now": {}} | ({"before": _code_of(before)} if before else {})
        for name, settings in checkouts.items():
            address = stack.enter_context(_served(OURS, snapshot, settings))
            for what, path in (("page", "/find"), ("json", "/api/v1/search")):
                listed = _listed(folder, path, _never_twice())
                asked[f"{what} {name}"] = (address, listed)
        rates: dict[str, list[float]] = {key: [] for key in asked}
        for turn in range(rounds + 1):
            for key, (address, urls) in asked.items():
                load = _wrk(address, seconds if turn else 1, urls, packed=False)
                if load.bad:
                    raise AssertionError(f"{key}: {load.bad} answers were not 200")
                if turn:  # the first is to warm up
                    rates[key].append(load.a_second)
    for what, words, target in (
        ("page", "results page, no address twice, of a bare view's rate", 1 / 14),
        ("json", "search JSON, no address twice, of a bare view's rate", 1 / 6),
    ):
        then = _middle(rates[f"{what} before"], rates["bare"]) if before else None
        now = _middle(rates[f"{what} now"], rates["bare"])
        yield Ratio(what, words, now, target, before=then)


def _listed(folder: Path, path: str, asked: list[dict[str, str]]) -> str:
    """A file of addresses in random order, for wrk."""
    urls = [f"{path}?{urlencode(q)}" for q in asked]
    random.Random(1).shuffle(urls)
    file = folder / f"{path.strip('/').replace('/', '-')}.txt"
    file.write_text("\n".join(urls) + "\n")
    return str(file)


def _code_of(checkout: str) -> dict[str, str]:
    """The setting that makes Python find another checkout's code first."""
    source = Path(checkout).resolve() / "src"
    if not source.is_dir():
        sys.exit(f"{checkout} is no checkout: it has no src folder.")
    return {"PYTHONPATH": f"{source}{os.pathsep}{TESTS}"}


def _middle(rates: list[float], bare: list[float]) -> float:
    """The middle of the rounds' ratios: each round's were measured within seconds."""
    return statistics.median(a / b for a, b in zip(rates, bare, strict=True))


def start(snapshot: Path, quick: bool, before: str) -> Iterator[Ratio]:
    """Seconds until a worker can answer beside a bare one's, and the memory it holds."""
    cold = [sys.executable, str(TESTS / "bench" / "pages_cold_start.py")]
    bare = [sys.executable, str(TESTS / "bench" / "bare_start.py")]
    runs: dict[str, list[dict[str, float]]] = {"now": [], "before": []}
    seconds: list[float] = []
    for turn in range((3 if quick else ROUNDS) + 1):
        then = _started(cold, snapshot, _code_of(before)) if before else {}
        now = _started(cold, snapshot, {})
        alone = float(_output(bare, snapshot, {}))
        if turn:  # the first reads every file into the system's memory
            runs["now"].append(now)
            runs["before"].append(then)
            seconds.append(alone)
    ready = {name: [r["ready to answer"] for r in each if r] for name, each in runs.items()}
    yield Ratio(
        "start",
        "a worker ready to answer, times a bare worker's seconds",
        _middle(ready["now"], seconds),
        2.0,
        less=True,
        before=_middle(ready["before"], seconds) if before else None,
    )
    held = {name: min((r["MB"] for r in each if r), default=None) for name, each in runs.items()}
    yield Ratio(
        "memory", "a worker's memory, MB", held["now"], 200.0, less=True, before=held["before"]
    )


def _started(command: list[str], snapshot: Path, settings: dict[str, str]) -> dict[str, float]:
    figures: dict[str, float] = json.loads(_output(command, snapshot, settings))
    return figures


def _output(command: list[str], snapshot: Path, settings: dict[str, str]) -> str:
    environment = {**_environment(snapshot), **settings}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # installed code has its bytecode beside it
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def x12(quick: bool) -> Iterator[Ratio]:
    """Messages a second beside ansi-x12's: the least of the kinds of message."""
    readers = {rival.name: rival for rival in python_rivals()}
    rival = readers.get("ansi-x12")
    if rival is None:
        sys.exit("ansi-x12 comes with the bench group: make .venv/bench")
    ours = next(iter(readers.values()))
    kinds = x12_bench.sets(100 if quick else 400).values()
    ratios = [x12_bench.speed(ours.read, k) / x12_bench.speed(rival.read, k) for k in kinds]
    yield Ratio("x12", "X12 reader, times ansi-x12's rate (least of its kinds)", min(ratios), 1.0)


def search(snapshot: Path, size: int, quick: bool, say: Say) -> Iterator[Ratio]:
    """Our median time beside the best rival's, the least of the kinds of question; the quick run
    leaves PostGIS out."""
    base = real(snapshot)
    directory = made_up(base, size) if size else base
    search_bench.SECONDS = RIVAL_SECONDS
    with ExitStack() as stack:
        with_postgis = not quick and postgres_server.available()
        dsn = stack.enter_context(postgres_server.running()) if with_postgis else None
        timings = list(bench(directory, base, dsn, say))
    ratios = []
    for kind in KINDS:
        times = {t.engine: t.p50 for t in timings if t.kind == kind}
        ours = times.pop("Waypost")
        rivals = [p50 for engine, p50 in times.items() if not engine.startswith("Waypost")]
        ratios.append(min(rivals) / ours)
    name = f"search of {len(directory.lats):,} sites, times the best rival"
    key, target = ("large", 25.0) if size else ("search", 4.0)
    yield Ratio(key, name, min(ratios), target)
