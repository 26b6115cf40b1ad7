"""What would change a suggestion, found by asking the rules again with one thing changed."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.levels_of_care.guide.assess import Result, first_row
from waypost.levels_of_care.guide.condition import Facts
from waypost.levels_of_care.guide.rule import LevelRule, ScaleRule, Suggestion
from waypost.levels_of_care.guide.rules_file import SCALES, Guide

WORST = 2


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change that would lead elsewhere. ``more`` is True where it leads to more care.

    ``rule`` holds the words: what would be so (more), or what would be so no longer.
    """

    rule: ScaleRule
    more: bool
    suggest: tuple[Suggestion, ...]


def what_if(guide: Guide, result: Result) -> tuple[WhatIf, ...]:
    """The nearest change of each scale, up and down, that leads to other levels."""
    found = []
    for scale in SCALES if result.row else ():
        now = int(min(result.facts[scale]))
        found += _worse(guide, result, scale, now) + _better(guide, result, scale, now)
    return tuple(found)


def _worse(guide: Guide, result: Result, scale: str, now: int) -> list[WhatIf]:
    for value in range(now + 1, WORST + 1):
        row = row_with(guide, result.facts, scale, value)
        if result.row and row.top > result.row.top:
            return [WhatIf(_rule(guide, scale, value), True, row.suggest)]
    return []


def _better(guide: Guide, result: Result, scale: str, now: int) -> list[WhatIf]:
    for value in range(now - 1, -1, -1):
        row = row_with(guide, result.facts, scale, value)
        if result.row and row.top < result.row.top:
            return [WhatIf(_rule(guide, scale, now), False, row.suggest)]
    return []


def row_with(guide: Guide, facts: Facts, scale: str, value: int) -> LevelRule:
    """The row that these facts would lead to with one scale at another value."""
    other = dict(facts) | {scale: frozenset({str(value)})}
    if scale == "U" and value:
        other["use"] = frozenset()  # who uses on most days is no longer "not using now"
    return first_row(guide, other)


def _rule(guide: Guide, scale: str, value: int) -> ScaleRule:
    return next(rule for rule in guide.scales if (rule.scale, rule.value) == (scale, value))
