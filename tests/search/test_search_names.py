"""Programs and organizations by name, typing errors forgiven."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from twins.names_twin import answers_to
from waypost.search.names import NameIndex, words_of

NAMES = [
    "Bluebonnet Trails Community Services",
    "Harbor Hope Recovery Center",
    "Centro de Recuperación Esperanza",
    "Harbour House",
    "Recovery Unlimited",
    "St. Mary's Hospital",
]
INDEX = NameIndex.build(NAMES)


def found(text: str) -> list[str]:
    return [NAMES[row] for row, _ in INDEX.find(text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bluebonnet", "Bluebonnet Trails Community Services"),
        ("Blubonet", "Bluebonnet Trails Community Services"),
        ("harbor", "Harbor Hope Recovery Center"),
        ("hope recov", "Harbor Hope Recovery Center"),
        ("RECUPERACION", "Centro de Recuperación Esperanza"),
        ("esperenza", "Centro de Recuperación Esperanza"),
        ("comunity servces trails", "Bluebonnet Trails Community Services"),
    ],
)
def test_a_name_is_found_in_spite_of_errors(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_every_word_typed_must_be_answered() -> None:
    assert found("recovery") == ["Harbor Hope Recovery Center", "Recovery Unlimited"]
    assert found("recovery unlimited") == ["Recovery Unlimited"]
    assert found("recovery zebra") == []


def test_an_exact_word_comes_before_a_similar_one() -> None:
    scores = INDEX.find("harbour")
    assert [NAMES[row] for row, _ in scores] == ["Harbour House", "Harbor Hope Recovery Center"]
    assert scores[0][1] == 100.0 > scores[1][1] >= 80.0


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "\x00", "💙"])
def test_what_holds_no_word_finds_nothing(typed: str) -> None:
    assert INDEX.find(typed) == []


def test_an_empty_directory_has_no_names() -> None:
    assert NameIndex.build([]).find("harbor") == []


def test_the_limit_keeps_the_best() -> None:
    assert [NAMES[row] for row, _ in INDEX.find("harbour", limit=1)] == ["Harbour House"]


def test_the_index_comes_back_from_its_arrays() -> None:
    again = NameIndex.from_arrays(INDEX.to_arrays())
    for typed in ("recovery", "harbr", "st mary"):
        assert again.find(typed) == INDEX.find(typed)


letters = st.text("abcdehlnor é'", max_size=12)


@given(st.lists(letters, max_size=12), letters)
def test_what_is_found_is_what_the_plain_rule_says(names: list[str], typed: str) -> None:
    expected = {row for row, name in enumerate(names) if answers_to(name, typed)}
    index = NameIndex.build(names)
    assert {row for row, _ in index.find(typed)} == expected
    assert index.matching(typed).tolist() == sorted(expected)


def test_no_word_is_left_out_where_very_many_begin_alike() -> None:
    names = [f"a{n:04} house" for n in range(1_000)]
    index = NameIndex.build(names)
    assert index.matching("a").tolist() == index.matching("hous").tolist() == list(range(1_000))
    assert index.matching("a0007x").tolist() == [
        row for row, name in enumerate(names) if fuzz.ratio("a0007x", name.split()[0]) >= 80
    ]


@given(st.text(max_size=60))
def test_words_are_lower_case_without_accents(text: str) -> None:
    for word in words_of(text):
        assert word.isascii()
        assert word.isalnum()
        assert word == unicodedata.normalize("NFKD", word).lower()


SAID_ANOTHER_WAY = [
    "Clean Slate Centers",
    "CleanSlate Medical Group",
    "Fort Wayne Recovery",
    "Ft. Worth Counseling",
    "Mount Sinai Beth Israel",
    "Mt. Hope Behavioral",
    "Saint Luke's Clinic",
    "St. Luke Outpatient",
    "New Horizons",
    "Sainte Marie House",
]
OTHERWISE = NameIndex.build(SAID_ANOTHER_WAY)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("cleanslate", {"Clean Slate Centers", "CleanSlate Medical Group"}),
        ("clean slate", {"Clean Slate Centers", "CleanSlate Medical Group"}),
        ("Clean-Slate", {"Clean Slate Centers", "CleanSlate Medical Group"}),
        ("clean sla", {"Clean Slate Centers", "CleanSlate Medical Group"}),
        ("cleansla", {"Clean Slate Centers", "CleanSlate Medical Group"}),
        ("clean slate medical", {"CleanSlate Medical Group"}),
        ("newhorizons", {"New Horizons"}),
        ("fort wayne", {"Fort Wayne Recovery"}),
        ("ft wayne", {"Fort Wayne Recovery"}),
        ("Ft. Wayne", {"Fort Wayne Recovery"}),
        ("fort worth", {"Ft. Worth Counseling"}),
        ("mt sinai", {"Mount Sinai Beth Israel"}),
        ("mount hope", {"Mt. Hope Behavioral"}),
        ("saint luke", {"Saint Luke's Clinic", "St. Luke Outpatient"}),
        ("st lukes", {"Saint Luke's Clinic", "St. Luke Outpatient"}),
        ("St. Luke", {"Saint Luke's Clinic", "St. Luke Outpatient"}),
        ("ste marie", {"Sainte Marie House"}),
    ],
)
def test_a_name_is_found_however_its_words_are_shortened_or_joined(
    typed: str, names: set[str]
) -> None:
    assert {SAID_ANOTHER_WAY[row] for row, _ in OTHERWISE.find(typed)} == names


def test_the_word_itself_comes_before_words_that_only_begin_alike() -> None:
    index = NameIndex.build(["Cleanslates", "Clean Slate", "Cleanslate"])
    assert [row for row, _ in index.find("cleanslate")] == [1, 2, 0]
