"""What long work costs in seconds and memory, printed by the command that does it."""

from __future__ import annotations

import gc
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic


@contextmanager
def without_collecting() -> Iterator[None]:
    """Switch off garbage collection for work that makes millions of objects and no cycles.

    Looking for cycles would double the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class Cost:
    """Seconds since it was created, and this process's peak memory."""

    def __init__(self) -> None:
        self._start = monotonic()

    @property
    def seconds(self) -> float:
        """Seconds that have passed."""
        return monotonic() - self._start

    @property
    def megabytes(self) -> float:
        """Peak memory so far, in millions of bytes."""
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6

    def words(self) -> str:
        """ "12.3 s, at most 456 MB of memory"."""
        return f"{self.seconds:.1f} s, at most {self.megabytes:,.0f} MB of memory"
