"""What is kept of one person at one session: how they came, and how long they stayed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from waypost.treatment.faults import TreatmentFault
from waypost.values.coded_fault import CodedError, CodedFault


class Presence(StrEnum):
    """How someone attended, as stored."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left early"
    ABSENT = "absent"
    EXCUSED = "excused"


HERE = frozenset({Presence.PRESENT, Presence.LATE, Presence.LEFT_EARLY})
"""Those who were there for a part at least."""


class BadMinutes(CodedError, ValueError):
    """Minutes that cannot be."""


class DayAhead(CodedError, ValueError):
    """What is only known on a day, before that day has come."""


def refuse_ahead(presence: Presence, day: date, today: date) -> None:
    """Nobody has come to, or missed, a session of a day to come; they can be excused from it.

    ``today`` is the day on the program's wall: at the door people are ticked before a group begins.

    Raises:
        DayAhead: the session's day has not come, and this says more than that they are excused.
    """
    if day > today and presence is not Presence.EXCUSED:
        raise DayAhead(CodedFault(TreatmentFault.SESSION_AHEAD, facts={"day": day}))


@dataclass(frozen=True, slots=True)
class AttendedElsewhere:
    """Minutes of a person at another session, by its times."""

    group: str
    starts: datetime
    ends: datetime
    minutes: int


def refuse_twice(
    starts: datetime, ends: datetime, minutes: int, others: Iterable[AttendedElsewhere]
) -> None:
    """Nobody attends more minutes of two sessions that overlap than the clock has.

    Raises:
        BadMinutes: the minutes of both are more than the time from the first to the last.
    """
    for other in others:
        if other.starts >= ends or other.ends <= starts:
            continue
        both = max(ends, other.ends) - min(starts, other.starts)
        most = max(round(both.total_seconds() / 60) - other.minutes, 0)
        if minutes > most:
            facts = {"group": other.group, "most": most}
            raise BadMinutes(CodedFault(TreatmentFault.MINUTES_TWICE, facts=facts))


def minutes_attended(presence: Presence, session_minutes: int, minutes: int | None) -> int:
    """The minutes that count: all of the session where someone was present and nothing is said.

    Raises:
        BadMinutes: more than the session lasts, none for someone who was there, or some for
            someone who was not; late and left early need their minutes.
    """
    if presence not in HERE:
        if minutes:
            raise BadMinutes(TreatmentFault.MINUTES_OF_NOBODY)
        return 0
    if minutes is None:
        if presence is not Presence.PRESENT:
            raise BadMinutes(TreatmentFault.MINUTES_MISSING)
        return session_minutes
    if not 0 < minutes <= session_minutes:
        facts = {"most": session_minutes}
        raise BadMinutes(CodedFault(TreatmentFault.MINUTES_RANGE, facts=facts))
    return minutes
