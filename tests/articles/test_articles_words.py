"""Words to avoid, figures, and what is related."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from articles.article_files import write
from parameter_ids import first_words
from waypost.articles.avoided_words import avoided_words, uses
from waypost.articles.figures import states_a_figure
from waypost.articles.reading import read_article
from waypost.articles.related import related


def example_of(word: str) -> str:
    return f"They said {word.replace('*', 's')} once."


@pytest.mark.parametrize("avoided", avoided_words(), ids=lambda a: first_words(a.word))
def test_every_word_of_the_list_is_found_in_any_case(avoided) -> None:
    text = example_of(avoided.word)
    assert avoided in [use.avoided for use in uses(text)]
    assert avoided in [use.avoided for use in uses(text.upper())]


def test_every_word_names_what_to_write_instead_and_whose_advice_it_is() -> None:
    assert {a.source for a in avoided_words()} == {"nida", "ours"}
    assert all(a.instead for a in avoided_words())
    assert len({a.word for a in avoided_words()}) == len(avoided_words())


@pytest.mark.parametrize(
    "text",
    [
        "The Substance Abuse and Mental Health Services Administration says so.",
        "Alcoholics Anonymous meets on Monday.",
        "The addiction counselor is addicted to tea.",
        "Cleaning the house; a non-alcoholic drink; cleanup.",
        "Methadone is not a cure.",
        "They lived through sexual abuse.",
    ],
)
def test_names_and_other_meanings_stand(text: str) -> None:
    assert uses(text) == []


def test_an_exception_does_not_hide_the_word_beside_it() -> None:
    [use] = uses("The National Institute on Drug Abuse does not say drug abuse.")
    assert use.found == "abuse"


@pytest.mark.parametrize(
    "text",
    ["It is 9 hours.", "Some 40% return.", "Wait six weeks.", "It takes two-hour visits of 3."],
)
def test_a_number_is_a_claim(text: str) -> None:
    assert states_a_figure(text)


@pytest.mark.parametrize(
    "text",
    [
        "Call 988 or 911, or 1-800-662-4357.",
        "From 6 pm to 9:30 p.m. there is a 12-step group.",
        "42 CFR Part 2 and TIP 47 say more; we are open 24/7.",
        "One of us went home, and two friends came.",
    ],
)
def test_times_telephone_numbers_and_names_are_no_claims(text: str) -> None:
    assert not states_a_figure(text)


def test_related_gives_the_named_first_then_those_that_share_sources(tmp_path: Path) -> None:
    one = replace(read_article(write(tmp_path)), slug="one", related=("three", "gone"))
    two = replace(one, slug="two", title="Two")
    three = replace(one, slug="three", sources=())
    apart = replace(one, slug="apart", sources=())
    spanish = replace(one, slug="four", language="es")
    everything = [one, two, three, apart, spanish]
    assert [a.slug for a in related(one, everything)] == ["three", "two"]
    assert [a.slug for a in related(one, everything, most=1)] == ["three"]
