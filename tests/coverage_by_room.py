"""Print how much of each room the tests ran: lines and branches, by `coverage`'s own count.

python tests/coverage_by_room.py            the table
python tests/coverage_by_room.py ROOM ...   and what was not run in these rooms, file by file
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENOUGH = 90.0
"""Percent of lines and branches together that every room should reach."""


@dataclass(frozen=True, slots=True)
class Run:
    """How much of something was run: of its lines, and of the ways out of its conditions."""

    lines: int = 0
    lines_run: int = 0
    branches: int = 0
    branches_run: int = 0

    def __add__(self, other: Run) -> Run:
        return Run(
            self.lines + other.lines,
            self.lines_run + other.lines_run,
            self.branches + other.branches,
            self.branches_run + other.branches_run,
        )

    @property
    def percent(self) -> float:
        """Of lines and branches together; all of nothing is all."""
        whole = self.lines + self.branches
        return 100 * (self.lines_run + self.branches_run) / whole if whole else 100.0

    @classmethod
    def of(cls, summary: Mapping[str, int]) -> Run:
        """From the summary of one file in `coverage`'s JSON."""
        return cls(
            summary["num_statements"],
            summary["covered_lines"],
            summary.get("num_branches", 0),
            summary.get("covered_branches", 0),
        )


def by_room(files: Mapping[str, Any]) -> dict[str, Run]:
    """What was run in each room of ``src/waypost``, the least first."""
    rooms: dict[str, Run] = {}
    for path, report in files.items():
        parts = Path(path).parts
        inside = parts[parts.index("waypost") + 1 :]
        room = inside[0] if len(inside) > 1 else "(top)"
        rooms[room] = rooms.get(room, Run()) + Run.of(report["summary"])
    return dict(sorted(rooms.items(), key=lambda item: item[1].percent))


def table(rooms: Mapping[str, Run]) -> Iterator[str]:
    """The table, a line a room; a star stands beside what is below `ENOUGH`."""
    yield f"{'room':<16}{'lines':>14}{'branches':>16}{'together':>12}"
    whole = sum(rooms.values(), Run())
    for name, run in [*rooms.items(), ("all", whole)]:
        star = " *" if run.percent < ENOUGH else ""
        lines = f"{run.lines_run:,}/{run.lines:,}"
        branches = f"{run.branches_run:,}/{run.branches:,}"
        yield f"{name:<16}{lines:>14}{branches:>16}{run.percent:>10.1f} %{star}"


def missed(files: Mapping[str, Any], room: str) -> Iterator[str]:
    """What of a room was not run, a line a file."""
    for path, report in sorted(files.items()):
        if f"waypost/{room}/" not in path:
            continue
        lines = report["missing_lines"]
        branches = [f"{start}->{end}" for start, end in report.get("missing_branches", [])]
        if lines or branches:
            yield f"{path}: lines {lines} branches {branches}"


def measured() -> Mapping[str, Any]:
    """What `coverage` knows of each file."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "coverage.json"
        subprocess.run(
            [sys.executable, "-m", "coverage", "json", "-q", "-o", str(out)],
            check=True,
            timeout=600,
        )
        files: Mapping[str, Any] = json.loads(out.read_text("utf-8"))["files"]
    return files


def main(rooms: list[str]) -> None:
    """Print the table, and what these rooms lack."""
    files = measured()
    lines = [*table(by_room(files)), *(line for room in rooms for line in missed(files, room))]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
