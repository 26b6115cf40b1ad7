"""The reading grade against texts that were counted by hand, and its plain properties."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.article_measures import measures
from waypost.articles.blocks import blocks
from waypost.articles.reading_level import grade, syllables_of, word_count, words_of
from waypost.values.content import content_folder

ENGLISH = {
    "cat": 1, "home": 1, "asked": 1, "wanted": 2, "people": 2, "little": 2, "treatment": 2,
    "recovery": 4, "medication": 4, "family": 3, "outpatient": 3, "the": 1, "being": 2,
    "boxes": 2, "comes": 1, "IOP": 3, "9": 1, "program": 2, "create": 2,
}  # fmt: skip
SPANISH = {
    "casa": 2, "día": 2, "programa": 3, "familia": 3, "ciudad": 2, "aire": 2, "poeta": 3, "y": 1,
    "hoy": 1, "tratamiento": 4, "recuperación": 5, "guitarra": 3, "cuidado": 3,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), ENGLISH.items())
def test_english_syllables(word: str, count: int) -> None:
    assert syllables_of(word, "en") == count


@pytest.mark.parametrize(("word", "count"), SPANISH.items())
def test_spanish_syllables(word: str, count: int) -> None:
    assert syllables_of(word, "es") == count


def test_the_flesch_kincaid_grade_of_a_text_counted_by_hand() -> None:
    text = "The cat sat on the mat. It was asked to go home."  # 12 words, 2 sentences, 12 syllables
    assert grade(blocks(text), "en") == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)


def test_the_crawford_grade_of_a_text_counted_by_hand() -> None:
    text = "La casa es grande. Hoy voy al programa."  # 8 words, 2 sentences, 12 syllables
    expected = -0.205 * 2 * 100 / 8 + 0.049 * 12 * 100 / 8 - 3.407
    assert grade(blocks(text), "es") == pytest.approx(expected)


def test_headings_count_as_words_and_not_as_sentences() -> None:
    found = blocks("## A heading here\n\nOne two three.\n\n- four five\n")
    assert word_count(found) == 8
    assert grade(found, "en") == grade(blocks("One two three.\n\n- four five\n"), "en")


def test_a_text_without_words_has_grade_zero() -> None:
    assert grade(blocks(""), "en") == 0.0
    assert grade(blocks("***"), "es") == 0.0


def test_longer_sentences_ask_for_more() -> None:
    short = "We meet at noon. We talk. We eat. We go home."
    long = "We meet at noon and we talk and we eat and then we go home."
    assert grade(blocks(long), "en") > grade(blocks(short), "en")


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=80), language=st.sampled_from(["en", "es"]))
def test_any_text_has_a_grade_and_every_word_a_syllable(text: str, language: str) -> None:
    assert isinstance(grade(blocks(text), language), float)
    assert all(syllables_of(word, language) >= 1 for word in words_of(text))


def test_our_articles_are_for_readers_of_about_twelve() -> None:
    """Sixth or seventh grade is about 12 years of age; simpler is welcome."""
    found = measures(content_folder() / "articles")
    assert len(found) >= 16
    assert max(m.grade for m in found) <= 8
    assert all(500 <= m.words <= 1_200 and m.sources for m in found)
