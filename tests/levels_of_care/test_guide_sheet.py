"""The sheet that a clinician signs: whole, in step, readable one way, and worth nothing once
anything changes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from levels_of_care.sheet_reading import Reading, atoms_of, conditions_in
from waypost.levels_of_care.guide import sheet, table
from waypost.levels_of_care.guide.assess import raised
from waypost.levels_of_care.guide.condition import Condition
from waypost.levels_of_care.guide.rule import Review
from waypost.levels_of_care.guide.rules_file import Guide, the_guide
from waypost.levels_of_care.level import the_levels
from waypost.levels_of_care.near_or_away import the_topics
from waypost.levels_of_care.safety.voice import Voiced
from waypost.values.bilingual import Bilingual
from waypost.web.guide.words import signature_words

GUIDE = the_guide()
SHEET = sheet.sheet_text(GUIDE)
REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
WRITTEN = conditions_in(SHEET)


def test_what_is_written_is_what_is_kept(tmp_path: Path) -> None:
    paths = sheet.write(tmp_path)
    assert len(paths) == 5
    for path in paths:
        kept = REFERENCE / path.name
        assert path.read_bytes() == kept.read_bytes(), (
            "run python -m waypost.levels_of_care.guide.sheet docs/reference"
        )


def _every_sentence() -> list[Voiced | Bilingual]:
    said: list[Voiced | Bilingual] = [heading.words for heading in GUIDE.headings]
    said += [question.words for question in GUIDE.questions]
    said += [choice.words for question in GUIDE.questions for choice in question.choices]
    said += [rule.words for rule in GUIDE.rules()]
    said += [rule.if_words for rule in GUIDE.scales if rule.if_words]
    said += [step.words for step in GUIDE.safety.steps]
    said += [step.heading for step in GUIDE.safety.steps if step.heading]
    said += [GUIDE.safety.call_911_for, GUIDE.young_can, *GUIDE.limits]
    said += [part for alert in GUIDE.safety.alerts.values() for part in (alert.words, alert.old)]
    said += [cited.words for cited in (*GUIDE.phone, *GUIDE.ask)]
    return said


def test_the_sheet_holds_every_sentence_in_every_voice_and_both_languages() -> None:
    for said in _every_sentence():
        wordings = [w for _v, w in said.variants()] if isinstance(said, Voiced) else [said]
        for words in wordings:
            assert words.en in SHEET and words.es in SHEET, words
    for line in GUIDE.safety.lines.values():
        assert line.call in SHEET and line.spoken("es").about in SHEET
    for level in the_levels().values():
        assert level.en.suits in SHEET and level.es.suits in SHEET
    for topic in the_topics():
        assert topic.en.away in SHEET and topic.es.away in SHEET
    assert "9 to 19 hours a week" in SHEET and "not clinically validated" in SHEET
    assert sheet.digest(GUIDE) in SHEET


def _conditions() -> list[tuple[str, Condition]]:
    rules = [(rule.id, rule.when) for rule in GUIDE.rules()]
    for question in GUIDE.questions:
        rules += [(question.id, part) for part in (question.only, question.unless) if part]
        rules += [(f"{question.id}/{c.id}", c.only) for c in question.choices if c.only]
    return rules


@pytest.mark.parametrize("number", range(4))
def test_what_the_sheet_says_is_what_the_program_does(number: int) -> None:
    """Read back from paper, each condition decides all combinations of its own atoms alike."""
    decided = 0
    for name, condition in _conditions()[number::4]:
        readings = [Reading(text) for text in WRITTEN[name]]
        reading = next(r for r in readings if r.tree == Reading(condition.text()).tree)
        atoms = atoms_of(condition)
        sets = product((False, True), repeat=len(atoms))
        if len(atoms) > 12:
            picked = random.Random(name)
            sets = (tuple(picked.random() < 0.5 for _ in atoms) for _ in range(2_000))
        for chosen in sets:
            facts: dict[str, frozenset[str]] = {}
            for (key, value), on in zip(atoms, chosen, strict=True):
                if on:
                    facts[key] = facts.get(key, frozenset()) | {value}
            decided += 1
            assert reading.holds(facts) == condition.holds(facts), (name, facts)
    assert decided > 500


def test_the_levels_read_from_the_sheet_decide_the_whole_table_alike() -> None:
    for rows, classes in (
        (GUIDE.levels, [table.class_facts(row) for row in table.level_classes()]),
        (GUIDE.young, [table.young_facts(row) for row in table.young_classes()]),
    ):
        readings = [(row.id, Reading(WRITTEN[row.id][0])) for row in rows]
        for facts in classes:
            on_paper = next(name for name, reading in readings if reading.holds(facts))
            assert on_paper == next(row.id for row in rows if row.when.holds(facts))


def test_the_dangers_read_from_the_sheet_are_raised_alike() -> None:
    readings = [(rule, Reading(WRITTEN[rule.id][0])) for rule in GUIDE.dangers]
    for row in table.substance_classes():
        facts = table.substance_facts(row)
        on_paper = tuple(rule for rule, reading in readings if reading.holds(facts))
        assert on_paper == raised(GUIDE, facts)


def test_any_inside_all_stands_in_brackets() -> None:
    either = Condition(
        any=(Condition((("U", frozenset({"2"})),)), Condition((("R", frozenset({"2"})),)))
    )
    both = Condition((("H", frozenset({"2"})),), any=either.any)
    assert both.text() == "H is 2 AND (U is 2 OR R is 2)"
    nested = Condition(all=(both, Condition((("a", frozenset({"x", "y"})),))))
    assert nested.text() == "(H is 2 AND (U is 2 OR R is 2)) AND a is x or y"
    assert Condition().text() == "always"
    with pytest.raises(AssertionError, match="without brackets"):
        Reading("H is 2 AND U is 2 OR R is 2")


def _signed(guide: Guide, its_digest: str) -> Guide:
    review = Review("signed", "A. Clinician", "LPC 1, Texas", "2026-12-01", its_digest)
    return replace(guide, review=review)


@pytest.mark.usefixtures("tables_once")
def test_a_signature_holds_for_the_sheet_that_was_signed() -> None:
    signed = _signed(GUIDE, sheet.digest(GUIDE))
    assert sheet.signature_holds(signed, sheet.digest(signed))
    assert not sheet.signature_holds(GUIDE, sheet.digest(GUIDE))
    assert not sheet.signature_holds(_signed(GUIDE, "another"), sheet.digest(GUIDE))


TABLES = {"levels_text": "levels", "young_text": "young", "substances_text": "dangers",
          "exits_text": "safety"}  # fmt: skip
"""The part of the guide that each table is made from, and nothing else."""

OTHER = Bilingual("Other words.", "Otras palabras.")


@pytest.fixture
def tables_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each table is made anew only where its own part of the guide is another one."""
    for name, part in TABLES.items():
        monkeypatch.setattr(table, name, _once(getattr(table, name), part))


MADE: dict[tuple[str, int], tuple[object, str]] = {}


def _once(make: Callable[[Guide], str], part: str) -> Callable[[Guide], str]:
    def made(guide: Guide) -> str:
        own = getattr(guide, part)
        key = (make.__name__, id(own))
        if key not in MADE:
            MADE[key] = (own, make(guide))  # the part is kept, so that its id stays its own
        return MADE[key][1]

    return made


@pytest.mark.parametrize(("name", "part"), TABLES.items())
def test_a_table_is_made_from_its_part_alone(name: str, part: str) -> None:
    """All other parts taken away, the table stays the same."""
    empty = dict.fromkeys(("levels", "young", "dangers", "notes", "scales", "questions"), ())
    bare = replace(GUIDE, **{each: none for each, none in empty.items() if each != part})
    assert getattr(table, name)(bare) == getattr(table, name)(GUIDE)


def _first(part: str, **new: Any) -> Callable[[Guide], Guide]:
    def change(guide: Guide) -> Guide:
        first, *rest = getattr(guide, part)
        return replace(guide, **{part: (replace(first, **new), *rest)})

    return change


def _in_safety(part: str, **new: Any) -> Callable[[Guide], Guide]:
    def change(guide: Guide) -> Guide:
        held = getattr(guide.safety, part)
        if isinstance(held, tuple):
            held = (replace(held[0], **new), *held[1:])
        else:
            first, *rest = held.items()
            held = dict([(first[0], replace(first[1], **new)), *rest])
        return replace(guide, safety=replace(guide.safety, **{part: held}))

    return change


CHANGES = {
    "a question": _first("questions", words=Voiced(OTHER)),
    "a heading": _first("headings", words=Voiced(OTHER)),
    "why a danger is raised": _first("dangers", words=Voiced(OTHER)),
    "a scale": _first("scales", value=1),
    "a level row": _first("levels", words=Voiced(OTHER)),
    "a row under 18": _first("young", words=Voiced(OTHER)),
    "a note": _first("notes", words=Voiced(OTHER)),
    "what to say on the phone": _first("phone", words=Voiced(OTHER)),
    "what to ask": _first("ask", words=Voiced(OTHER)),
    "a limit": lambda guide: replace(guide, limits=(OTHER, *guide.limits[1:])),
    "a step's words": _in_safety("steps", words=Voiced(OTHER)),
    "what a step makes needless": _in_safety("steps", covers=frozenset()),
    "a danger's steps": _in_safety("dangers", steps=("call-988",)),
    "a number": _in_safety("lines", call="912"),
    "an alert": _in_safety("alerts", words=OTHER),
}


@pytest.mark.usefixtures("tables_once")
@pytest.mark.parametrize("what", CHANGES)
def test_any_change_ends_a_signature(what: str) -> None:
    signed = _signed(GUIDE, sheet.digest(GUIDE))
    changed = CHANGES[what](signed)
    assert not sheet.signature_holds(changed, sheet.digest(changed))


def test_the_pages_say_who_signed_and_whether_it_still_stands() -> None:
    assert signature_words(GUIDE) == "No clinician has signed this table yet."
    stands = signature_words(_signed(GUIDE, sheet.the_digest()))
    assert stands == "Signed by A. Clinician, LPC 1, Texas, on 2026-12-01."
    assert signature_words(_signed(GUIDE, "0" * 64)).startswith("An earlier version was signed by")


def test_no_sentence_of_the_exits_stands_outside_the_content() -> None:
    """No view, template or catalogue says what to do in a danger: the digest would miss it."""
    package = Path(sheet.__file__).parents[2]
    said = [w.en for s in GUIDE.safety.steps for _v, w in s.words.variants() if len(w.en) > 25]
    for path in (*package.rglob("*.py"), *package.rglob("*.html")):
        text = re.sub(r"\s+", " ", path.read_text("utf-8"))
        assert not [words for words in said if words in text], path
