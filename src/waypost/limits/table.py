"""A small table in shared memory of when each key was used, without storing the keys.

A key is stored only as a keyed digest. The digests' own key is made with the table, and both are
gone when the last process that uses the table ends: what is stored names nobody, is never on disk,
and is forgotten after an hour.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import secrets
import struct
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

KEPT_SECONDS = 3600.0
MOST_TIMES = 29
"""This many uses of a key fit into a slot."""

_KEY_BYTES = 32
_DIGEST_BYTES = 16
_SLOT = struct.Struct(f"<{_DIGEST_BYTES}sQ{MOST_TIMES}d")
_IN_GROUP = 8
_GROUPS = 2_500
_BYTES = _KEY_BYTES + _GROUPS * _IN_GROUP * _SLOT.size  # five megabytes

Slot = tuple[bytes, list[float]]


class Table:
    """The table behind a descriptor of shared memory."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._memory = mmap.mmap(descriptor, _BYTES)
        self._key = self._memory[:_KEY_BYTES]
        self._lock = threading.Lock()

    def wait(self, name: str, most: int, seconds: float, now: float) -> float:
        """Seconds until ``name`` may be used again; 0 means now, and is counted.

        At most ``most`` times (no more than `MOST_TIMES`) in ``seconds`` (an hour at most); ``now``
        is in seconds of a clock that only goes forward and that all processes share.
        """
        digest = self._digest(name)
        start = _KEY_BYTES + (int.from_bytes(digest[:4]) % _GROUPS) * _IN_GROUP * _SLOT.size
        with self._locked():
            slots = [self._read(start + i * _SLOT.size, now) for i in range(_IN_GROUP)]
            place = _place(slots, digest)
            times = [at for at in slots[place][1] if at > now - seconds]
            if slots[place][0] != digest:
                times = []
            if len(times) >= most:
                return min(times) + seconds - now
            slots[place] = (digest, [*times, now])
            for i, slot in enumerate(slots):
                self._write(start + i * _SLOT.size, slot)
        return 0.0

    def _digest(self, name: str) -> bytes:
        data = name.encode(errors="surrogatepass")
        return hashlib.blake2b(data, key=self._key, digest_size=_DIGEST_BYTES).digest()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Lock the table; the system releases the lock of a process that is killed."""
        with self._lock:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._descriptor, fcntl.LOCK_UN)

    def _read(self, at: int, now: float) -> Slot:
        """What a slot contains, without anything more than an hour old."""
        digest, count, *times = _SLOT.unpack_from(self._memory, at)
        recent = [t for t in times[: min(count, MOST_TIMES)] if t > now - KEPT_SECONDS]
        return (digest, recent) if recent else (bytes(_DIGEST_BYTES), [])

    def _write(self, at: int, slot: Slot) -> None:
        digest, times = slot
        padded = times + [0.0] * (MOST_TIMES - len(times))
        _SLOT.pack_into(self._memory, at, digest, len(times), *padded)


def _place(slots: list[Slot], digest: bytes) -> int:
    """The slot of this digest, else a free one, else the one that was used longest ago."""
    for i, (slot_digest, _) in enumerate(slots):
        if slot_digest == digest:
            return i
    return min(range(len(slots)), key=lambda i: max(slots[i][1], default=float("-inf")))


def new_memory() -> int:
    """A descriptor of memory with an empty table, to pass to the processes that share it."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("waypost-limits")
    else:  # not Linux: a file without a name
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, _BYTES)
    os.pwrite(descriptor, secrets.token_bytes(_KEY_BYTES), 0)
    return descriptor
