"""What the rounds of calls found, read once a minute and kept in memory.

Like the doubted numbers, it comes from the queue's database, which the desk writes and the public
process reads; nobody's name is read with it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from django.db import DatabaseError

from waypost.directory.calls.outcomes import CallOutcome, CallVerdict
from waypost.directory.calls.queries import coded_twice, outcomes

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class CalledRounds:
    """Every finished call, and what two people judged alike or not.

    ``made_up`` is True where there was no real round and these are of one that nobody made.
    """

    outcomes: tuple[CallOutcome, ...] = ()
    twice: tuple[tuple[CallVerdict, CallVerdict], ...] = ()
    made_up: bool = False


def read_rounds() -> CalledRounds:
    """The real rounds, or where there is none the made-up ones, marked."""
    for made_up in (False, True):
        if called := outcomes(made_up=made_up):
            return CalledRounds(tuple(called), tuple(coded_twice(made_up=made_up)), made_up)
    return CalledRounds()


class Called:
    """The rounds of calls, at most `SECONDS` old."""

    def __init__(self, read: Callable[[], CalledRounds] = read_rounds) -> None:
        self._read = read
        self._rounds = CalledRounds()
        self._until = float("-inf")
        self._lock = Lock()

    def get(self, now: float) -> CalledRounds:
        """The rounds; ``now`` is in seconds of `time.monotonic`.

        Where the database cannot be read, what was read last still stands.
        """
        with self._lock:
            if now >= self._until:
                self._until = now + SECONDS
                with suppress(DatabaseError):
                    self._rounds = self._read()
            return self._rounds
