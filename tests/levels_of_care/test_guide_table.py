"""The written table is the table, nothing is lost in pressing answers into classes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.levels_of_care.guide.answers import on_path
from waypost.levels_of_care.guide.assess import facts_of, first_row, flags, scale_values
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.guide.table import (
    CHECKED,
    EXITS_FILE,
    LEVELS_FILE,
    class_facts,
    exit_classes,
    exit_facts,
    exits_text,
    level_classes,
    levels_text,
)

GUIDE = the_guide()
REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize(
    ("name", "text"), [(LEVELS_FILE, levels_text(GUIDE)), (EXITS_FILE, exits_text(GUIDE))]
)
def test_the_file_is_in_step_with_the_rules(name: str, text: str) -> None:
    assert (REFERENCE / name).read_text("utf-8") == text


def test_the_table_holds_every_combination_once() -> None:
    rows = [tuple(row.values()) for row in level_classes()]
    assert len(rows) == len(set(rows)) == 3**5 * 4 * 4
    exits = [tuple(row.values()) for row in exit_classes()]
    assert len(exits) == len(set(exits)) == 4 * 2 * (26 * 4 + 15)


def _plainly(row: dict[str, str]) -> tuple[str, ...]:
    """The table of the specification, written out as one plain chain of ifs."""
    u = 0 if row["U"] == "not now" else int(row["U"])
    b, s, r, h = (int(row[name]) for name in "BSRH")
    intensive, before = row["prior"] == "intensive", row["prior"] in ("weekly", "leaving")
    if b == 2:
        return ("inpatient",) if row["W"] == "0" else ("withdrawal", "inpatient")
    if s == 2:
        return ("residential", "inpatient")
    if h == 2:
        return ("php+", "residential") if u == 2 or r == 2 else ("iop+", "residential")
    if r == 2 and (u == 2 or s == 1):
        return ("php", "residential") if intensive else ("php",)
    if r == 2 or intensive:
        return ("iop", "php")
    return ("iop",) if r == 1 or u == 2 or before else ("outpatient",)


def test_every_row_agrees_with_the_plain_table() -> None:
    for row in level_classes():
        rule = first_row(GUIDE, class_facts(row))
        got = tuple(s.level + "+" * s.housing for s in rule.suggest)
        assert got == _plainly(row), row


CHOICES = {q.id: [c.id for c in q.choices] for q in GUIDE.questions}
MANY = {q.id for q in GUIDE.questions if q.many}
RAW = st.fixed_dictionaries(
    {
        name: st.sets(st.sampled_from(ids), min_size=1, max_size=3 if name in MANY else 1)
        for name, ids in CHOICES.items()
    }
)


@given(RAW)
@settings(max_examples=500)
def test_any_answers_fall_into_the_class_that_decides_them(raw: dict[str, set[str]]) -> None:
    facts = facts_of(GUIDE, {name: frozenset(values) for name, values in raw.items()})
    scales = scale_values(facts)
    row = {name: str(scales[name]) for name in "WBSURH"}
    row["W"] = CHECKED if row["W"] == "2" else row["W"]
    row["U"] = "not now" if raw["use"] == {"remission"} else row["U"]
    prior = min(raw["prior"])
    row["prior"] = "no-treatment" if prior == "unknown" else prior
    assert first_row(GUIDE, class_facts(row)) == first_row(GUIDE, facts)


def _exit_class(raw: dict[str, set[str]], who: str) -> dict[str, str]:
    used = raw["substances"]
    known = "unknown" not in used
    order = ["alcohol-heavy", "alcohol-most", "alcohol-some"]
    alcohol = next((a for a in order if a in used), "")
    benzo = next((b for b in ("benzo-most", "benzo-some") if b in used), "")
    other = "other" if "other" in used and not (alcohol or benzo) else ""
    opioids = "opioids" if "opioids" in used else ""
    use = "any" if known else "not asked" if who == "self-youth" else min(raw["use"])
    return {
        "substances": " ".join(filter(None, (alcohol, benzo, other, opioids))) or "none"
        if known
        else "unknown",
        "withdrawal": "nothing" if raw["withdrawal"] == {"mild"} else min(raw["withdrawal"]),
        "body": "stable" if raw["body"] == {"stable"} else "follow-up",
        "who": "self-adult" if known and who == "self-youth" else who,
        "pregnant": "not asked" if who == "self-older" else min(raw["pregnant"]),
        "use": {"remission": "some", "daily": "most"}.get(use, use),
    }


@given(RAW, st.sampled_from(["self-adult", "self-older", "self-youth"]))
@settings(max_examples=600)
def test_any_answers_fall_into_the_class_that_decides_their_exits(
    raw: dict[str, set[str]], who: str
) -> None:
    raw |= {"who": {who}, "now": {"none"}, "suicide": {"no-thoughts"}}
    if "unknown" in raw["substances"]:
        raw["substances"] = {"unknown"}
    answers = on_path(GUIDE, {name: frozenset(values) for name, values in raw.items()})
    got = {rule.id for rule in flags(GUIDE, answers)}
    assert ("M9" in got) == (raw["body"] == {"unstable"})
    row = _exit_class(raw, who)
    assert row in list(exit_classes())
    assert got - {"M9"} == {rule.id for rule in flags(GUIDE, exit_facts(row))}
