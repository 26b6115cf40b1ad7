"""What people type, and what must come back: two tables of typed places and their answers.

``typed_places.tsv`` was collected from what people typed into locators of care and got a wrong
answer for; ``more_typed_places.tsv`` was written for these tests, more of each kind. ``found:PLACE``
is taken at once; ``offer:PLACE;PLACE`` is a question whose choices hold these, the likeliest first;
``abroad:PLACE`` is the same where most people mean a place abroad;
``explain:WORD`` is no place to search, and the page says so in a sentence that holds the word
(tests/web/test_web_places.py reads the sentences).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from waypost.places.gazetteer import load_gazetteer
from waypost.places.place import Ambiguous, Found, Place, Resolution, Unknown, Why
from waypost.values.letters import without_accents

GAZETTEER = load_gazetteer()
HERE = Path(__file__).parent
EXPLAINED = {
    "military": Why.MILITARY,
    "United States": Why.ABROAD,
    "location": Why.HERE,
}


def rows() -> list[tuple[str, str, str]]:
    """Text, what is done with it, and the places or the word."""
    lines = [
        line.split("\t")
        for name in (
            "typed_places.tsv",
            "more_typed_places.tsv",
            "kinds_of_typed_places.tsv",
            "every_kind_of_typed_place.tsv",
            "fresh_typed_places.tsv",
        )
        for line in (HERE / name).read_text("utf-8").splitlines()
        if line and not line.startswith("# ")
    ]
    return [(text, *answer.split(":", 1)) for text, answer in lines]  # type: ignore[misc]


ROWS = rows()


def ascii_id(value: str) -> str:
    """A test's name in plain letters."""
    return without_accents(value).encode("ascii", "ignore").decode()[:40]


def asked(resolution: Resolution) -> list[str]:
    """The keys of the places that are offered."""
    match resolution:
        case Ambiguous(_, choices):
            return [place.key for place in choices]
        case Unknown(_, guesses):
            return [place.key for place in guesses]
        case _:
            pytest.fail(f"taken at once: {resolution}")


def key_of(name: str) -> str:
    """The key of a place as the tables name it: the state of New York has one of its own."""
    return "New York (state)" if name == "New York" else name


@pytest.mark.parametrize(("text", "place"), [r[::2] for r in ROWS if r[1] == "found"], ids=ascii_id)
def test_a_place_that_is_meant_is_taken_at_once(text: str, place: str) -> None:
    resolution = GAZETTEER.resolve(text)
    assert isinstance(resolution, Found), resolution
    assert resolution.place.key == place


@pytest.mark.parametrize(
    ("text", "places"), [r[::2] for r in ROWS if r[1] in ("offer", "abroad")], ids=ascii_id
)
def test_a_place_that_may_be_meant_is_asked_about(text: str, places: str) -> None:
    offered = asked(GAZETTEER.resolve(text))
    wanted = [key_of(name) for name in places.split(";")]
    assert [key for key in offered if key in wanted] == wanted
    assert offered[0] == wanted[0]


@pytest.mark.parametrize("text", [r[0] for r in ROWS if r[1] == "abroad"], ids=ascii_id)
def test_a_place_abroad_is_said_to_be_abroad(text: str) -> None:
    resolution = GAZETTEER.resolve(text)
    assert isinstance(resolution, Unknown)
    assert resolution.why is Why.ABROAD


@pytest.mark.parametrize(
    ("text", "word"), [r[::2] for r in ROWS if r[1] == "explain"], ids=ascii_id
)
def test_what_is_no_place_to_search_is_said_to_be_none(text: str, word: str) -> None:
    resolution = GAZETTEER.resolve(text)
    assert isinstance(resolution, Unknown)
    assert resolution.why is EXPLAINED.get(word, resolution.why)


def test_the_tables_are_long() -> None:
    assert len(ROWS) >= 350
    assert len({text for text, _, _ in ROWS}) == len(ROWS)


def choices_of(text: str) -> tuple[Place, ...]:
    match GAZETTEER.resolve(text):
        case Found(place, _, others):
            return (place, *others)
        case Ambiguous(_, choices):
            return choices
        case Unknown(_, guesses):
            return guesses


@pytest.mark.parametrize("text", [text for text, _, _ in ROWS], ids=ascii_id)
def test_every_choice_leads_to_its_place_and_never_back_to_the_question(text: str) -> None:
    for place in choices_of(text):
        again = GAZETTEER.resolve(place.key)
        assert isinstance(again, Found), (place.key, again)
        assert again.place == place
