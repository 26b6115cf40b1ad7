"""The whole decision table, every combination, for a clinician to read and sign.

The raw answers make billions of combinations, so they are pressed into classes that the rules
cannot tell apart; the tests show that nothing is lost:

* levels: the six scales (withdrawal, body, mind, use, return to use, home), "not using now" apart
  from "little trouble", a group that is not possible, and the treatment so far; under 18 the scales
  and how often something is used. Every other answer changes notes, never the level.
* substances: each substance alone, how often, how much (alcohol), what stopping did, how long ago,
  age, illness and pregnancy, and every danger that these raise.
* exits: every danger alone and every pair of dangers, with the steps and numbers that are shown.

`waypost.levels_of_care.guide.sheet` writes the files.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations_with_replacement, product

from waypost.levels_of_care.guide.assess import first_row, raised
from waypost.levels_of_care.guide.condition import Facts
from waypost.levels_of_care.guide.rule import LevelRule
from waypost.levels_of_care.guide.rules_file import Guide
from waypost.levels_of_care.safety.safety import Safety
from waypost.levels_of_care.safety.voice import VoiceAge, VoicePerson
from waypost.levels_of_care.safety.what_to_do import what_to_do

LEVELS_FILE = "level-of-care-table.csv"
YOUNG_FILE = "level-of-care-young.csv"
SUBSTANCES_FILE = "level-of-care-substances.csv"
EXITS_FILE = "level-of-care-exits.csv"

CHECKED = "2 checked"
"""Withdrawal may be dangerous and a clinician has checked; unchecked it is an exit."""

THREE = ("0", "1", "2")
MIND = {"0": ("0", "steady"), "1": ("1", "symptoms"), "1 alone": ("1", "alone")} | {
    "2": ("2", "symptoms"),
    "2 alone": ("2", "alone"),
}
USE = {
    "not now": ("0", "remission"),
    "0": ("0", "few"),
    "1": ("1", "some"),
    "2": ("2", "several"),
}
PRIOR = ("no-treatment", "weekly", "intensive", "leaving")
OFTEN = ("never", "twice", "monthly", "weekly")

AMOUNTS = {"alcohol": ("few", "many", "unknown")}
SUBSTANCES = (
    *("alcohol", "benzo", "sedative", "opioid-street", "opioid-rx", "moud", "kratom"),
    *("stimulants", "cannabis", "other", "unknown"),
)
DAY_OF_READING = date(2026, 11, 28)
"""The steps' ids do not depend on the day; a fixed one keeps the file the same on every day."""


def level_classes() -> Iterator[dict[str, str]]:
    """Every class of answers that the level rules can tell apart."""
    for w, b, mind, use in product(("0", "1", CHECKED), THREE, MIND, USE):
        for r, h, prior in product(THREE, THREE, PRIOR):
            yield {"W": w, "B": b, "S": mind, "U": use, "R": r, "H": h, "prior": prior}


def class_facts(row: dict[str, str]) -> Facts:
    """A class of the level table as the facts that the rules read."""
    (mind, mind_answer), (use, use_answer) = MIND[row["S"]], USE[row["U"]]
    facts = row | {"W": row["W"][0], "S": mind, "U": use}
    facts |= {"mind": mind_answer, "problems": use_answer}
    return {name: frozenset({value}) for name, value in facts.items()}


def young_classes() -> Iterator[dict[str, str]]:
    """Every class of answers that the rules under 18 can tell apart."""
    for b, s, u, r, h in product(THREE, repeat=5):
        for often in OFTEN:
            yield {"B": b, "S": s, "U": u, "R": r, "H": h, "often": often}


def young_facts(row: dict[str, str]) -> Facts:
    """A class of the table under 18 as the facts that the rules read."""
    return {name: frozenset({value}) for name, value in row.items()}


def substance_classes() -> Iterator[dict[str, str]]:
    """Each substance alone, in every way that the dangers' rules can tell apart."""
    for used in SUBSTANCES:
        often = ("none", "whatever" if used == "unknown" else used)
        ways = product(often, AMOUNTS.get(used, ("not asked",)), _stopping(), _bodies())
        for daily, drinks, (withdrawal, last), (who, body, pregnant) in ways:
            yield {
                "used": used,
                "daily": daily,
                "drinks": drinks,
                "withdrawal": withdrawal,
                "last": last,
                "who": who,
                "body": body,
                "pregnant": pregnant,
            }


def _stopping() -> Iterator[tuple[str, str]]:
    ways = ("nothing", "mild", "many", "severe", "never", "unknown")
    yield from product(ways, ("recent", "weeks"))


def _bodies() -> Iterator[tuple[str, str, str]]:
    yield from product(("self-adult",), ("stable", "follow-up"), ("no", "yes", "unknown"))
    yield from product(("self-older",), ("stable", "follow-up"), ("not asked",))


def substance_facts(row: dict[str, str]) -> Facts:
    """A class of the substances' table as answers; trouble from use is left open."""
    facts = {n: frozenset({v}) for n, v in row.items() if v != "not asked"}
    return facts | {"problems": frozenset({"unknown"})}


def pairs_of_dangers(safety: Safety) -> Iterator[tuple[str, ...]]:
    """Every danger alone, and every pair."""
    for one, other in combinations_with_replacement(safety.dangers, 2):
        yield (one,) if one == other else (one, other)


def levels_text(guide: Guide) -> str:
    """The level table as CSV: the class, the row that decides, its levels."""
    head = ("W", "B", "S", "U", "R", "H", "prior", "rule", "levels")
    classes = ((row, class_facts(row)) for row in level_classes())
    return _csv(head, ([*r.values(), *_outcome(guide.levels, f)] for r, f in classes))


def young_text(guide: Guide) -> str:
    """The table under 18 as CSV."""
    head = ("B", "S", "U", "R", "H", "often", "rule", "levels")
    classes = ((row, young_facts(row)) for row in young_classes())
    return _csv(head, ([*r.values(), *_outcome(guide.young, f)] for r, f in classes))


def substances_text(guide: Guide) -> str:
    """The substances' table as CSV: the class and every danger that it raises ("-" for none)."""
    head = ("used", "daily", "drinks", "withdrawal", "last", "who", "body", "pregnant", "dangers")
    classes = ((row, raised(guide, substance_facts(row))) for row in substance_classes())
    return _csv(
        head,
        ([*row.values(), _names(rule.danger for rule in rules)] for row, rules in classes),
    )


def exits_text(guide: Guide) -> str:
    """Every danger and every pair: the numbers and steps shown to an adult and under 18."""
    rows = (_exit_row(guide.safety, names) for names in pairs_of_dangers(guide.safety))
    head = ("danger", "with", "numbers", "steps", "numbers under 18", "steps under 18")
    return _csv(head, rows)


def _exit_row(safety: Safety, names: tuple[str, ...]) -> list[str]:
    cells = [names[0], names[1] if len(names) > 1 else "-"]
    for age in (VoiceAge.ADULT, VoiceAge.YOUNG):
        todo = what_to_do(safety, set(names), VoicePerson(age), DAY_OF_READING)
        cells += [_names(todo.numbers), _names(i for step in todo.steps for i in step.ids)]
    return cells


def suggestion_text(row: LevelRule) -> str:
    """The levels of a rule in one cell: "iop with recovery-housing / residential"."""
    return " / ".join(
        f"{s.level} with recovery-housing" if s.housing else s.level for s in row.suggest
    )


def _outcome(rows: tuple[LevelRule, ...], facts: Facts) -> tuple[str, str]:
    rule = first_row(rows, facts)
    return rule.id, suggestion_text(rule)


def _names(names: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(names)) or "-"


def _csv(head: tuple[str, ...], rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
