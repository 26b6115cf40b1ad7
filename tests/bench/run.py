"""`make bench`: measure our engines beside their rivals, in one run on one machine.

python tests/bench/run.py            everything, about ten minutes
python tests/bench/run.py --quick    small runs, about a minute
python tests/bench/run.py search     only the parts named
python tests/bench/run.py texting --figure postgres    one figure of a part that has several
python tests/bench/run.py ratios     the ratios that must hold, a few minutes
python tests/bench/run.py ratios --before ../other     and those of another checkout, in turns
"""

from __future__ import annotations

import argparse
import inspect
import os
import platform
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PARTS = (
    "search",
    "hours",
    "server",
    "pages",
    "map",
    "hsds",
    "fhir",
    "x12",
    "coverage",
    "words",
    "texting",
    "timetable",
    "program",
    "scale",
    "nppes",
    "flood",
    "queue",
    "claims",
    "ratios",
)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def snapshot() -> Path:
    """The published snapshot, or a sentence that says how to make one."""
    folder = Path(os.environ.get("WAYPOST_DATA_DIR", TESTS.parent / "var"))
    path = folder / "snapshot.sqlite3"
    if not path.exists():
        sys.exit(f"There is no snapshot at {path}. Run `waypost publish` first.")
    return path


def measure(part: str, asked: argparse.Namespace) -> None:
    """Run one part, if it is there; each takes of the command line what it needs."""
    if not (TESTS / "bench" / f"{part}_bench.py").exists():
        return
    run = import_module(f"bench.{part}_bench").run
    offered: dict[str, Callable[[], object]] = {
        "snapshot": snapshot,
        "quick": lambda: asked.quick,
        "figure": lambda: asked.figure,
        "before": lambda: asked.before,
        "gigabytes": lambda: asked.gigabytes,
        "say": lambda: say,
    }
    wanted = inspect.signature(run).parameters
    run(**{name: make() for name, make in offered.items() if name in wanted})


def main() -> None:
    """Measure what the command line names, or everything."""
    parser = argparse.ArgumentParser(description="Measure Waypost beside its rivals.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--figure", default="", help="only this figure of the part (see its file)")
    parser.add_argument("--before", default="", help="another checkout, for ratios")
    parser.add_argument("--quick", action="store_true", help="small runs, about a minute")
    parser.add_argument(
        "--gigabytes", type=float, default=2.0, help="how much of the registry nppes streams (2)"
    )
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; choose of {', '.join(PARTS)}")
    sys.path.insert(0, str(TESTS))
    # Stopped from outside, servers and temporary folders are still cleared away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    say(f"{day}, Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    for part in asked.parts or PARTS:
        measure(part, asked)


if __name__ == "__main__":
    main()
