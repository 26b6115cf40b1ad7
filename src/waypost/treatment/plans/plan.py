"""The individual plan: problems, goals, objectives, interventions, who, by when, and the week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from waypost.treatment.faults import TreatmentFault
from waypost.treatment.records.sealed_words import SealedWords
from waypost.values.coded_fault import CodedFault


class LineState(StrEnum):
    """Where a line of the plan stands."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PlanLine(SealedWords):
    """One intervention for one objective of one goal; ``by_when`` is a day, ISO, or empty."""

    problem: str
    goal: str
    objective: str = ""
    intervention: str = ""
    who: str = ""
    by_when: str = ""
    state: str = LineState.OPEN


@dataclass(frozen=True, slots=True)
class AskedWeek:
    """What the plan asks of a week; the timetable is made from it.

    ``hours`` a week over ``days``; ``kinds`` of groups that are needed; ``can_come`` are spans such
    as "mon 18:00-21:00", in the person's words where they are not; transport and child care as
    they say it.
    """

    hours: int = 9
    days: int = 3
    kinds: tuple[str, ...] = ()
    can_come: str = ""
    transport: str = ""
    child_care: str = ""


@dataclass(frozen=True, slots=True)
class PlanWords:
    """A whole plan; sealed at rest."""

    own_words: str = ""
    lines: tuple[PlanLine, ...] = ()
    week: AskedWeek = AskedWeek()
    template: str = ""

    @classmethod
    def read(cls, words: Mapping[str, Any]) -> Self:
        """From what was sealed."""
        week = {**words.get("week", {})}
        week["kinds"] = tuple(week.get("kinds", ()))
        return cls(
            str(words.get("own_words", "")),
            tuple(PlanLine.read(line) for line in words.get("lines", ())),
            AskedWeek(**week),
            str(words.get("template", "")),
        )

    def sealable(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return asdict(self)


FEWEST_HOURS, MOST_HOURS = 6, 30
FEWEST_DAYS, MOST_DAYS = 1, 7


COLUMNS = ("problem", "goal", "objective", "intervention", "who", "by_when")
"""What every line of a plan says."""


def faults_of(words: PlanWords) -> list[CodedFault]:
    """What keeps a plan from being signed, each with its place; empty where nothing does."""
    return list(_faults(words))


def _faults(words: PlanWords) -> Iterator[CodedFault]:
    if not words.own_words.strip():
        yield CodedFault(TreatmentFault.PLAN_OWN_WORDS, "own_words")
    if not words.lines:
        yield CodedFault(TreatmentFault.PLAN_EMPTY, "lines")
    for number, line in enumerate(words.lines, 1):
        yield from _line_faults(number, line)
    if not FEWEST_HOURS <= words.week.hours <= MOST_HOURS:
        facts = {"least": FEWEST_HOURS, "most": MOST_HOURS}
        yield CodedFault(TreatmentFault.PLAN_HOURS, "hours", facts)
    if not FEWEST_DAYS <= words.week.days <= MOST_DAYS:
        facts = {"least": FEWEST_DAYS, "most": MOST_DAYS}
        yield CodedFault(TreatmentFault.PLAN_DAYS, "days", facts)


def _line_faults(number: int, line: PlanLine) -> Iterator[CodedFault]:
    lacks = tuple(name for name in COLUMNS if not getattr(line, name).strip())
    if lacks:
        facts: dict[str, object] = {"line": number, "lacks": lacks}
        yield CodedFault(TreatmentFault.PLAN_LINE, f"line {number}", facts)
    if line.by_when and not _is_day(line.by_when):
        yield CodedFault(TreatmentFault.PLAN_DAY, f"line {number} by_when", {"line": number})


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
