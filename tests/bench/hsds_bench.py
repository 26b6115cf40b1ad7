"""The HSDS face beside our own search JSON in one process: pages of 20, lines a second, memory.

Every answer is asked for through the whole application, without a network. A process of its own,
so that what it holds is told apart from what the search alone holds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import numpy as np

Say = Callable[[str], None]
ASKED = 300
QUICK = 60
LINES_MB = 300


def run(snapshot: Path, *, quick: bool, say: Say) -> None:
    """Measure in a process of its own and print what it prints."""
    environment = {
        **os.environ,
        "WAYPOST_DATA_DIR": str(snapshot.parent),
        "WAYPOST_ALLOWED_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "waypost.config.settings",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    words = [sys.executable, "-m", "bench.hsds_bench", *(["--quick"] if quick else [])]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            say(line.rstrip("\n"))
    if process.returncode:
        raise SystemExit(process.returncode)


def held_mb() -> float:
    """What this process holds now, in MB of 2**20 bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def addresses(zips: list[str], terms: list[str], count: int) -> dict[str, list[str]]:
    """A page of 20 of each kind, each time another one."""
    shapes = {
        "our own search": "/api/v1/search?near={zip}&page_size=20",
        "services": "/hsds/services?per_page=20&page={n}",
        "services, full": "/hsds/services?per_page=20&full=true&page={n}",
        "services of a term": "/hsds/services?per_page=20&taxonomy_term_id={term}&page={small}",
        "services by words": "/hsds/services?per_page=20&search=medicaid+center&page={n}",
        "services changed since": "/hsds/services?per_page=20&modified_after=2020-01-01&page={n}",
        "organizations": "/hsds/organizations?per_page=20&page={small}",
        "near a ZIP": "/hsds/service_at_locations?per_page=20&postcode={zip}&proximity=80000",
        "near a ZIP, full": "/hsds/service_at_locations?per_page=20&postcode={zip}&full=true",
    }
    values = zip(cycle(zips), cycle(terms), range(1, count + 1), strict=False)
    filled = [
        {"zip": zip_code, "term": term, "n": n % 700 + 1, "small": n % 9 + 1}
        for zip_code, term, n in values
    ]
    return {name: [shape.format(**v) for v in filled] for name, shape in shapes.items()}


def lines(get: Callable[[str], object], megabytes: int) -> Iterator[str]:
    """Whole services on lines: how fast they come, and how much they take."""
    response = get("/hsds/services?format=ndjson&full=true")
    pieces = iter(response.streaming_content)  # type: ignore[attr-defined]
    read = sum(len(piece) for piece in islice(pieces, 40))
    before, most, begun = held_mb(), 0.0, time.perf_counter()
    start = read
    for piece in pieces:
        read += len(piece)
        most = max(most, held_mb())
        if read - start > megabytes * 1e6:
            break
    seconds = time.perf_counter() - begun
    response.close()  # type: ignore[attr-defined]
    yield (
        f"NDJSON, full services: {(read - start) / 1e6 / seconds:,.0f} MB a second over "
        f"{(read - start) / 1e6:,.0f} MB (target: 20 or more); "
        f"{most - before:+.1f} MB of memory while it is read"
    )


def main(*, quick: bool) -> Iterator[str]:
    """Measure; every line is to be printed."""
    import django

    django.setup()
    from django.test import Client

    from waypost.directory.codes import CODES
    from waypost.editions.hsds.taxonomy import CODE_TERMS
    from waypost.places.tables import zips
    from waypost.serving.process import current_snapshot

    get = Client().get
    size = current_snapshot().index.size
    near = list(zips())[:: len(zips()) // (2 * ASKED)]
    terms, count = [CODE_TERMS[code]["id"] for code in CODES], QUICK if quick else ASKED
    for url in addresses(near[1::2], terms, count)["our own search"]:
        assert get(url).status_code == 200  # other ZIPs than those that are measured
    asked = addresses(near[::2], terms, count)
    alone = held_mb()
    yield f"\nHSDS over {size:,} sites: a page of 20, in a processor's milliseconds"
    yield f"{'page':<26}{'p50':>8}{'p95':>8}{'of the search':>16}{'kB':>9}"
    base = 0.0
    for name, urls in asked.items():
        get(urls[-1])  # what is made once is made
        taken, length = [], 0
        for url in urls:
            begun = time.process_time()
            response = get(url)
            taken.append((time.process_time() - begun) * 1_000)
            assert response.status_code == 200, url
            length += len(response.content)
        p50, p95 = np.percentile(taken, [50, 95])
        base = base or p95
        yield (
            f"{name:<26}{p50:>8.1f}{p95:>8.1f}{p95 / base:>10.1f} times"
            f"{length / len(urls) / 1e3:>9,.0f}"
        )
    yield "(target: p95 at most 3 times that of our own search)"
    yield f"memory: {held_mb() - alone:+.0f} MB beside the search (target: 60 or less)"
    yield from lines(get, LINES_MB // 5 if quick else LINES_MB)


if __name__ == "__main__":
    for line in main(quick="--quick" in sys.argv):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
