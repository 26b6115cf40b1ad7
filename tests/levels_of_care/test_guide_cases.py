"""The written cases: every one comes out as written, every red flag is among them."""

from __future__ import annotations

import shutil
from itertools import combinations
from pathlib import Path

import pytest

from waypost.levels_of_care.guide.cases import (
    Case,
    changed_cases,
    main,
    outcome,
    read_cases,
)
from waypost.levels_of_care.guide.rules_file import read_guide, the_guide
from waypost.levels_of_care.words import BadContent
from waypost.values.content import content_folder

CASES_FILE = Path(__file__).with_name("cases.yaml")
CASES = read_cases(CASES_FILE)
CONTENT = content_folder() / "levels_of_care"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_case_comes_out_as_written(case: Case) -> None:
    assert outcome(the_guide(), case.answers) == case.expected, case.about


def test_there_are_at_least_150_cases() -> None:
    assert len(CASES) >= 150


def test_every_red_flag_is_there_alone_and_with_others() -> None:
    alone = {exit_ for c in CASES if len(c.expected.exits) == 1 for exit_ in c.expected.exits}
    flags = {rule.id for rule in the_guide().exits}
    assert alone == flags
    together = {
        pair for c in CASES for pair in combinations(sorted(c.expected.exits), 2) if len(pair) == 2
    }
    emergencies = ("E1", "E2", "E3", "E4", "E5")
    assert set(combinations(emergencies, 2)) <= together
    doctors = ("M1", "M2", "M3", "M4", "M5", "M9")
    assert {(e, m) for e in emergencies for m in doctors} <= together
    assert set(combinations(doctors, 2)) <= together


def test_every_rule_is_used_by_a_case() -> None:
    seen = {name for c in CASES for name in (*c.expected.exits, *c.expected.reasons)}
    seen |= {name for c in CASES for name in c.expected.notes}
    guide = the_guide()
    told = {rule.id for rule in (*guide.exits, *guide.notes)}
    told |= {r.id for r in guide.scales} - {"B1", "H1"}  # these two only add a note
    assert told <= seen


def _changed_folder(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "after"
    shutil.copytree(CONTENT, folder)
    rules = folder / "rules.yaml"
    text = rules.read_text("utf-8")
    assert old in text
    rules.write_text(text.replace(old, new), "utf-8")
    return folder


def test_a_rule_change_shows_the_cases_that_change(tmp_path: Path) -> None:
    folder = _changed_folder(tmp_path, "when: {substances: [benzo-most]}", "when: {who: [nobody]}")
    with pytest.raises(BadContent, match="nobody"):
        read_guide(folder)
    shutil.rmtree(folder)
    folder = _changed_folder(
        tmp_path, "when: {substances: [benzo-most]}", "when: {substances: [other]}"
    )
    changed = changed_cases(the_guide(), read_guide(folder), CASES)
    assert changed
    for one in changed:
        assert {"benzo-most", "other"} & set(one.case.answers["substances"])
    text = main(CASES_FILE, CONTENT, folder)
    assert text.startswith(f"{len(changed)} of {len(CASES)} cases change.")
    assert changed[0].case.id in text


def test_an_answer_that_the_older_rules_do_not_know_is_a_change_too(tmp_path: Path) -> None:
    folder = tmp_path / "before"
    shutil.copytree(CONTENT, folder)
    for name in ("questions", "rules"):
        path = folder / f"{name}.yaml"
        text = path.read_text("utf-8").replace("benzo-most", "benzo-often")
        path.write_text(text.replace(', date: "", digest: ""}', ', date: ""}'), "utf-8")
    changed = changed_cases(read_guide(folder), the_guide(), CASES)
    assert changed and all("benzo-most" in one.case.answers["substances"] for one in changed)
    assert "no such answer" in main(CASES_FILE, folder, CONTENT)


def test_the_same_rules_change_nothing() -> None:
    assert changed_cases(the_guide(), read_guide(CONTENT), CASES) == ()


def test_a_case_that_expects_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text("base: {}\ncases:\n  - {id: a, about: b, answers: {}}\n", "utf-8")
    with pytest.raises(BadContent, match="expects"):
        read_cases(path)
