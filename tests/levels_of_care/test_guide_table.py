"""The written tables are the rules, and nothing is lost in pressing answers into classes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.levels_of_care.guide import table
from waypost.levels_of_care.guide.answers import completed, read_answers
from waypost.levels_of_care.guide.assess import facts_of, first_row
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.guide.sheet import tables

GUIDE = the_guide()
REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", list(tables(GUIDE)))
def test_the_file_is_in_step_with_the_rules(name: str) -> None:
    assert (REFERENCE / name).read_text("utf-8") == tables(GUIDE)[name]


def test_the_tables_hold_every_combination_once() -> None:
    for classes, number in (
        (table.level_classes(), 3 * 3 * 5 * 4 * 3 * 3 * 4),
        (table.young_classes(), 3**5 * 4),
        (table.substance_classes(), 2_496),
    ):
        rows = [tuple(row.values()) for row in classes]
        assert len(rows) == len(set(rows)) == number
    pairs = list(table.pairs_of_dangers(GUIDE.safety))
    number = len(GUIDE.safety.dangers)
    assert len(pairs) == len(set(pairs)) == number * (number + 1) // 2


def _plainly(row: dict[str, str]) -> tuple[str, ...]:  # noqa: PLR0911 - one plain chain
    """The level rows for adults, written out as one plain chain of ifs."""
    u = 0 if row["U"] == "not now" else int(row["U"])
    b, s, r, h = int(row["B"]), int(row["S"][0]), int(row["R"]), int(row["H"])
    prior, alone = row["prior"], "alone" in row["S"]
    some = u >= 1 or r >= 1
    if b == 2:
        return ("inpatient",) if row["W"] == "0" else ("withdrawal", "inpatient")
    if s == 2:
        return ("php", "residential")
    if h == 2 and alone and (some or prior != "no-treatment"):
        return ("iop+", "residential") if r == 2 and u == 2 else ("outpatient+", "iop+")
    if h == 2:
        if r == 2 and (u == 2 or (s == 1 and prior == "intensive")):
            return ("php+", "residential")
        before = prior != "no-treatment"
        return ("iop+", "residential") if some or before else ("outpatient+",)
    more = r >= 1 or u == 2 or prior == "leaving" or (prior == "weekly" and u == 1)
    if alone and (more or (prior == "intensive" and some)):
        return ("outpatient", "iop")
    if r == 2 and u == 2 and prior == "intensive":
        return ("php", "residential")
    if r == 2 and u == 2:
        return ("php",) if s == 1 else ("iop", "php")
    if prior == "intensive" and some:
        return ("iop", "php")
    return ("iop",) if more else ("outpatient",)


def test_every_row_agrees_with_the_plain_table() -> None:
    for row in table.level_classes():
        rule = first_row(GUIDE.levels, table.class_facts(row))
        got = tuple(s.level + "+" * s.housing for s in rule.suggest)
        assert got == _plainly(row), row


def _young_plainly(row: dict[str, str]) -> tuple[str, ...]:
    """The rows under 18, likewise."""
    b, s, u, r, h = (int(row[name]) for name in "BSURH")
    weekly = row["often"] == "weekly"
    if b == 2:
        return ("inpatient",)
    if s == 2:
        return ("php", "residential")
    if h == 2 and (weekly or u or r):
        return ("iop", "residential")
    if (weekly and u) or u == 2 or r:
        return ("outpatient", "iop")
    return ("outpatient",)


def test_every_row_under_18_agrees_with_the_plain_table() -> None:
    for row in table.young_classes():
        rule = first_row(GUIDE.young, table.young_facts(row))
        assert tuple(s.level for s in rule.suggest) == _young_plainly(row), row


CHOICES = {q.id: [c.id for c in q.choices] for q in GUIDE.questions}
RAW = st.fixed_dictionaries(
    {
        q.id: st.lists(
            st.sampled_from(CHOICES[q.id]), min_size=1, max_size=3 if q.many else 1, unique=True
        )
        for q in GUIDE.questions
        if q.id not in ("checked", "seen")
    }
)


@given(RAW)
@settings(max_examples=500)
def test_any_answers_fall_into_the_class_that_decides_them(raw: dict[str, list[str]]) -> None:
    answers = completed(GUIDE, read_answers(GUIDE, raw))
    facts = facts_of(GUIDE, answers)
    row = {name: min(facts[name]) for name in "WBSURH"}
    if raw["who"][0].endswith("youth"):
        often = min(answers.get("often", {"monthly"}))
        row["often"] = "monthly" if often == "unknown" else often
        young = {name: row[name] for name in ("B", "S", "U", "R", "H", "often")}
        by_class = first_row(GUIDE.young, table.young_facts(young))
        assert by_class == first_row(GUIDE.young, facts)
        return
    row["W"] = table.CHECKED if row["W"] == "2" else row["W"]
    row["S"] += " alone" if answers["mind"] == {"alone"} and row["S"] != "0" else ""
    row["U"] = "not now" if answers["problems"] == {"remission"} and row["U"] == "0" else row["U"]
    prior = min(answers["prior"])
    row["prior"] = prior if prior in table.PRIOR else "no-treatment"
    by_class = first_row(GUIDE.levels, table.class_facts(row))
    assert by_class.suggest == first_row(GUIDE.levels, facts).suggest
