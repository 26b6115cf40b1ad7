"""A limit on how often something may be done, for all workers of a server together."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass

from waypost.limits.table import MOST_TIMES, Table, new_memory

VARIABLE = "WAYPOST_LIMITS_DESCRIPTOR"
"""How `waypost serve` tells its workers where the table is; not a setting for operators."""

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` uses in ``seconds`` for each value; ``name`` tells limits apart."""

    name: str
    most: int
    seconds: float = HOUR
    table: Table | None = None

    def __post_init__(self) -> None:
        if not 0 < self.most <= MOST_TIMES or not 0 < self.seconds <= HOUR:
            raise ValueError(f"A limit counts to {MOST_TIMES}, for an hour at most.")

    def wait(self, value: str, now: float) -> float:
        """Seconds until this may be done again; 0 means now, and is counted.

        ``now`` is in seconds of `time.monotonic`, which all processes of a machine share.
        """
        table = self.table or shared_table()
        return table.wait(f"{self.name}\0{value}", self.most, self.seconds, now)


_LOCK = threading.Lock()
_TABLES: list[Table] = []


def shared_table() -> Table:
    """The table that this server's processes share; a single process has its own."""
    with _LOCK:
        if not _TABLES:
            descriptor = os.environ.get(VARIABLE, "")
            _TABLES.append(Table(int(descriptor) if descriptor else new_memory()))
        return _TABLES[0]


def forget() -> None:
    """Start a new table, for tests."""
    with _LOCK:
        _TABLES.clear()
