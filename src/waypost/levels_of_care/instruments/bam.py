"""The Brief Addiction Monitor: Use, Risk and Protective, each on its own; no total is validated.

Use adds items 4 to 6 (0 to 12), Risk 1, 2, 3, 8, 11 and 15 (0 to 24), Protective 9, 10, 12, 13, 14
and 16 (0 to 24); 7A to 7G and 17 are read, not scored. Item 4 at 0 passes over 5, item 6 at 0 over
7. Source: Cacciola 2013 (PMC3602977), VA CESATE. It shows how things go and predicts nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

from waypost.levels_of_care.instruments.instrument import InstrumentChoice
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder


class BamPart(StrEnum):
    """Which part an item counts in."""

    USE = "use"
    RISK = "risk"
    PROTECTIVE = "protective"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class BamItem:
    """One question. ``skips`` are the items that an answer of 0 passes over."""

    id: str
    words: Bilingual
    choices: tuple[InstrumentChoice, ...]
    part: BamPart
    skips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bam:
    """The monitor as published. ``worth_a_talk``: Use and Risk from, Protective up to so many."""

    title: Bilingual
    instruction: Bilingual
    notice: str
    items: tuple[BamItem, ...]
    worth_a_talk: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BamScore:
    """The three parts of complete answers, and which of them are worth a talk."""

    use: int
    risk: int
    protective: int
    talk: tuple[str, ...]


class BadBam(ValueError):
    """Answers that cannot be scored; ``missing`` and ``foreign`` are ids of items."""

    def __init__(self, missing: tuple[str, ...], foreign: tuple[str, ...]) -> None:
        super().__init__("Some questions have no answer, or one that is not among the choices.")
        self.missing, self.foreign = missing, foreign


@cache
def the_bam() -> Bam:
    """The monitor that this installation carries."""
    path = content_folder() / "levels_of_care" / "monitoring" / "bam.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    scales = {name: tuple(map(_choice, rows)) for name, rows in data["scales"].items()}
    return Bam(
        title=_words(data["title"]),
        instruction=_words(data["instruction"]),
        notice=data["license"]["notice"],
        items=tuple(_item(row, scales) for row in data["items"]),
        worth_a_talk=dict(data["worth_a_talk"]),
    )


@cache
def _points() -> Mapping[str, tuple[BamPart, Mapping[str, int]]]:
    """The part of each item, and the points of its choices by their code."""
    items = the_bam().items
    return {item.id: (item.part, {c.code: c.score for c in item.choices}) for item in items}


@cache
def _skips() -> Mapping[str, tuple[str, ...]]:
    """The items that an answer of 0 to another passes over, by that other."""
    return {item.id: item.skips for item in the_bam().items if item.skips}


def skipped(answers: Mapping[str, str]) -> frozenset[str]:
    """The items that the answers pass over: alcohol not drunk, drugs not used."""
    return frozenset(
        name for other, names in _skips().items() if answers.get(other) == "0" for name in names
    )


def score_bam(answers: Mapping[str, str]) -> BamScore:
    """Score complete answers, item id to choice code; an item passed over counts 0.

    Raises:
        BadBam: an answer is missing or foreign.
    """
    over = skipped(answers)
    given = {name: code for name, code in answers.items() if code and name not in over}
    known = _points()
    missing = tuple(name for name in known if name not in given and name not in over)
    foreign = tuple(n for n, code in given.items() if n not in known or code not in known[n][1])
    if missing or foreign:
        raise BadBam(missing, foreign)
    sums = dict.fromkeys(BamPart, 0)
    for name, code in given.items():
        part, points = known[name]
        sums[part] += points[code]
    use, risk, protective = (sums[p] for p in (BamPart.USE, BamPart.RISK, BamPart.PROTECTIVE))
    return BamScore(use, risk, protective, _talk(use, risk, protective))


def _talk(use: int, risk: int, protective: int) -> tuple[str, ...]:
    limits = the_bam().worth_a_talk
    over = {
        BamPart.USE: use >= limits["use"],
        BamPart.RISK: risk >= limits["risk"],
        BamPart.PROTECTIVE: protective <= limits["protective"],
    }
    return tuple(part.value for part, holds in over.items() if holds)


def _words(data: Mapping[str, str]) -> Bilingual:
    return Bilingual(data["en"], data["es"])


def _choice(row: Mapping[str, Any]) -> InstrumentChoice:
    return InstrumentChoice(str(row["code"]), _words(row["text"]), int(row["score"]))


def _item(row: Mapping[str, Any], scales: Mapping[str, tuple[InstrumentChoice, ...]]) -> BamItem:
    return BamItem(
        str(row["id"]),
        _words(row["text"]),
        scales[row["scale"]],
        BamPart(row["part"]),
        tuple(row.get("skips", ())),
    )
