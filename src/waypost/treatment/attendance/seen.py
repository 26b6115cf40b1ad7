"""What staff see of a day: sessions, rosters, notes and tasks, as read from the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.attendance.roster import Presence


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """A session of a day. Times are in UTC."""

    id: str
    day: date
    group: str
    kind: str
    track: str
    starts_at: datetime
    ends_at: datetime
    room: str
    facilitator: str
    most: int
    make_up: bool
    people: int = 0
    kept: int = 0

    @property
    def minutes(self) -> int:
        """How long it is."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A person on a roster; ``presence`` is None until it is kept."""

    person: str
    presence: Presence | None
    minutes: int | None
    makes_up: date | None


@dataclass(frozen=True, slots=True)
class NoteSeen:
    """The newest version of a group's note; version 0 is the empty one."""

    version: int
    words: GroupNoteWords = field(repr=False)
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class TaskSeen:
    """A task for staff."""

    id: str
    person: str
    kind: str
    due_on: date
    source: str
    done_at: datetime | None
