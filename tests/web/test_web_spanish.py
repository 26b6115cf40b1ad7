"""The Spanish of the catalogue and of the content: usted, both marks, one name for one thing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

import waypost
from waypost.articles.spanish import familiar_words
from waypost.values.content import content_folder

CATALOGUE = Path(waypost.__file__).parent / "web" / "locale" / "es" / "LC_MESSAGES" / "django.po"
SHORT_LABELS = {"Call or text 988", "Text 988"}
TO_STAFF = re.compile(r"ask the person to call or text 988")
ONE_NAME = {
    "programa ambulatorio intensivo": "intensivos? ambulatorios?",
    "sala de emergencias": r"(?:sala de|a|vaya a las) urgencias",
    "conversación": "plática",
}


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Each English sentence of the catalogue with its Spanish, every plural form by itself."""
    pairs = []
    for message in read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="es"):
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else message.id
            forms = (message.string,) if isinstance(message.string, str) else message.string
            pairs += [(ids[0], spanish) for spanish in forms]
    return tuple(pairs)


def in_spanish(value: object, is_spanish: bool = False) -> Iterator[str]:
    """Every text under a key `es`, or one that ends in `_es`, of a content file."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from in_spanish(inner, is_spanish or str(key) == "es" or str(key).endswith("_es"))
    elif isinstance(value, list):
        for inner in value:
            yield from in_spanish(inner, is_spanish)
    elif isinstance(value, str) and is_spanish:
        yield value


@cache
def content() -> tuple[str, ...]:
    """The Spanish texts of the guide: its levels, rules and the steps in a danger."""
    folder = content_folder()
    chosen = [*(folder / "levels_of_care").glob("*.yaml"), folder / "safety" / "steps.yaml"]
    return tuple(text for path in chosen for text in in_spanish(yaml.safe_load(path.read_text())))


def test_the_reader_is_usted() -> None:
    said = [spanish for _, spanish in sentences()] + list(content())
    assert len(said) > 3000
    assert [text for text in said if familiar_words(text)] == []


def test_questions_and_exclamations_have_both_marks() -> None:
    said = [spanish for _, spanish in sentences()] + list(content())
    said = [text.replace("shortlist?…", "") for text in said]  # an address asks nothing
    assert [t for t in said if any(t.count(a) != t.count(b) for a, b in ("¿?", "¡!"))] == []


@pytest.mark.parametrize("name", ONE_NAME)
def test_one_thing_has_one_name(name: str) -> None:
    other = re.compile(rf"\b{ONE_NAME[name]}\b", re.IGNORECASE)
    said = [spanish for _, spanish in sentences()] + list(content())
    assert [text for text in said if other.search(text)] == []


def test_988_is_named_with_the_key_and_the_word_for_spanish() -> None:
    named = [
        (english, spanish)
        for english, spanish in sentences()
        if re.search(r"\btext 988\b", english, re.I)
        and english not in SHORT_LABELS
        and not TO_STAFF.search(english)
    ]
    assert len(named) > 10
    assert [e for e, s in named if "oprima el 2" not in s or "AYUDA al 988" not in s] == []
