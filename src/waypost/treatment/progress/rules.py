"""Rules that suggest a change of sessions or level, each with its reasons and its source.

They read ``content/treatment/progress.yaml`` and decide nothing: a clinician does, with a reason.
A number that is not known makes no condition true.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from waypost.levels_of_care.words import BadContent
from waypost.treatment.rule_files import rule_entries
from waypost.values.bilingual import Bilingual


class Suggested(StrEnum):
    """What a rule suggests."""

    FEWER = "fewer"
    MORE = "more"
    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a person's progress; None is not known. The rule file says what each is."""

    week: float | None = None
    hours: float | None = None
    unexpected: float | None = None
    expected: float | None = None
    use: float | None = None
    risk: float | None = None
    protective: float | None = None
    goals: float | None = None
    missed: float | None = None


@dataclass(frozen=True, slots=True)
class ProgressRule:
    """One rule: every condition must hold for it to suggest something."""

    id: str
    suggests: Suggested
    when: tuple[tuple[str, str, float], ...]
    why: Bilingual
    source: str
    url: str
    checked: str


COMPARES: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}
_MEASURES = frozenset(field.name for field in fields(Measured))


def progress_rules() -> tuple[ProgressRule, ...]:
    """The rules of the file; raises `BadContent` where one cannot be applied."""
    return tuple(_rule(entry) for entry in rule_entries("progress"))


def _rule(entry: Mapping[str, object]) -> ProgressRule:
    name, conditions, why = str(entry["id"]), entry.get("when"), entry.get("why")
    if not isinstance(conditions, list) or not conditions or not isinstance(why, dict):
        raise BadContent(f"The rule {name} has no condition, or no reason in words.")
    when = tuple((str(c[0]), str(c[1]), float(c[2])) for c in conditions)
    if any(measure not in _MEASURES or sign not in COMPARES for measure, sign, _n in when):
        raise BadContent(f"The rule {name} compares what is not measured.")
    return ProgressRule(
        name,
        Suggested(str(entry["suggests"])),
        when,
        Bilingual(str(why["en"]), str(why["es"])),
        str(entry["source"]),
        str(entry["url"]),
        str(entry["checked"]),
    )


def suggestions(measured: Measured) -> tuple[ProgressRule, ...]:
    """The rules that apply, those toward more care first: where both apply, safety comes first."""
    order = (Suggested.HIGHER, Suggested.MORE, Suggested.LOWER, Suggested.FEWER)
    apply = [rule for rule in progress_rules() if applies(rule, measured)]
    return tuple(sorted(apply, key=lambda rule: order.index(rule.suggests)))


def applies(rule: ProgressRule, measured: Measured) -> bool:
    """Whether every condition of a rule holds for what is known."""
    for measure, sign, number in rule.when:
        value = getattr(measured, measure)
        if value is None or not COMPARES[sign](value, number):
            return False
    return True
