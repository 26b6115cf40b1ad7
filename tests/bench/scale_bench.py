"""How the product grows: matching at several times the country, and snapshots many times as large."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import ParamSpec, TypeVar

from bench.memory import peak_megabytes
from bench.scale_listings import editions, times
from waypost.directory.matching import pair_up
from waypost.publishing.build import put_in_place, write_snapshot
from waypost.publishing.reader import Snapshot
from waypost.search.index import Query
from waypost.values.geo import Point

P = ParamSpec("P")
T = TypeVar("T")
Say = Callable[[str], None]
COUNTRIES = (1, 4, 16)
SNAPSHOTS = (1, 10)


def run(snapshot: Path, *, quick: bool, say: Say) -> None:
    """Print two tables."""
    say("\nMatching two editions, as many countries at once (each in a process of its own)")
    say(f"{'countries':>9}{'listings':>11}{'matcher':>20}{'seconds':>9}{'a second':>10}{'MB':>8}"
        "  links that agree")  # fmt: skip
    for copies in COUNTRIES[:1] if quick else COUNTRIES:
        _matching(copies, say)
    say("\nSnapshots of as many sites, written and opened by a worker")
    say(f"{'sites':>9}{'written, s':>12}{'file, MB':>10}{'opened, s':>11}{'worker, MB':>12}"
        f"{'first search, ms':>18}")  # fmt: skip
    for copies in SNAPSHOTS[:1] if quick else SNAPSHOTS:
        with tempfile.TemporaryDirectory(prefix="waypost-bench-") as folder:
            sites, wrote, size = apart(_written, snapshot, Path(folder), copies)
            opened, megabytes, first = apart(_opened, Path(folder))
        say(f"{sites:>9,}{wrote:>12.1f}{size / 1e6:>10.0f}{opened:>11.2f}{megabytes:>12}"
            f"{first:>18.1f}")  # fmt: skip


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do it in a new process, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *args, **kwargs).result()


def _matching(copies: int, say: Say) -> None:
    count, seconds, megabytes, ours = apart(_ours, copies)
    told = f"{copies:>9}{count:>11,}"
    say(f"{told}{'Waypost':>20}{seconds:>9.1f}{count / seconds:>10,.0f}{megabytes:>8}")
    if not find_spec("splink"):
        say("Splink comes with the bench group: left out.")
        return
    count, seconds, megabytes, theirs = apart(_splink, copies)
    same = sum(theirs.get(a) == b for a, b in ours.items())
    agree = f"{same / len(ours):.1%} of Waypost's, {same / len(theirs):.1%} of Splink's"
    say(f"{told}{'Splink on DuckDB':>20}{seconds:>9.1f}{count / seconds:>10,.0f}{megabytes:>8}"
        f"  {agree}")  # fmt: skip


def _ours(copies: int) -> tuple[int, float, int, dict[str, str]]:
    later, earlier = (times(side, copies) for side in editions())
    start = time.perf_counter()
    links = {m.a: m.b for m in pair_up(later, earlier, moved=True)}
    return len(later) + len(earlier), time.perf_counter() - start, peak_megabytes(), links


def _splink(copies: int) -> tuple[int, float, int, dict[str, str]]:
    from bench.scale_splink import link

    later, earlier = (times(side, copies) for side in editions())
    start = time.perf_counter()
    links = link(later, earlier)
    return len(later) + len(earlier), time.perf_counter() - start, peak_megabytes(), links


def _written(snapshot: Path, folder: Path, copies: int) -> tuple[int, float, int]:
    """Write the published sites so many times over, each a little elsewhere."""
    held = Snapshot(snapshot)
    base = held.sites(range(held.index.size))
    sites = [
        replace(s, id=f"{s.id}_{n}", point=Point(s.point.lat, s.point.lon + n / 1_000))
        if n else s
        for n in range(copies)
        for s in base
    ]  # fmt: skip
    start = time.perf_counter()
    path, _ = write_snapshot(folder, sites, {}, held.manifest)
    final = put_in_place(path, folder)
    return len(sites), time.perf_counter() - start, final.stat().st_size


def _opened(folder: Path) -> tuple[float, int, float]:
    """Open it as a worker does, and search it once."""
    start = time.perf_counter()
    snapshot = Snapshot(folder / "snapshot.sqlite3")
    opened = time.perf_counter() - start
    start = time.perf_counter()
    snapshot.index.search(Query(lat=30.27, lon=-97.74, radius_miles=25.0))
    return opened, peak_megabytes(), (time.perf_counter() - start) * 1_000
