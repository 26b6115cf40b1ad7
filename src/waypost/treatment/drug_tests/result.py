"""Results of a test, and what may follow: a conversation, a confirmation, never a consequence.

An unexpected result is a reason to talk (ASAM 2017). Nothing here, and nothing that reads it,
changes a level, a place or a right by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Panel(StrEnum):
    """The substances that a test looks for, as stored."""

    ALCOHOL = "alcohol"
    AMPHETAMINES = "amphetamines"
    BENZODIAZEPINES = "benzodiazepines"
    BUPRENORPHINE = "buprenorphine"
    CANNABIS = "cannabis"
    COCAINE = "cocaine"
    FENTANYL = "fentanyl"
    METHADONE = "methadone"
    OPIATES = "opiates"
    OXYCODONE = "oxycodone"


class PanelReading(StrEnum):
    """What the test shows of one substance."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    INVALID = "invalid"


class TestStep(StrEnum):
    """Where a test stands, as stored; `STEPS` has the legal moves."""

    __test__ = False

    DRAWN = "drawn"
    COLLECTED = "collected"
    NOT_COLLECTED = "not collected"
    RESULT = "result"
    SENT_TO_CONFIRM = "sent to confirm"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not confirmed"


STEPS: Mapping[TestStep, frozenset[TestStep]] = {
    TestStep.DRAWN: frozenset({TestStep.COLLECTED, TestStep.NOT_COLLECTED}),
    TestStep.COLLECTED: frozenset({TestStep.RESULT}),
    TestStep.NOT_COLLECTED: frozenset(),
    TestStep.RESULT: frozenset({TestStep.SENT_TO_CONFIRM}),
    TestStep.SENT_TO_CONFIRM: frozenset({TestStep.CONFIRMED, TestStep.NOT_CONFIRMED}),
    TestStep.CONFIRMED: frozenset(),
    TestStep.NOT_CONFIRMED: frozenset(),
}


class ResultFollowUp(StrEnum):
    """What an outcome asks of staff. There is nothing else that it can ask."""

    CONVERSATION = "conversation"
    COLLECT_AGAIN = "collect again"


@dataclass(frozen=True, slots=True)
class TestReading:
    """One substance: what was seen, and whether the person's medicines lead one to expect it."""

    __test__ = False

    panel: Panel
    reading: PanelReading
    expected_positive: bool = False

    @property
    def unexpected(self) -> bool:
        """A positive that no medicine explains, or a prescribed medicine that is not there."""
        if self.reading is PanelReading.INVALID:
            return False
        return (self.reading is PanelReading.POSITIVE) != self.expected_positive


def follow_ups(step: TestStep, readings: Iterable[TestReading]) -> tuple[ResultFollowUp, ...]:
    """The tasks that a test makes for staff."""
    readings = tuple(readings)
    tasks = []
    if step is TestStep.NOT_COLLECTED or any(r.unexpected for r in readings):
        tasks.append(ResultFollowUp.CONVERSATION)
    if any(r.reading is PanelReading.INVALID for r in readings):
        tasks.append(ResultFollowUp.COLLECT_AGAIN)
    return tuple(tasks)
