"""Words compared without case and accents, in one place for the whole house."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import waypost
from waypost.values.letters import LONG_WORDS, SHORT_WORDS, without_accents


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Los Ángeles", "los angeles"),
        ("CAÑADA", "canada"),
        ("Coeur d’Alene", "coeur d’alene"),
        ("Straße", "strasse"),
        ("ＡＢＣ１２３", "abc123"),
        ("İstanbul", "istanbul"),
        ("Hawaiʻi", "hawaiʻi"),
        ("", ""),
    ],
    ids=["accent", "tilde", "mark", "sharp s", "full width", "dotted i", "okina", "empty"],
)
def test_case_and_accents_do_not_count(text: str, folded: str) -> None:
    assert without_accents(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = without_accents(text)
    assert without_accents(once) == once


def test_the_long_words_are_the_short_ones_turned_around() -> None:
    assert {LONG_WORDS[short]: short for short in LONG_WORDS} == dict(SHORT_WORDS)


def test_accents_are_dropped_nowhere_else() -> None:
    package = Path(waypost.__file__).parent
    folding = {p.name for p in package.rglob("*.py") if "combining" in p.read_text("utf-8")}
    assert folding == {"letters.py"}
