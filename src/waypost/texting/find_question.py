"""What a text asks for, as a need: its words as choices of the search, the rest as the place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from waypost.directory.facets import COLUMNS
from waypost.navigation.need import DEFAULT_LEVEL, LEVEL, TIME, Need, Sort, tidy
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder
from waypost.values.letters import without_accents

PAGE = 3
"""Programs in one text."""
_ZIP = re.compile(r"(?<!\d)\d{5}(?:-\d{4})?(?!\d)")
_WORD = re.compile(r"[a-z0-9]+(?:['.][a-z0-9]+)*|,")


class BadFindWords(ValueError):
    """The words of `content/texting/find_words.yaml` name what the search does not have."""


@dataclass(frozen=True, slots=True)
class FindWords:
    """Phrases with the column that each one means, words that mean nothing here, and reasons."""

    columns: Mapping[tuple[str, ...], str]
    filler: frozenset[str]
    reasons: Mapping[str, Bilingual]


@dataclass(frozen=True, slots=True)
class FindQuestion:
    """What was understood: a place as typed ('' for none) and columns of the search."""

    place: str
    columns: tuple[str, ...]

    def need(self, page: int = 1) -> Need:
        """The question as the web asks it: IOPs where no kind of care is named, nearest first."""
        chosen: dict[str, list[str]] = {}
        for column in self.columns:
            facet, _, option = column.partition(":")
            chosen.setdefault(facet, []).append(option)
        chosen.setdefault(LEVEL, [DEFAULT_LEVEL])
        sort = Sort.BEST if TIME in chosen else Sort.NEAREST
        return Need(place=self.place, choices=tidy(chosen), sort=sort, page=page, page_size=PAGE)


@cache
def the_find_words() -> FindWords:
    """The words that this installation carries.

    Raises:
        BadFindWords: a column is none of the search.
    """
    data = yaml.safe_load((content_folder() / "texting" / "find_words.yaml").read_text("utf-8"))
    known = {column for columns in COLUMNS.values() for column in columns}
    odd = (set(data["words"]) | set(data["reasons"])) - known
    if odd:
        raise BadFindWords(f"find_words.yaml: the search has no {', '.join(sorted(odd))}.")
    return FindWords(
        columns={
            tuple(phrase.split()): column
            for column, phrases in data["words"].items()
            for phrase in phrases
        },
        filler=frozenset(data["filler"]),
        reasons={column: Bilingual(**words) for column, words in data["reasons"].items()},
    )


def find_question(text: str) -> FindQuestion:
    """Read ``text``; a ZIP in it is the place whatever else stands beside it."""
    words = _WORD.findall(without_accents(text[:300]))
    columns, rest = _columns(words)
    zips = _ZIP.findall(text)
    place = zips[0] if zips else " ".join(_without_filler(rest)).replace(" ,", ",").strip(" ,.")
    return FindQuestion(place, tuple(dict.fromkeys(columns)))


def _columns(words: list[str]) -> tuple[list[str], list[str]]:
    phrases = the_find_words().columns
    columns, rest, at = [], [], 0
    while at < len(words):
        for many in (4, 3, 2, 1):
            column = phrases.get(tuple(words[at : at + many]))
            if column:
                columns.append(column)
                at += many
                break
        else:
            rest.append(words[at])
            at += 1
    return columns, rest


def _without_filler(words: list[str]) -> list[str]:
    """The words without those around a place; a two-letter state stands after a comma or last."""
    filler = the_find_words().filler
    kept: list[str] = []
    for at, word in enumerate(words):
        after_comma = at > 0 and words[at - 1] == ","
        if (
            word not in filler
            or (after_comma and len(word) == 2)
            or (word in _STATES and at and at == len(words) - 1 and kept)
        ):
            kept.append(word)
    while kept and kept[0] == ",":
        kept.pop(0)
    return kept


_STATES = frozenset({"in", "or", "me", "la", "de", "hi", "ok", "al"})
"""Postal codes of states that are words too: at the end of a text they are a state."""
