"""Limits long answers, which are made while they are read, to a few at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress


class TooMany(Exception):
    """The limit of long answers being read at once is reached."""


class Stalled(Exception):
    """An answer was dropped because its reader had stopped reading and another was waiting."""


class Streams:
    """The long answers of this process.

    An answer counts while its reader reads: if its next piece is not fetched for
    ``stalled_seconds``, it loses its place to the next. It may continue later, unless ``most_open``
    answers are open; then the one that has been silent longest is dropped.
    """

    def __init__(
        self,
        most_read: int = 2,
        most_open: int = 12,
        stalled_seconds: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most_read = most_read
        self._most_open = most_open
        self._stalled_seconds = stalled_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._fetched_at: dict[object, float] = {}

    def opened(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The same pieces, counted from now until they end or are closed.

        Raises:
            TooMany: too many others are being read.
        """
        key = object()
        with self._lock:
            now = self._clock()
            recent = now - self._stalled_seconds
            if sum(at > recent for at in self._fetched_at.values()) >= self._most_read:
                raise TooMany
            if len(self._fetched_at) >= self._most_open:
                del self._fetched_at[min(self._fetched_at, key=self._fetched_at.__getitem__)]
            self._fetched_at[key] = now
        return _Counted(self, key, pieces)

    def fetches(self, key: object) -> None:
        """Note that the next piece is being fetched.

        Raises:
            Stalled: the answer was dropped.
        """
        with self._lock:
            if key not in self._fetched_at:
                raise Stalled
            self._fetched_at[key] = self._clock()

    def ends(self, key: object) -> None:
        """Note that an answer is complete or its reader has left."""
        with self._lock, suppress(KeyError):
            del self._fetched_at[key]


class _Counted:
    """Pieces that are counted. Django closes the content of an answer, even one never started."""

    def __init__(self, streams: Streams, key: object, pieces: Iterator[bytes]) -> None:
        self._streams = streams
        self._key = key
        self._pieces = pieces
        self._whole = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._whole:  # who asks on hears so again (Python's iterator protocol)
            raise StopIteration
        self._streams.fetches(self._key)
        try:
            return next(self._pieces)
        except StopIteration:
            self._whole = True
            self.close()  # complete: its place is free before the connection ends
            raise

    def close(self) -> None:
        """Give up the answer's place."""
        self._streams.ends(self._key)
