"""Stops asking a carrier that fails, and how fast it may be sent to."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

TRIPS_AT = 5
"""So many calls in a row of which nobody knows what became."""
RESTS = timedelta(seconds=30)


@dataclass(slots=True)
class CarrierBreaker:
    """Closed while calls succeed; open for a while after several failed in a row; then one try."""

    failures: int = 0
    opened_at: datetime | None = None

    def lets_through(self, now: datetime) -> bool:
        """Whether a call may be made; after the rest each call is a try."""
        return self.opened_at is None or now - self.opened_at >= RESTS

    def again_at(self, now: datetime) -> datetime:
        """When the next try may be made."""
        return now if self.opened_at is None else max(now, self.opened_at + RESTS)

    def succeeded(self) -> None:
        """The carrier answered, whatever it said."""
        self.failures, self.opened_at = 0, None

    def failed(self, now: datetime) -> None:
        """Nobody knows what became of a call."""
        self.failures += 1
        if self.failures >= TRIPS_AT or self.opened_at is not None:
            self.opened_at = now


@dataclass(slots=True)
class Bucket:
    """At most ``per_second`` texts a second, with a burst of one second."""

    per_second: float
    level: float = 1.0
    at: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, now: datetime, *, urgent: bool = False) -> timedelta | None:
        """None where a text may go now, otherwise how long to wait; an urgent one always may."""
        with self._lock:
            most = max(1.0, self.per_second)
            if self.at is None:
                self.level = most
            else:
                passed = max(0.0, (now - self.at).total_seconds())
                self.level = min(most, self.level + passed * self.per_second)
            self.at = now
            if self.level >= 1 or urgent:
                self.level -= 1
                return None
            return timedelta(seconds=(1 - self.level) / self.per_second)
