"""A cache of recent answers under the snapshot's version.

The same URLs come again and again (another visitor, a reload, a map moved back), and an answer
changes only with the snapshot. A few are kept in memory, never written anywhere, and are dropped as
others come or a new snapshot is published. The question is not kept: an answer is looked up by a
digest of its URL, made with a key that only this process has.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

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
        self._held: OrderedDict[bytes, Ready] = OrderedDict()
        self._secret = secrets.token_bytes(32)

    def get(self, version: str, address: str) -> Ready | None:
        """The answer to this URL, if it was given recently."""
        key = self._key(address)
        with self._lock:
            if version != self._version or key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key]

    def keep(self, version: str, address: str, ready: Ready) -> None:
        """Cache an answer, unless it or its URL is very long."""
        if len(ready.body) > MAX_BYTES or len(address) > MAX_ADDRESS:
            return
        with self._lock:
            if version != self._version:
                self._held.clear()
                self._version = version
            self._held[self._key(address)] = ready
            while len(self._held) > KEPT:
                self._held.popitem(last=False)

    def _key(self, address: str) -> bytes:
        return blake2b(
            address.encode("utf-8", "replace"), key=self._secret, digest_size=16
        ).digest()
