"""The written cases: every one comes out as written, every red flag is among them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from waypost.levels_of_care.guide.cases import (
    changed_cases,
    main,
    outcome,
    read_cases,
)
from waypost.levels_of_care.guide.rules_file import read_guide, the_guide
from waypost.levels_of_care.words import BadContent
from waypost.values.content import content_folder

CASES_FILE = Path(__file__).with_name("cases")
CASES = read_cases(CASES_FILE)
CONTENT = content_folder()


@pytest.mark.parametrize("name", sorted(path.name for path in CASES_FILE.glob("*.yaml")))
def test_every_case_of_the_file_comes_out_as_written(name: str) -> None:
    """One test a file: all that differ are named, and none hides behind the first."""
    other = [(case, outcome(the_guide(), case.answers)) for case in read_cases(CASES_FILE / name)]
    differ = [
        f"{case.id} {case.about}\n  written: {case.expected.text()}\n  comes:   {comes.text()}"
        for case, comes in other
        if comes != case.expected
    ]
    assert other and not differ, "\n".join(differ)


def test_there_are_at_least_250_cases() -> None:
    assert len(CASES) >= 250


def test_every_danger_is_there_alone_for_every_age_for_self_and_for_others() -> None:
    names = ("dangers_alone.yaml",)
    alone = [c for name in names for c in read_cases(CASES_FILE / name)]
    by_person: dict[str, set[str]] = {}
    for case in alone:
        who = str(case.answers["who"])
        ids = case.expected.exits or case.expected.today
        by_person.setdefault(who, set()).update(ids)
    assert len(by_person) == 6
    assert min(len(ids) for ids in by_person.values()) >= 24


def test_every_rule_is_used_by_a_case() -> None:
    guide = the_guide()
    exits = {name for c in CASES for name in c.expected.exits}
    today = {name for c in CASES for name in c.expected.today}
    for rule in guide.dangers:
        assert rule.id in exits or rule.danger in today, rule.id
    seen = {name for c in CASES for name in (*c.expected.reasons, *c.expected.notes)}
    rules = {rule.id for rule in (*guide.scales, *guide.notes)}
    # these only add a note or an exit, and never decide a level alone
    assert rules - seen <= {
        "B1s", "W1", "H1-use", "H1-conflict", "H1-open", "S2-unsafe"
    }  # fmt: skip


def test_the_numbers_of_a_case_are_those_of_its_dangers() -> None:
    """Written by hand, apart from the files: which numbers each kind of danger must show."""
    must = {
        "not-waking": {"911"}, "took-purpose": {"911", "poison-help", "988"},
        "took-much": {"poison-help"}, "child-took": {"poison-help"}, "seizure": {"911"},
        "confused": {"911"}, "chest": {"911"}, "stroke": {"911"}, "overheated": {"911"},
        "injury": {"911"}, "vomit-blood": {"911"}, "birth": {"911"}, "plan": {"988"}, "attempt": {"988"},
        "unsafe": {"988"}, "voices": {"988"}, "hurt-others": {"988"}, "self-injury": {"988"},
    }  # fmt: skip
    for case in CASES:
        if "checked" in case.answers:  # a clinician's word stands in their place
            continue
        given = {
            v
            for values in case.answers.values()
            for v in ([values] if isinstance(values, str) else values)
        }
        for answer, numbers in must.items():
            if answer in given and (answer != "unsafe" or case.answers.get("mind") == "unsafe"):
                assert numbers <= set(case.expected.numbers), (case.id, answer)
        if case.expected.numbers:
            assert {"911", "988"} <= set(case.expected.numbers), case.id


def _changed_folder(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "after"
    shutil.copytree(CONTENT, folder)
    rules = folder / "levels_of_care" / "rules.yaml"
    text = rules.read_text("utf-8")
    assert old in text
    rules.write_text(text.replace(old, new), "utf-8")
    return folder


def test_a_rule_change_shows_the_cases_that_change(tmp_path: Path) -> None:
    old = "when: {used: [benzo], daily: [benzo, unknown]"
    folder = _changed_folder(tmp_path, old, "when: {who: [nobody]")
    with pytest.raises(BadContent, match="nobody"):
        read_guide(folder / "levels_of_care")
    shutil.rmtree(folder)
    folder = _changed_folder(tmp_path, old, "when: {used: [cannabis], daily: [cannabis]")
    changed = changed_cases(the_guide(), read_guide(folder / "levels_of_care"), CASES)
    assert changed
    for change in changed:
        assert {"benzo", "cannabis"} & set(change.case.answers["used"])
    text = main(CASES_FILE, CONTENT, folder)
    assert text.startswith(f"{len(changed)} of {len(CASES)} cases change.")
    assert changed[0].case.id in text and "numbers" in text


def test_an_answer_that_the_older_rules_do_not_know_is_a_change_too(tmp_path: Path) -> None:
    folder = tmp_path / "before"
    shutil.copytree(CONTENT, folder)
    for name in ("questions", "rules"):
        path = folder / "levels_of_care" / f"{name}.yaml"
        path.write_text(path.read_text("utf-8").replace("kratom", "kratum"), "utf-8")
    notes = folder / "levels_of_care" / "notes.yaml"
    notes.write_text(notes.read_text("utf-8").replace("kratom]", "kratum]"), "utf-8")
    before = read_guide(folder / "levels_of_care")
    changed = changed_cases(before, the_guide(), CASES)
    assert changed and all("kratom" in change.case.answers["used"] for change in changed)
    assert "no such answer" in main(CASES_FILE, folder, CONTENT)


def test_the_same_rules_change_nothing() -> None:
    assert changed_cases(the_guide(), read_guide(CONTENT / "levels_of_care"), CASES) == ()


def test_a_case_that_expects_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text("base: {}\ncases:\n  - {id: a, about: b, answers: {}}\n", "utf-8")
    with pytest.raises(BadContent, match="expects"):
        read_cases(path)
