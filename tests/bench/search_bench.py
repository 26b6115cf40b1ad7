"""The search beside its rivals: the same questions in the same run, the answers compared."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np

from bench import postgres_server
from bench.search_directories import Directory, made_up, real
from bench.search_engines import OurEngine, PlainNumpy
from bench.search_questions import KINDS, Question, Reply, questions
from bench.search_sqlite import Sqlite

QUESTIONS = 400
SECONDS = 6.0
"""A rival stops after this long on one kind of question."""

SIZES = (300_000, 3_000_000)
Say = Callable[[str], None]


class Engine(Protocol):
    """Anything that answers a question."""

    name: str

    def answer(self, question: Question) -> Reply:
        """The page, the total and the counts."""

    def bytes(self) -> int:
        """What it takes to hold the directory."""

    def close(self) -> None:
        """Leave nothing behind."""


@dataclass(frozen=True)
class Timing:
    """One line of the table; times in milliseconds, memory in bytes a site."""

    kind: str
    engine: str
    p50: float
    p95: float
    asked: int
    bytes_per_site: float


class Disagreement(AssertionError):
    """An engine gave another answer than ours."""


def measure(engine: Engine, asked: list[Question], expected: list[Reply]) -> list[float]:
    """Seconds for each question after one to warm up; every answer is compared."""
    engine.answer(asked[0])
    seconds: list[float] = []
    stop = time.monotonic() + SECONDS
    for question, right in zip(asked, expected, strict=True):
        start = time.perf_counter()
        reply = engine.answer(question)
        seconds.append(time.perf_counter() - start)
        if reply != right:
            raise Disagreement(f"{engine.name}: {question}\n{reply}\n{right}")
        if time.monotonic() > stop:
            break
    return seconds


def rivals(directory: Directory, folder: Path, dsn: str | None, say: Say) -> Iterator[Engine]:
    """The rivals that are installed, each built when its turn comes."""
    yield PlainNumpy(directory)
    yield Sqlite(directory, folder)
    if find_spec("duckdb"):
        from bench.search_duckdb import DuckDb

        yield DuckDb(directory, folder)
    else:
        say("DuckDB is not installed: left out.")
    if dsn:
        from bench.search_postgis import PostGis

        yield PostGis(directory, dsn)


def bench(directory: Directory, base: Directory, dsn: str | None, say: Say) -> Iterator[Timing]:
    """Every engine on every kind of question over one directory."""
    asked = {kind: questions(kind, base, QUESTIONS) for kind in KINDS}
    ours = OurEngine(directory)
    expected = {kind: [ours.answer(q) for q in asked[kind]] for kind in KINDS}
    yield from _timings(ours, directory, asked, expected)
    ours.forget, ours.name = True, "Waypost, choices never seen"
    yield from _timings(ours, directory, asked, expected)
    ours.close()
    with tempfile.TemporaryDirectory(prefix="waypost-bench-") as folder:
        for engine in rivals(directory, Path(folder), dsn, say):
            try:
                yield from _timings(engine, directory, asked, expected)
            finally:
                engine.close()
            gc.collect()


def _timings(
    engine: Engine,
    directory: Directory,
    asked: dict[str, list[Question]],
    expected: dict[str, list[Reply]],
) -> Iterator[Timing]:
    for kind in KINDS:
        seconds = measure(engine, asked[kind], expected[kind])
        p50, p95 = np.percentile(np.array(seconds) * 1_000, [50, 95])
        per_site = engine.bytes() / len(directory.lats)
        yield Timing(kind, engine.name, p50, p95, len(seconds), per_site)


def run(snapshot: Path, *, quick: bool, say: Say) -> None:
    """Print the table."""
    base = real(snapshot)
    sizes = (30_000,) if quick else SIZES
    with ExitStack() as stack:
        dsn = None
        if postgres_server.available():
            dsn = stack.enter_context(postgres_server.running())
        else:
            say("PostGIS is not installed (tests/bench/postgres_setup.sh): left out.")
        for directory in (base, *(made_up(base, size) for size in sizes)):
            say(f"\nSearch, {directory.name} directory: {len(directory.lats):,} sites")
            _print(bench(directory, base, dsn, say), say)


def _print(timings: Iterable[Timing], say: Say) -> None:
    say(
        f"{'engine':<29}{'question':<24}{'p50 ms':>11}{'p95 ms':>11}{'ratio':>9}"
        f"{'asked':>7}{'bytes/site':>12}  same answers"
    )
    ours: dict[str, float] = {}
    for t in timings:
        ratio = t.p50 / ours.setdefault(t.kind, t.p50)
        say(
            f"{t.engine:<29}{t.kind:<24}{t.p50:>11.3f}{t.p95:>11.3f}{ratio:>8.1f}x"
            f"{t.asked:>7}{t.bytes_per_site:>12.1f}  yes"
        )
