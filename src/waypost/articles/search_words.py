"""The words that people type, what the articles call those things, and words of danger.

The reviewed lists are in ``data/search_words.yaml``, each entry with its source or reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import OSA

from waypost.values.content import read_yaml
from waypost.values.letters import without_accents

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
MOST_IN_A_PHRASE = 4
SHORTEST_WITH_A_SLIP = 7


@dataclass(frozen=True, slots=True)
class Danger:
    """``words`` are plain phrases; ``lines`` the ids of who answers, the first to call first."""

    words: frozenset[str]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """A word or phrase that was typed, and what the articles call it ('*' for any ending).

    ``means`` is empty for a word that the list does not have.
    """

    typed: str
    means: tuple[str, ...]


def plain_words(text: str) -> list[str]:
    """The words in lower case without accents or apostrophes: "can't" is "cant"."""
    return _WORD.findall(without_accents(_APOSTROPHES.sub("", text)).lower())


def sought(words: Sequence[str]) -> list[Sought]:
    """The words as typed, the longest phrase of the list first."""
    listed = _meanings()
    rest, groups = list(words), []
    while rest:
        size, phrase = _longest(rest, listed)
        groups.append(Sought(" ".join(rest[:size]), listed.get(phrase, ())))
        rest = rest[size:]
    return groups


def lines_in_danger(text: str) -> tuple[str, ...]:
    """Ids of the help lines to show first for words of danger; none without such a word."""
    words = plain_words(text)
    spoken = f" {' '.join(words)} "
    raised = [d for d in dangers() if any(f" {w} " in spoken for w in d.words) or _slip(words, d)]
    return tuple(dict.fromkeys(line for danger in raised for line in danger.lines))


@cache
def dangers() -> tuple[Danger, ...]:
    """The words of danger, as reviewed."""
    return tuple(Danger(frozenset(e["words"]), tuple(e["lines"])) for e in _data()["dangers"])


@cache
def _meanings() -> Mapping[str, tuple[str, ...]]:
    return {word: tuple(e["means"]) for e in _data()["words"] for word in e["words"]}


def _data() -> dict[str, Any]:
    text = (files("waypost.articles") / "data" / "search_words.yaml").read_text("utf-8")
    data: dict[str, Any] = read_yaml(text)
    return data


def _longest(words: Sequence[str], listed: Mapping[str, object]) -> tuple[int, str]:
    for size in range(min(MOST_IN_A_PHRASE, len(words)), 0, -1):
        phrase = " ".join(plain_words(" ".join(words[:size])))
        if phrase in listed:
            return size, phrase
    return 1, ""


def _slip(words: Sequence[str], danger: Danger) -> bool:
    """Whether a long word of danger was typed with one letter wrong, left out or too many."""
    long_words = [w for w in danger.words if " " not in w and len(w) >= SHORTEST_WITH_A_SLIP]
    return any(
        OSA.distance(word, danger_word, score_cutoff=1) <= 1
        for word in words
        if len(word) >= SHORTEST_WITH_A_SLIP - 1
        for danger_word in long_words
    )
