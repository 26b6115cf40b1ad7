"""Processor time of the programs of a measure: what one text costs, whatever else the machine does.

Speed on a shared machine says little; processor time per text says how fast a quiet one can be.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import psycopg

_TICK = os.sysconf("SC_CLK_TCK")


def seconds_of(pid: int) -> float:
    """Seconds of processor time of a process and of the children that it has seen end."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2].split()
    return sum(map(int, fields[11:15])) / _TICK


def of_all(pids: Iterable[int]) -> float:
    """Seconds of processor time of several processes; of one that has ended, none."""
    total = 0.0
    for pid in pids:
        try:
            total += seconds_of(pid)
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


def children(pid: int) -> list[int]:
    """The processes that a process has now."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text("ascii", "replace").rpartition(") ")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid:
            found.append(int(stat.parent.name))
    return found


def of_family(pid: int) -> float:
    """Seconds of processor time of a process, its living children, and those that ended."""
    return of_all([pid, *children(pid)])


def postmaster(dsn: str) -> int:
    """The process of a PostgreSQL server that starts all its others."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    return int((Path(row[0]) / "postmaster.pid").read_text("ascii").split()[0])
