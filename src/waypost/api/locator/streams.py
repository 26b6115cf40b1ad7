"""Long answers that are made while they are read: a few at a time, and whoever reads goes first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress


class TooMany(Exception):
    """As many long answers are being read as may be at once."""


class Stalled(Exception):
    """An answer was given up, for its reader did not read and another one waits."""


class Streams:
    """The long answers of this process.

    One counts while its reader reads: if its next piece was not fetched for ``stalled_seconds``, it
    gives its place to the next. It may go on afterwards, unless ``most_open`` are waited for; then
    the one that was silent longest is given up.
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
            TooMany: others are being read.
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
        """The next piece is being fetched.

        Raises:
            Stalled: the answer was given up.
        """
        with self._lock:
            if key not in self._fetched_at:
                raise Stalled
            self._fetched_at[key] = self._clock()

    def ends(self, key: object) -> None:
        """An answer is whole, or its reader has gone."""
        with self._lock, suppress(KeyError):
            del self._fetched_at[key]


class _Counted:
    """Pieces that are counted. Django closes what an answer is made of, begun or not."""

    def __init__(self, streams: Streams, key: object, pieces: Iterator[bytes]) -> None:
        self._streams = streams
        self._key = key
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        self._streams.fetches(self._key)
        try:
            return next(self._pieces)
        except StopIteration:
            self.close()  # whole: who waits need not wait for the connection to end
            raise

    def close(self) -> None:
        """The answer needs no place any more."""
        self._streams.ends(self._key)
