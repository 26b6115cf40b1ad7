"""What long work costs: seconds and memory, told by the command that does it."""

from __future__ import annotations

import gc
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic


@contextmanager
def without_collecting() -> Iterator[None]:
    """Do work that makes millions of objects and no cycles; looking for those would double it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class Cost:
    """Seconds since it was made, and the most memory that this process has held."""

    def __init__(self) -> None:
        self._start = monotonic()

    @property
    def seconds(self) -> float:
        """Seconds that have passed."""
        return monotonic() - self._start

    @property
    def megabytes(self) -> float:
        """The most memory held so far, in millions of bytes."""
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6

    def words(self) -> str:
        """ "12.3 s, at most 456 MB of memory"."""
        return f"{self.seconds:.1f} s, at most {self.megabytes:,.0f} MB of memory"
