"""The timers of a case: who is called after how long without an answer from a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from waypost.texting.crisis.tiers import Tier


class TimerKind(StrEnum):
    """What happens when a timer fires."""

    ON_DUTY = "on duty"
    SECOND = "second"
    STILL_HERE = "still here"
    ON_CALL = "on call"


AFTER = {
    TimerKind.ON_DUTY: timedelta(seconds=60),
    TimerKind.SECOND: timedelta(seconds=180),
    TimerKind.STILL_HERE: timedelta(minutes=5),
    TimerKind.ON_CALL: timedelta(minutes=15),
}
"""Who is called when: on duty, a second and a supervisor, words to the person, the operator."""

REPEAT = timedelta(minutes=15)
"""After the last step the operator is called again, until a person has answered."""

SAY_AGAIN = timedelta(minutes=30)
"""The automatic text is sent once in this time, not for each text."""

TIMED = frozenset({Tier.IMMINENT, Tier.HIGH})
"""Tiers whose timers run."""

LADDER = ("thoughts", "plan", "means", "time frame")
"""The questions that a person works through, as a checklist and never by a machine."""


class CaseEnd(StrEnum):
    """How a case ended; a person says so, and for tier 0 a second one."""

    SAFE_WITH_PLAN = "safe, with a plan"
    WITH_988 = "with 988"
    EMERGENCY_CONFIRMED = "emergency services made contact"
    WITH_SOMEBODY = "with somebody they trust"
    NO_ANSWER = "no answer after every attempt"
    NO_DANGER = "no danger: read by a person"


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer to write: its kind, round and time."""

    kind: TimerKind
    round: int
    due_at: datetime


def timers_of(round: int, now: datetime) -> list[DueTimer]:
    """The timers of one round of waiting that begins now."""
    return [DueTimer(kind, round, now + after) for kind, after in AFTER.items()]


def needs_second(case_tier: Tier) -> bool:
    """Whether lowering or closing a case of this tier takes a second person."""
    return case_tier is Tier.IMMINENT
