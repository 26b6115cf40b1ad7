"""How long people wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

Wait = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class WaitingTime:
    """Days on the waiting list: of those who left it in the time, and of those on it still."""

    left: int
    median_days: float | None
    waiting: int
    longest_days: int | None


def waiting_time(waits: Iterable[Wait], first: date, last: date) -> WaitingTime:
    """From each stay on the list: since, until, each on the program's clock.

    A stay that ended before ``first`` is left out.
    """
    known = [(since.date(), until.date() if until else None) for since, until in waits]
    over = [(until - since).days for since, until in known if until and first <= until <= last]
    still = [
        (last - since).days
        for since, until in known
        if since <= last and (until is None or until > last)
    ]
    return WaitingTime(
        len(over), median(over) if over else None, len(still), max(still, default=None)
    )
