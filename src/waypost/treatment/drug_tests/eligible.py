"""Who is in the draw on a day: everyone who attends then, with the phase of their stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from waypost.treatment.drug_tests.draw import InDraw, TestPhase

FIRST_WEEKS, SETTLED_WEEKS = 4, 12


def phase_of(started_on: date | None, day: date) -> TestPhase:
    """First for four weeks, settled for twelve, then stable: weekly at least, then monthly.

    The weeks are this program's setting; ASAM (2017) asks for weekly at first and monthly when
    stable, and leaves when that is to clinicians.
    """
    weeks = (day - started_on).days // 7 if started_on else 0
    if weeks < FIRST_WEEKS:
        return TestPhase.FIRST
    return TestPhase.SETTLED if weeks < SETTLED_WEEKS else TestPhase.STABLE


def in_draw(
    people: Iterable[str],
    started: Mapping[str, date | None],
    days_a_week: Mapping[str, int],
    day: date,
) -> list[InDraw]:
    """The people of a day, for `draw`."""
    return [
        InDraw(person, phase_of(started.get(person), day), max(days_a_week.get(person, 1), 1))
        for person in sorted(set(people))
    ]
