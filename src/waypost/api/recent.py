"""Answers given a moment ago, kept ready under the snapshot's version.

The same addresses come again and again (a next visitor, a page reloaded, a map moved back), and
an answer changes only with the snapshot. A few are held in memory, never written anywhere, and
leave it as others come or a new snapshot is published.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

KEPT = 256
MAX_BYTES = 65_536
MAX_ADDRESS = 512


@dataclass(frozen=True, slots=True)
class Ready:
    """A body and its ``Link`` header."""

    body: bytes
    links: str


class Recent:
    """The last `KEPT` answers of one version: at most 16 MB."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = ""
        self._held: OrderedDict[str, Ready] = OrderedDict()

    def get(self, version: str, address: str) -> Ready | None:
        """The answer to this address, if it was given a moment ago."""
        with self._lock:
            if version != self._version or address not in self._held:
                return None
            self._held.move_to_end(address)
            return self._held[address]

    def keep(self, version: str, address: str, ready: Ready) -> None:
        """Hold an answer; one that is very long, or to a very long address, is let go."""
        if len(ready.body) > MAX_BYTES or len(address) > MAX_ADDRESS:
            return
        with self._lock:
            if version != self._version:
                self._held.clear()
                self._version = version
            self._held[address] = ready
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
