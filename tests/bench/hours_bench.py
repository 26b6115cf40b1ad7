"""The search by hours beside its rivals: every question asked with hours and without, in one run.

A third of the sites say when they meet. With hours, an engine also says how many of what fits
otherwise fit by their hours and how many do not; all of them must say the same.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.search_directories import Directory, made_up, real
from bench.search_engines import OurEngine
from bench.search_questions import Question, Reply, questions
from bench.search_sqlite import Sqlite
from waypost.search.index import Query
from waypost.search.offers import NEVER, OfferQuestion, OfferTable

KINDS = ("25 miles, 3 facets", "nearest, 3 facets")
QUESTIONS, SECONDS = 200, 6.0
SHARE = 3
TODAY = date(2026, 12, 1)
Counts = tuple[int, int]
PATTERNS = (
    ((0, 1080), (2, 1080), (3, 1080)),
    ((0, 540), (1, 540), (2, 540), (3, 540), (4, 540)),
    ((1, 1050), (3, 1050), (5, 540)),
    ((5, 540), (6, 540)),
)
"""Days and the minutes at which three-hour sessions begin."""


@dataclass(frozen=True)
class Sessions:
    """Tracks of made-up sites: a pattern each, two for every fourth site that says anything."""

    site: npt.NDArray[np.int64]
    pattern: npt.NDArray[np.int64]

    @classmethod
    def of(cls, size: int) -> Sessions:
        """For a directory of this size."""
        rng = np.random.default_rng(3)
        sites = np.arange(0, size, SHARE)
        site = np.sort(np.concatenate([sites, sites[::4]]))
        return cls(site, rng.integers(0, len(PATTERNS), len(site)))

    def rows(self) -> Iterator[tuple[int, int, int, int]]:
        """Track, site, start and end in minutes of the week: a row a session."""
        for track, (site, pattern) in enumerate(
            zip(self.site.tolist(), self.pattern.tolist(), strict=True)
        ):
            for day, minute in PATTERNS[pattern]:
                yield track, site, day * 1440 + minute, day * 1440 + minute + 180


def offers(sessions: Sessions, order: npt.NDArray[np.integer]) -> OfferTable:
    """The same as our table, in the order of the index's rows."""
    row_of = np.empty(len(order), dtype=np.int32)
    row_of[order] = np.arange(len(order), dtype=np.int32)
    rows = row_of[sessions.site]
    sort = np.argsort(rows, kind="stable")
    patterns = sessions.pattern[sort]
    starts = [[d * 1440 + m for d, m in p] for p in PATTERNS]
    lengths = np.array([len(p) for p in PATTERNS])[patterns]
    start = np.concatenate([np.array(starts[p]) for p in patterns.tolist()]).astype(np.int32)
    none = np.zeros(len(sort), dtype=np.int32)
    return OfferTable(
        rows=rows[sort], known=none + 1, until=none + NEVER, attendance=none, times=none,
        weekly=(lengths * 180).astype(np.int32), starts_on=none, zone=none, place=none - 1,
        next_start=none, said_on=none, home=none, starts=start, ends=start + 180, zones=("",),
        first=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
    )  # fmt: skip


class Ours:
    """Waypost's index and its table of offers; nothing is remembered from one question to another."""

    name = "Waypost"

    def __init__(self, directory: Directory, sessions: Sessions) -> None:
        self.engine = OurEngine(directory, forget=True)
        self.offers = offers(sessions, self.engine.index.order)

    def answer(self, question: Question) -> Reply:
        """Without hours."""
        return self.engine.answer(question)

    def hours(self, question: Question, free: tuple[tuple[int, int], ...]) -> Counts:
        """How many fit, and how many do not."""
        index = self.engine.index
        query = Query(question.lat, question.lon, question.miles,
                      {group: frozenset(names) for group, names in question.choices})  # fmt: skip
        masks = self.offers.masks_among(OfferQuestion(TODAY, free), index.mask(query))
        fit, does_not = (int(np.bitwise_count(mask).sum()) for mask in masks)
        return fit, does_not


class Rival:
    """A database with a table of sessions beside its own of sites."""

    def __init__(self, engine: Any, where: Callable[[Question], str], sessions: Sessions) -> None:
        self.engine, self.where, self.name = engine, where, engine.name
        self.answer = engine.answer
        run = engine.connection
        run.execute(
            "CREATE TABLE session (track INTEGER, site INTEGER, start INTEGER, finish INTEGER)"
        )
        if "Duck" in self.name:
            array = np.array(list(sessions.rows()))
            columns = {n: array[:, i] for i, n in enumerate(("track", "site", "start", "finish"))}
            run.register("given", columns)
            run.execute("INSERT INTO session SELECT * FROM given")
        else:
            run.executemany("INSERT INTO session VALUES (?, ?, ?, ?)", sessions.rows())
        run.execute("CREATE INDEX session_site ON session (site)")
        run.execute("ANALYZE")

    def hours(self, question: Question, free: tuple[tuple[int, int], ...]) -> Counts:
        """One statement: each track's sessions inside the free spans, then each site's best."""
        inside = " OR ".join(f"(start >= {a} AND finish <= {b})" for a, b in free)
        fits = " AND ".join(
            f"({' OR '.join(map(self.engine.has, names))})" for _, names in question.choices
        )
        row = self.engine.connection.execute(
            f"WITH near AS (SELECT id FROM {self.where(question)} AND {fits}), "
            f"graded AS (SELECT track, site, min(CASE WHEN {inside} THEN 1 ELSE 0 END) AS good "
            "FROM session JOIN near ON near.id = session.site GROUP BY track, site), "
            "best AS (SELECT site, max(good) AS good FROM graded GROUP BY site) "
            "SELECT coalesce(sum(good), 0), coalesce(sum(1 - good), 0) FROM best"
        ).fetchone()
        return int(row[0]), int(row[1])


def rivals(directory: Directory, folder: Path, sessions: Sessions) -> Iterator[Rival]:
    """SQLite, and DuckDB where it is installed."""
    sqlite = Sqlite(directory, folder)
    inside = sqlite._inside
    yield Rival(
        sqlite, lambda q: f"{inside(q, q.miles) if q.miles else 'site'} WHERE TRUE", sessions
    )
    if find_spec("duckdb"):
        from bench.search_duckdb import DuckDb

        duck = DuckDb(directory, folder)
        yield Rival(duck, lambda q: f"site WHERE {duck._reach(q)}", sessions)


def spans(number: int) -> tuple[tuple[int, int], ...]:
    """What one can come: another week for every question."""
    early = 1020 + 15 * (number % 9)
    days = [(number + k) % 7 for k in range(3 + number % 4)]
    return tuple(sorted((d * 1440 + (early if d < 5 else 480), d * 1440 + 1280) for d in days))


def timed(engine: Any, asked: list[Question], expected: list[Any]) -> tuple[float, float]:
    """Milliseconds (p50) without hours and with; every answer is compared."""
    without, with_hours = [], []
    stop = time.monotonic() + SECONDS
    for number, question in enumerate(asked):
        start = time.perf_counter()
        reply = engine.answer(question)
        middle = time.perf_counter()
        counts = engine.hours(question, spans(number))
        end = time.perf_counter()
        if len(expected) <= number:
            expected.append((reply, counts))
        elif expected[number] != (reply, counts):
            raise AssertionError(f"{engine.name}: {question} {spans(number)} {counts}")
        without.append(1000 * (middle - start))
        with_hours.append(1000 * (end - start))
        if time.monotonic() > stop and engine.name != Ours.name:
            break
    return float(np.median(without)), float(np.median(with_hours))


def run(snapshot: Path, *, quick: bool, say: Callable[[str], None]) -> None:
    """Print the table."""
    base = real(snapshot)
    directories = (base, made_up(base, 30_000 if quick else 3_000_000))
    for directory in directories:
        size = len(directory.lats)
        sessions = Sessions.of(size)
        say(
            f"\nSearch by hours, {directory.name} directory: {size:,} sites, {len(sessions.site):,} tracks"
        )
        say(
            f"{'engine':<20}{'question':<22}{'without, ms':>12}{'ratio':>8}{'with, ms':>12}{'ratio':>8}  same answers"
        )
        asked = {kind: questions(kind, base, QUESTIONS) for kind in KINDS}
        expected: dict[str, list[Any]] = {kind: [] for kind in KINDS}
        ours: dict[str, tuple[float, float]] = {}
        with tempfile.TemporaryDirectory(prefix="waypost-bench-") as folder:
            for engine in (Ours(directory, sessions), *rivals(directory, Path(folder), sessions)):
                for kind in KINDS:
                    found = timed(engine, asked[kind], expected[kind])
                    first = ours.setdefault(kind, found)
                    say(f"{engine.name:<20}{kind:<22}{found[0]:>12.3f}{found[0] / first[0]:>7.1f}x"
                        f"{found[1]:>12.3f}{found[1] / first[1]:>7.1f}x  yes")  # fmt: skip
