"""The sheet that a clinician signs: whole, in step, and worth nothing once a rule changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from waypost.levels_of_care.guide import sheet
from waypost.levels_of_care.guide.rule import Review
from waypost.levels_of_care.guide.rules_file import Guide, the_guide
from waypost.web.guide.result import signature_words

GUIDE = the_guide()
REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_what_is_written_is_what_is_kept(tmp_path: Path) -> None:
    paths = sheet.write(tmp_path)
    assert len(paths) == 3
    for path in paths:
        kept = REFERENCE / path.name
        assert path.read_bytes() == kept.read_bytes(), (
            "run python -m waypost.levels_of_care.guide.sheet"
        )


def test_the_sheet_holds_every_question_rule_and_sentence() -> None:
    text = sheet.sheet_text(GUIDE)
    for question in GUIDE.questions:
        assert question.words.es in text and question.other.en in text
        assert all(choice.words.en in text for choice in question.choices)
    for rule in GUIDE.rules():
        assert rule.words.en in text and rule.words.es in text and rule.when.text() in text
    for words in (*GUIDE.limits, *(cited.words for cited in GUIDE.ask)):
        assert words.en in text and words.es in text
    assert "not clinically validated" in text and sheet.digest(GUIDE) in text


def _signed(guide: Guide, its_digest: str) -> Guide:
    review = Review("signed", "A. Clinician", "LPC 1, Texas", "2026-12-01", its_digest)
    return replace(guide, review=review)


def test_a_signature_holds_for_the_sheet_that_was_signed() -> None:
    signed = _signed(GUIDE, sheet.digest(GUIDE))
    assert sheet.signature_holds(signed, sheet.digest(signed))
    assert not sheet.signature_holds(GUIDE, sheet.digest(GUIDE))
    assert not sheet.signature_holds(_signed(GUIDE, "another"), sheet.digest(GUIDE))


@pytest.mark.parametrize("part", ["questions", "exits", "scales", "levels", "notes", "limits"])
def test_any_change_ends_a_signature(part: str) -> None:
    signed = _signed(GUIDE, sheet.digest(GUIDE))
    entries = getattr(signed, part)
    first = entries[0]
    words = replace(getattr(first, "words", first), en="Other words.")
    first = replace(first, words=words) if hasattr(first, "words") else words
    changed = replace(signed, **{part: (first, *entries[1:])})
    assert not sheet.signature_holds(changed, sheet.digest(changed))


def test_the_pages_say_who_signed_and_whether_it_still_stands() -> None:
    assert signature_words(GUIDE) == "No clinician has signed this table yet."
    stands = signature_words(_signed(GUIDE, sheet.the_digest()))
    assert stands == "Signed by A. Clinician, LPC 1, Texas, on 2026-12-01."
    assert signature_words(_signed(GUIDE, "0" * 64)).startswith("An earlier version was signed by")
