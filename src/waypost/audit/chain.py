"""The chain that shows whether an event was changed or removed.

Each event carries the digest of the one before it and of itself (SHA-256), so that a change
anywhere breaks every link after it. Whoever keeps the newest digest elsewhere will also notice a
chain that was rewritten from the start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST = ""
"""The digest before the first event."""


@dataclass(frozen=True, slots=True)
class Link:
    """One event as it is stored; ``previous`` and ``digest`` are hexadecimal SHA-256."""

    number: int
    at: datetime
    actor: str
    act: str
    record: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first event at which the chain does not hold, and how."""

    number: int
    how: str


def digest_of(previous: str, at: datetime, actor: str, act: str, record: str) -> str:
    """The digest of an event that follows ``previous``."""
    parts = (previous, at.astimezone(UTC).isoformat(), actor, act, record)
    # a length before each part, so that no two different events give the same bytes
    written = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(written.encode()).hexdigest()


def first_break(links: Iterable[Link]) -> Break | None:
    """Where the chain breaks; None if it holds from the first event to the last."""
    previous = FIRST
    for link in links:
        if link.previous != previous:
            return Break(link.number, "an event before it was removed or added")
        if digest_of(previous, link.at, link.actor, link.act, link.record) != link.digest:
            return Break(link.number, "it was changed")
        previous = link.digest
    return None
