"""Whether a program has a place, and how long such a word holds: it fades within two weeks."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

import msgspec

FRESH = timedelta(days=7)
KEPT = timedelta(days=14)


class Freshness(StrEnum):
    """How a word on a place is shown: as it is, as what was so on its day, or not at all."""

    CURRENT = "current"
    PAST = "past"
    GONE = "gone"


class Opening(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a program says of its places on the day ``as_of``; what is left out is not known.

    ``places`` is how many are free (0: none), ``waiting_days`` how long one waits, ``next_start``
    when the next group begins. ``track`` is the id of the track it is about; '' means all of them.
    """

    as_of: date
    places: int | None = None
    next_start: date | None = None
    waiting_days: int | None = None
    track: str = ""

    @property
    def has_place(self) -> bool | None:
        """Whether someone could begin; None where that is not said."""
        if self.places is not None:
            return self.places > 0
        return None if self.waiting_days is None else self.waiting_days == 0


def freshness(opening: Opening, today: date) -> Freshness:
    """Current for 7 days, then "was open on ..."; after 14 days nothing is shown."""
    age = today - opening.as_of
    if age > KEPT:
        return Freshness.GONE
    return Freshness.PAST if age > FRESH else Freshness.CURRENT
