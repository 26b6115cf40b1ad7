"""Billable units from attended minutes, by payer's rule: a worksheet for a biller, not a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from waypost.treatment.attendance.tally import week_of
from waypost.treatment.rule_files import rule_entries
from waypost.values.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class UnitRule:
    """How one code's units come from minutes; ``content/treatment/billing.yaml`` explains each."""

    id: str
    code: str
    unit: str
    day_minutes: int
    most_a_day: int
    step: int
    half_counts: bool
    week_days: int
    week_minutes: int
    condition_code: str
    instead: str
    needs: Bilingual
    source: str
    url: str
    checked: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A day on the worksheet: minutes attended, code and units, and a caution as a code."""

    day: date
    minutes: int
    code: str
    units: int
    condition_code: str = ""
    caution: str = ""


SHORT_DAY, SHORT_WEEK, NO_UNIT = "short day", "short week", "no unit"


def unit_rules() -> Mapping[str, UnitRule]:
    """The rules by id."""
    return {str(entry["id"]): _rule(entry) for entry in rule_entries("billing")}


def _rule(entry: Mapping[str, object]) -> UnitRule:
    def number(name: str) -> int:
        return int(str(entry.get(name, 0)))

    needs = entry["needs"]
    words = needs if isinstance(needs, dict) else {}
    return UnitRule(
        id=str(entry["id"]),
        code=str(entry["code"]),
        unit=str(entry["unit"]),
        day_minutes=number("day_minutes"),
        most_a_day=number("most_a_day"),
        step=number("step"),
        half_counts=bool(entry.get("half_counts", False)),
        week_days=number("week_days"),
        week_minutes=number("week_minutes"),
        condition_code=str(entry.get("condition_code", "")),
        instead=str(entry.get("instead", "")),
        needs=Bilingual(str(words.get("en", "")), str(words.get("es", ""))),
        source=str(entry["source"]),
        url=str(entry["url"]),
        checked=str(entry["checked"]),
    )


def units_of(rule: UnitRule, minutes: int) -> int:
    """The units of one day's attended minutes under one rule, 0 where it is too short for any."""
    if minutes < rule.day_minutes:
        return 0
    if not rule.step:
        return 1
    units, rest = divmod(minutes, rule.step)
    units += rule.half_counts and rest * 2 > rule.step
    return min(units, rule.most_a_day)


def worksheet(rule: UnitRule, days: Mapping[date, int]) -> tuple[UnitLine, ...]:
    """A line for each day on which someone attended, from their minutes of each day.

    A day that is too short takes the neighbor's rule, where the rule names one. A week below what
    the rule asks for is billed as it is and carries a caution: the payer decides.
    """
    rules = unit_rules()
    return tuple(_line(rule, rules, days, day) for day in sorted(days) if days[day] > 0)


def _line(
    rule: UnitRule, rules: Mapping[str, UnitRule], days: Mapping[date, int], day: date
) -> UnitLine:
    minutes = days[day]
    units = units_of(rule, minutes)
    if not units and rule.instead:
        other = rules[rule.instead]
        units = units_of(other, minutes)
        return UnitLine(day, minutes, other.code, units, caution=SHORT_DAY if units else NO_UNIT)
    if not units:
        return UnitLine(day, minutes, rule.code, 0, caution=NO_UNIT)
    short = _week_is_short(rule, _of_week(days, day))
    return UnitLine(
        day, minutes, rule.code, units, rule.condition_code, SHORT_WEEK if short else ""
    )


def _of_week(days: Mapping[date, int], day: date) -> list[int]:
    monday, after = week_of(day)
    return [minutes for on, minutes in days.items() if monday <= on < after and minutes]


def _week_is_short(rule: UnitRule, minutes: Iterable[int]) -> bool:
    attended = list(minutes)
    full_days = sum(units_of(rule, session) > 0 for session in attended)
    return full_days < rule.week_days or sum(attended) < rule.week_minutes
