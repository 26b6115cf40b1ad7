"""Finds stigmatizing words and promises in our own texts, by a list that names its sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from waypost.values.content import read_yaml


@dataclass(frozen=True, slots=True)
class AvoidedWord:
    """A word not to use, what to write instead, and whose advice it is."""

    word: str
    instead: str
    source: str
    pattern: re.Pattern[str]
    allowed: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Use:
    """A word to avoid, as it appears in a text."""

    found: str
    avoided: AvoidedWord


@cache
def avoided_words() -> tuple[AvoidedWord, ...]:
    """The list in ``data/words_to_avoid.yaml``."""
    text = (files("waypost.articles") / "data" / "words_to_avoid.yaml").read_text("utf-8")
    return tuple(
        AvoidedWord(
            word=entry["word"],
            instead=entry["instead"],
            source=entry["source"],
            pattern=_whole_words(entry["word"]),
            allowed=_any_of(entry.get("except", [])),
        )
        for entry in read_yaml(text)["words"]
    )


def uses(text: str) -> list[Use]:
    """Every word to avoid in the text, in the order of the list."""
    plain = re.sub(r"\s+", " ", text)
    all_uses = []
    for avoided in avoided_words():
        rest = avoided.allowed.sub(" ", plain) if avoided.allowed else plain
        all_uses += [Use(match.group(), avoided) for match in avoided.pattern.finditer(rest)]
    return all_uses


def _whole_words(word: str) -> re.Pattern[str]:
    body = re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+")
    return re.compile(rf"(?<![\w-]){body}(?!\w)", re.IGNORECASE)


def _any_of(phrases: list[str]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b", re.IGNORECASE)
