"""The Brief Addiction Monitor over time: of one person, and how a program's people changed.

The three parts are never added up: no total is validated (Cacciola 2013, PMC3602977).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from waypost.levels_of_care.instruments.bam import BadBam, score_bam

MOST_USE, MOST_RISK, MOST_PROTECTIVE = 12, 24, 24


@dataclass(frozen=True, slots=True)
class BamOn:
    """A whole check-in, scored: Use 0 to 12, Risk and Protective 0 to 24."""

    person: str
    day: date
    use: int
    risk: int
    protective: int


@dataclass(frozen=True, slots=True)
class BamChange:
    """From the first check-in to the last, on average over ``people`` who have two or more."""

    people: int
    use: float
    risk: float
    protective: float


def bam_history(answered: Iterable[tuple[str, date, Mapping[str, str]]]) -> list[BamOn]:
    """The check-ins that can be scored, in order of the day; one with a gap is left out."""
    scored = []
    for person, day, answers in answered:
        try:
            parts = score_bam(answers)
        except BadBam:
            continue
        scored.append(BamOn(person, day, parts.use, parts.risk, parts.protective))
    return sorted(scored, key=lambda scored_bam: (scored_bam.day, scored_bam.person))


def is_whole(answers: Mapping[str, str]) -> bool:
    """Whether a check-in can be scored."""
    try:
        score_bam(answers)
    except BadBam:
        return False
    return True


def bam_change(history: Iterable[BamOn], first: date, last: date) -> BamChange | None:
    """How people changed between ``first`` and ``last``; None where nobody checked in twice."""
    of_person: dict[str, list[BamOn]] = {}
    for scored_bam in history:
        if first <= scored_bam.day <= last:
            of_person.setdefault(scored_bam.person, []).append(scored_bam)
    pairs = [(rows[0], rows[-1]) for rows in of_person.values() if len(rows) > 1]
    if not pairs:
        return None
    return BamChange(
        len(pairs),
        fmean(after.use - before.use for before, after in pairs),
        fmean(after.risk - before.risk for before, after in pairs),
        fmean(after.protective - before.protective for before, after in pairs),
    )
