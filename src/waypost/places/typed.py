"""Cuts what was typed into a name and a state."""

from __future__ import annotations

import re
from dataclasses import dataclass

from waypost.places.around import is_country, without_country, without_words_around
from waypost.places.spelling import as_typed, in_full
from waypost.places.state_words import NamedState, state_named

_INITIALS = re.compile(r"\b[a-z](?: [a-z]\b)+")
MOST_STATE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Typed:
    """``parts`` are the plain words between commas without the state, ``state`` its postal code.

    ``surely`` says that the state's words mean the state and nothing else.
    """

    text: str
    parts: tuple[str, ...]
    state: str
    surely: bool

    @property
    def name(self) -> str:
        """All words but the state's."""
        return " ".join(self.parts)


def read_typed(text: str) -> Typed:
    """The words as they stand."""
    return _typed(text, _parts(text))


def read_less(text: str) -> Typed:
    """The words without a country and without what people put around a place ("near", "zip").

    Initials apart are joined: "N. C." is "nc".
    """
    parts = [_INITIALS.sub(lambda m: m[0].replace(" ", ""), part) for part in _parts(text)]
    if len(parts) > 1 and is_country(parts[-1]):
        parts.pop()
    if parts:
        parts[-1] = without_country(parts[-1])
        parts[0] = without_words_around(without_country(parts[0]))
        parts[-1] = without_words_around(parts[-1])
    return _typed(text, [part for part in parts if part])


def _parts(text: str) -> list[str]:
    return [part for part in map(as_typed, re.split(r"[,;|\n]", text)) if part]


def _typed(text: str, parts: list[str]) -> Typed:
    if not parts:
        return Typed(text, (), "", surely=False)
    rest, named = without_state(parts[-1])
    if named is None:
        return Typed(text, tuple(map(in_full, parts)), "", surely=False)
    before = parts[:-1] + ([rest] if rest else [])
    return Typed(text, tuple(map(in_full, before)), named.code, named.surely)


def state_beside(text: str, digits: str) -> str:
    """The postal code of the state that is named last beside these digits, or ''."""
    words = without_words_around(without_country(as_typed(text)))
    return _code(words.replace(as_typed(digits), " "))


def _code(words: str) -> str:
    _, named = without_state(" ".join(words.split()))
    return named.code if named else ""


def without_state(words: str) -> tuple[str, NamedState | None]:
    """The words before a state at the end, and the state: "austin texas", "texas"."""
    split = words.split()
    for size in range(min(MOST_STATE_WORDS, len(split)), 0, -1):
        named = state_named(" ".join(split[-size:]))
        if named:
            return " ".join(split[:-size]), named
    return words, None
