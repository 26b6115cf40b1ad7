"""What is kept of one person at one session: how they came, and how long they stayed."""

from __future__ import annotations

from enum import StrEnum


class Presence(StrEnum):
    """How someone attended, as stored."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left early"
    ABSENT = "absent"
    EXCUSED = "excused"


HERE = frozenset({Presence.PRESENT, Presence.LATE, Presence.LEFT_EARLY})
"""Those who were there for a part at least."""


class BadMinutes(ValueError):
    """Minutes that cannot be; the message says why."""


def minutes_attended(presence: Presence, session_minutes: int, minutes: int | None) -> int:
    """The minutes that count: all of the session where someone was present and nothing is said.

    Raises:
        BadMinutes: more than the session lasts, none for someone who was there, or some for
            someone who was not; late and left early need their minutes.
    """
    if presence not in HERE:
        if minutes:
            raise BadMinutes("Someone who did not come has no minutes.")
        return 0
    if minutes is None:
        if presence is not Presence.PRESENT:
            raise BadMinutes("Enter how many minutes they were there.")
        return session_minutes
    if not 0 < minutes <= session_minutes:
        raise BadMinutes(f"Enter between 1 and {session_minutes} minutes.")
    return minutes
