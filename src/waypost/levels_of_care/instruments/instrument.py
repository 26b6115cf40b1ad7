"""Check-ups: short questionnaires of published wording, as frozen values.

The wording, scores, cut-offs, licenses and sources are data files under
``content/levels_of_care/instruments``; this module gives them their shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from waypost.values.bilingual import Bilingual


class Scoring(StrEnum):
    """How a total is calculated: by adding points, or by counting rows with any points."""

    SUM = "sum"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class InstrumentChoice:
    """One answer that may be given: its own code, its points and LOINC's answer code."""

    code: str
    words: Bilingual
    score: int = 0
    loinc: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    ``alternative`` names a set of items of which exactly one is answered. An answer of more
    points than ``safety_above`` calls for the safety page; None means that no answer does.
    """

    id: str
    words: Bilingual
    choices: tuple[InstrumentChoice, ...]
    loinc: str = ""
    hint: Bilingual | None = None
    scored: bool = True
    optional: bool = False
    alternative: str = ""
    safety_above: int | None = None

    def choice(self, code: str) -> InstrumentChoice | None:
        """The choice with that code, if this item has it."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True)
class CutOffSource:
    """Where a cut-off was published."""

    key: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Band:
    """What totals from ``low`` to ``high`` (both included) mean, and who published it."""

    low: int
    high: int
    label: Bilingual
    meaning: Bilingual
    source: CutOffSource


@dataclass(frozen=True, slots=True)
class License:
    """On what terms the wording may be used; ``notice`` is shown with it."""

    notice: str
    url: str
    commercial_use: bool


@dataclass(frozen=True, slots=True)
class OnlyItem:
    """A remark for totals that come from only one item."""

    item: str
    words: Bilingual


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire as published.

    ``panel_loinc`` and ``total_loinc`` are empty where no code is known for certain.
    ``translation`` says, by language, where the wording of a translation comes from.
    ``next_step`` is the id of the instrument that follows from the last band.
    """

    id: str
    name: str
    title: Bilingual
    purpose: Bilingual
    instruction: Bilingual
    minutes: int
    scoring: Scoring
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    license: License
    sources: tuple[CutOffSource, ...]
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
