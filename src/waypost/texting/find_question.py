"""What a text asks for, as a need: its words as choices of the search, the rest as the place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import yaml

from waypost.directory.facets import COLUMNS
from waypost.navigation.need import AGE, DEFAULT_LEVEL, LEVEL, TIME, Need, Sort, tidy
from waypost.navigation.who import band_of
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder
from waypost.values.letters import without_accents

PAGE = 3
"""Programs in one text."""
_ZIP = re.compile(r"(?<!\d)\d{5}(?:-\d{4})?(?!\d)")
_WORD = re.compile(r"[a-z0-9]+(?:['.][a-z0-9]+)*|,")

_AGE = re.compile(
    r"\b(?:(\d{1,2})[ -]*(?:years?|yrs?)[ -]*old|(\d{1,2}) ?y/?o\b"
    r"|(?:i'?m|i am|s?he'?s|is|age|aged|turning) (\d{1,2})\b"
    r"(?! ?(?:days?|weeks?|months?|miles?|years?|min))"
    r"|(?:de|tengo|tiene|edad|cumplio) (\d{1,2}) anos?\b"
    r"|(?:tengo|tiene) (\d{1,2})\b(?! ?(?:dia|semana|mes|milla)))"
)
"""An age, in small letters without accents: "16 year old", "I'm 17", "tiene 15 años"."""


class BadFindWords(ValueError):
    """The words of `content/texting/find_words.yaml` name what the search does not have."""


@dataclass(frozen=True, slots=True)
class FindWords:
    """Phrases with the column that each one means, words that mean nothing here, and reasons.

    ``reasons`` stand in their order of weight; ``private`` ones are not for discreet wording, and
    ``usual`` are said where nothing was asked. ``phrases`` are the words around them.
    """

    columns: Mapping[tuple[str, ...], str]
    filler: frozenset[str]
    reasons: Mapping[str, Bilingual]
    private: Mapping[str, Bilingual]
    usual: tuple[str, ...]
    phrases: Mapping[str, Bilingual]


@dataclass(frozen=True, slots=True)
class FindQuestion:
    """What was understood: a place as typed ('' for none), columns of the search, and an age.

    ``asked`` are the words that named the columns and the age, as they were typed.
    """

    place: str
    columns: tuple[str, ...]
    years: int | None = None
    asked: str = field(default="", compare=False)

    def need(self, page: int = 1) -> Need:
        """The question as the web asks it: IOPs where no kind of care is named, nearest first."""
        chosen: dict[str, list[str]] = {}
        for column in self.columns:
            facet, _, option = column.partition(":")
            chosen.setdefault(facet, []).append(option)
        chosen.setdefault(LEVEL, [DEFAULT_LEVEL])
        if self.years is not None:
            chosen[AGE] = [band_of(self.years)]
        sort = Sort.BEST if TIME in chosen else Sort.NEAREST
        return Need(
            place=self.place,
            choices=tidy(chosen),
            sort=sort,
            page=page,
            page_size=PAGE,
            years=self.years,
        )


@cache
def the_find_words() -> FindWords:
    """The words that this installation carries.

    Raises:
        BadFindWords: a column is none of the search.
    """
    data = yaml.safe_load((content_folder() / "texting" / "find_words.yaml").read_text("utf-8"))
    known = {column for columns in COLUMNS.values() for column in columns}
    named = [data["words"], data["reasons"], data["private"], data["usual"]]
    odd = {column for columns in named for column in columns} - known
    if odd:
        raise BadFindWords(f"find_words.yaml: the search has no {', '.join(sorted(odd))}.")
    return FindWords(
        columns={
            tuple(phrase.split()): column
            for column, phrases in data["words"].items()
            for phrase in phrases
        },
        filler=frozenset(data["filler"]),
        reasons=_spoken(data["reasons"]),
        private=_spoken(data["private"]),
        usual=tuple(data["usual"]),
        phrases=_spoken(data["phrases"]),
    )


def _spoken(words: Mapping[str, Mapping[str, str]]) -> dict[str, Bilingual]:
    return {key: Bilingual(**both) for key, both in words.items()}


def find_question(text: str) -> FindQuestion:
    """Read ``text``; a ZIP in it is the place whatever else stands beside it."""
    plain = without_accents(text[:300])
    age = _AGE.search(plain)
    years = int(next(filter(None, age.groups()))) if age else None
    columns, rest = _columns(_WORD.findall(_AGE.sub(" ", plain, count=1)))
    zips = list(dict.fromkeys(_ZIP.findall(text)))
    words = " ".join(_without_filler(rest)).replace(" ,", ",").strip(" ,.")
    asked = [phrase for _, phrase in columns] + ([age[0].strip()] if age else [])
    return FindQuestion(
        " or ".join(zips[:3]) or words,
        tuple(dict.fromkeys(column for column, _ in columns)),
        years,
        " ".join(dict.fromkeys(asked)),
    )


def _columns(words: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """The columns with the phrases that named them, and the other words."""
    phrases = the_find_words().columns
    columns, rest, at = [], [], 0
    while at < len(words):
        for many in (4, 3, 2, 1):
            phrase = tuple(words[at : at + many])
            if phrase in phrases:
                columns.append((phrases[phrase], " ".join(phrase)))
                at += many
                break
        else:
            rest.append(words[at])
            at += 1
    return columns, rest


def _without_filler(words: list[str]) -> list[str]:
    """The words without those around a place.

    A two-letter state stands after a comma or last, an article before the name that it is part of
    ("el paso"), and "or" between two places.
    """
    kept: list[str] = []
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        if (
            not _is_filler(word)
            or (before == "," and len(word) == 2)
            or (word in _STATES and at == len(words) - 1 and kept)
            or (word in _ARTICLES and after not in ("", ",") and not _is_filler(after))
        ):
            kept.append(word)
        elif word in _OR and kept and kept[-1] != "or" and not _is_filler(after or "a"):
            kept.append("or")
    while kept and kept[0] == ",":
        kept.pop(0)
    return kept


def _is_filler(word: str) -> bool:
    return word in the_find_words().filler


_ARTICLES = frozenset({"el", "la", "los", "las", "del"})
_OR = frozenset({"or", "and", "o", "y"})
_STATES = frozenset({"in", "or", "me", "la", "de", "hi", "ok", "al"})
"""Postal codes of states that are words too: at the end of a text they are a state."""
