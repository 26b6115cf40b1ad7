"""The whole decision table, every combination, for a clinician to read and sign.

The raw answers make billions of combinations, so they are pressed into classes that the rules
cannot tell apart; the tests show that nothing is lost:

* levels: the six scales (withdrawal, body, mind, use, return to use, home), "not using now" apart
  from "some days", and the treatment so far. Every other answer changes notes, never the level.
* exits: what is used, past withdrawal, pregnancy, body, age and how much use, each cut to the
  values that the exits' conditions tell apart ("any": they tell none apart here). Emergencies,
  suicide and a body that needs a hospital raise their own exit whatever the rest.

`waypost.levels_of_care.guide.sheet` writes both files.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import product

from waypost.levels_of_care.guide.assess import first_row, flags
from waypost.levels_of_care.guide.condition import Facts
from waypost.levels_of_care.guide.rule import LevelRule
from waypost.levels_of_care.guide.rules_file import Guide

LEVELS_FILE = "level-of-care-table.csv"
EXITS_FILE = "level-of-care-exits.csv"

CHECKED = "2 checked"
"""Withdrawal may be dangerous and a clinician has checked; unchecked it is an exit."""

USE = {"not now": ("0", "remission"), "0": ("0", "some"), "1": ("1", "most"), "2": ("2", "daily")}
PRIOR = ("no-treatment", "weekly", "intensive", "leaving")

ALCOHOL = ("", "alcohol-some", "alcohol-most", "alcohol-heavy")
BENZO = ("", "benzo-some", "benzo-most")
WITHDRAWAL = ("nothing", "many", "severe", "unknown")
ASKED_USE = ("some", "most", "unknown")
EXIT_COLUMNS = ("substances", "withdrawal", "body", "who", "pregnant", "use")


def level_classes() -> Iterator[dict[str, str]]:
    """Every class of answers that the level rules can tell apart: 3,888 of them."""
    scales = ("0", "1", "2")
    for w, (b, s, r, h) in product(("0", "1", CHECKED), product(scales, repeat=4)):
        for use, prior in product(USE, PRIOR):
            yield {"W": w, "B": b, "S": s, "U": use, "R": r, "H": h, "prior": prior}


def class_facts(row: dict[str, str]) -> Facts:
    """A class of the level table as the facts that the rules read."""
    value, use = USE[row["U"]]
    facts = row | {"W": row["W"][0], "U": value, "use": use}
    return {name: frozenset({value}) for name, value in facts.items()}


def exit_classes() -> Iterator[dict[str, str]]:
    """Every class of answers that the withdrawal and pregnancy exits can tell apart: 952."""
    for substances, withdrawal in product([*_mixes(), "unknown"], WITHDRAWAL):
        for person in _persons(known=substances != "unknown"):
            for body in ("stable", "follow-up"):
                yield {"substances": substances, "withdrawal": withdrawal, "body": body} | person


def _mixes() -> Iterator[str]:
    """What is used, where it is known; something else counts where no alcohol or sedative does."""
    for alcohol, benzo, opioids in product(ALCOHOL, BENZO, ("", "opioids")):
        yield " ".join(filter(None, (alcohol, benzo, opioids))) or "none"
    yield from ("other", "other opioids")


def _persons(*, known: bool) -> Iterator[dict[str, str]]:
    """Age, pregnancy and how much use; age under 18 and use count where the drug is not known."""
    ages = {"self-adult": ("no", "yes", "unknown"), "self-older": ("not asked",)}
    if not known:
        ages["self-youth"] = ("no", "yes", "unknown")
    for who, pregnancies in ages.items():
        uses = ("any",) if known else ("not asked",) if who == "self-youth" else ASKED_USE
        for pregnant, use in product(pregnancies, uses):
            yield {"who": who, "pregnant": pregnant, "use": use}


def exit_facts(row: dict[str, str]) -> Facts:
    """A class of the exit table as answers."""
    return {n: frozenset(v.split()) for n, v in row.items() if v not in ("not asked", "any")}


def levels_text(guide: Guide) -> str:
    """The level table as CSV: the class, the row that decides, its levels."""
    head = ("W", "B", "S", "U", "R", "H", "prior", "rule", "levels")
    rows = ([*row.values(), *_outcome(guide, row)] for row in level_classes())
    return _csv(head, rows)


def exits_text(guide: Guide) -> str:
    """The exit table as CSV: the class and every red flag that it raises ("-" for none)."""
    rows = (
        [*row.values(), " ".join(rule.id for rule in flags(guide, exit_facts(row))) or "-"]
        for row in exit_classes()
    )
    return _csv((*EXIT_COLUMNS, "exits"), rows)


def suggestion_text(row: LevelRule) -> str:
    """The levels of a rule in one cell: "iop with recovery-housing / residential"."""
    return " / ".join(
        f"{s.level} with recovery-housing" if s.housing else s.level for s in row.suggest
    )


def _outcome(guide: Guide, row: dict[str, str]) -> tuple[str, str]:
    rule = first_row(guide, class_facts(row))
    return rule.id, suggestion_text(rule)


def _csv(head: tuple[str, ...], rows: Iterator[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
