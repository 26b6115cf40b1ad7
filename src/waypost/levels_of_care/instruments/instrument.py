"""Check-ups: short questionnaires of published wording, as frozen values.

The wording, scores, cut-offs, licenses and sources are data files under
``content/levels_of_care/instruments``; this module gives them their shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Words:
    """A text in English and, where there is one, in Spanish."""

    en: str
    es: str = ""

    def spoken(self, language: str) -> str:
        """The text in ``language``, or in English where there is no other."""
        return self.es if language == "es" and self.es else self.en

    def language(self, language: str) -> str:
        """The language `spoken` would answer in: "es" or "en"."""
        return "es" if language == "es" and self.es else "en"


class Scoring(StrEnum):
    """How a total is made: points added up, or rows answered with any point counted."""

    SUM = "sum"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be given: its own code, its points and LOINC's answer code."""

    code: str
    words: Words
    score: int = 0
    loinc: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    ``alternative`` names a set of items of which exactly one is answered. An answer of more
    points than ``safety_above`` calls for the safety page; None means that no answer does.
    """

    id: str
    words: Words
    choices: tuple[Choice, ...]
    loinc: str = ""
    hint: Words | None = None
    scored: bool = True
    optional: bool = False
    alternative: str = ""
    safety_above: int | None = None

    def choice(self, code: str) -> Choice | None:
        """The choice of that code, if it is one of this item's."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a cut-off was published."""

    key: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Band:
    """What totals from ``low`` to ``high`` (both included) mean, and who published it."""

    low: int
    high: int
    label: Words
    meaning: Words
    source: Source


@dataclass(frozen=True, slots=True)
class License:
    """On what terms the wording may be used; ``notice`` is shown with it."""

    notice: str
    url: str
    commercial_use: bool


@dataclass(frozen=True, slots=True)
class OnlyItem:
    """A remark for totals that come from one item alone."""

    item: str
    words: Words


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire as published.

    ``panel_loinc`` and ``total_loinc`` are empty where no code is known for certain.
    ``translation`` says, by language, where the wording of a translation comes from.
    ``next_step`` is the id of the instrument that follows from the last band.
    """

    id: str
    name: str
    title: Words
    purpose: Words
    instruction: Words
    minutes: int
    scoring: Scoring
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    license: License
    sources: tuple[Source, ...]
    translation: Mapping[str, str]
    panel_loinc: str = ""
    total_loinc: str = ""
    only_item: OnlyItem | None = None
    next_step: str = ""

    def item(self, item_id: str) -> Item | None:
        """The item of that id, if there is one."""
        return next((item for item in self.items if item.id == item_id), None)

    @property
    def highest_total(self) -> int:
        """The largest total that complete answers can reach."""
        tops: dict[str, int] = {}
        for item in self.items:
            if item.scored:
                top = max(choice.score for choice in item.choices)
                row = top if self.scoring is Scoring.SUM else min(1, top)
                name = item.alternative or item.id
                tops[name] = max(row, tops.get(name, 0))
        return sum(tops.values())
