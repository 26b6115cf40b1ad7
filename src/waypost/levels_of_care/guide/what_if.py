"""What would lead to more care, found by asking the rules again with one thing worse.

Only what may still come is spoken of: nothing offers to change the past.
"""

from __future__ import annotations

from dataclasses import dataclass

from waypost.levels_of_care.guide.assess import Suggestions, first_row
from waypost.levels_of_care.guide.condition import Facts
from waypost.levels_of_care.guide.rule import LevelRule, ScaleRule, Suggestion
from waypost.levels_of_care.guide.rules_file import SCALES, Guide


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change for the worse that would lead to more care; ``rule`` has its words."""

    rule: ScaleRule
    suggest: tuple[Suggestion, ...]


def what_if(guide: Guide, result: Suggestions) -> tuple[WhatIf, ...]:
    """The nearest worsening of each scale that may still come and that leads to other levels."""
    rows = guide.levels if result.row in guide.levels else guide.young
    changes = []
    for scale in SCALES:
        now = int(min(result.facts[scale]))
        for rule in sorted(guide.scales, key=lambda r: r.value):
            if rule.scale != scale or rule.value <= now or not rule.if_words:
                continue
            row = row_with(rows, result.facts, scale, rule.value)
            if row.top > result.row.top:
                changes.append(WhatIf(rule, row.suggest))
                break
    return tuple(changes)


def row_with(rows: tuple[LevelRule, ...], facts: Facts, scale: str, value: int) -> LevelRule:
    """The row that these facts would lead to with one scale at another value."""
    other = dict(facts) | {scale: frozenset({str(value)})}
    if scale == "U" and value:
        other["problems"] = frozenset()  # who has trouble from use is no longer "doing well"
    return first_row(rows, other)
