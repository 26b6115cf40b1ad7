"""The telephone numbers that callers doubt, read once a minute and kept in memory.

A program's page is made from the snapshot and from this; it asks the database nothing of its own,
and is there when the database is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from threading import Lock

from django.db import DatabaseError

from waypost.directory.numbers.answers import CallersSaid
from waypost.directory.numbers.queries import doubted_numbers

SECONDS = 60.0


class Doubts:
    """What callers said of the doubted numbers, at most `SECONDS` old."""

    def __init__(self, read: Callable[[date], Mapping[str, CallersSaid]] = doubted_numbers) -> None:
        self._read = read
        self._said: Mapping[str, CallersSaid] = {}
        self._until = float("-inf")
        self._lock = Lock()

    def of(self, site_id: str, today: date, now: float) -> CallersSaid:
        """What callers said of a listing's number; nothing where they do not doubt it.

        ``now`` is in seconds of `time.monotonic`. Where the database cannot be read, what was read
        last still stands; `waypost doctor` says what is wrong.
        """
        with self._lock:
            if now >= self._until:
                self._until = now + SECONDS
                with suppress(DatabaseError):
                    self._said = self._read(today)
            return self._said.get(site_id, CallersSaid())
