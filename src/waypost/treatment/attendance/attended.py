"""One place on a roster, as reports and tallies count it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Attended:
    """One session of one person: its day and group, and the minutes if they are kept.

    ``makes_up`` is of a session that stands for another that was missed.
    """

    person: str
    day: date
    group: str
    kind: str
    track: str
    ends_at: datetime
    length: int
    presence: str
    minutes: int | None
    makes_up: bool = False


@dataclass(frozen=True, slots=True)
class SessionMinutes:
    """What was kept of a track's sessions: the minutes of all who were on their rosters.

    ``length`` is what they could have attended together.
    """

    track: str
    minutes: int
    length: int
