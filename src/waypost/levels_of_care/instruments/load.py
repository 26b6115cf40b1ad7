"""Reads the check-ups' data files and refuses any that is inconsistent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from waypost.levels_of_care.instruments.instrument import (
    Band,
    CutOffSource,
    Instrument,
    InstrumentChoice,
    Item,
    License,
    OnlyItem,
    Scoring,
)
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder, read_yaml

FREE = "instruments"
NONCOMMERCIAL = "instruments_noncommercial"
ORDER = ("taps-1", "audit-c", "phq-2", "phq-9", "gad-7", "audit", "dast-10")
"""Substances before feelings, short before long; check-ups that are off by default come last."""


class BadInstrument(ValueError):
    """A data file that does not describe an instrument; the message names file and fault."""


def load_instruments(*, noncommercial: bool = False) -> dict[str, Instrument]:
    """The check-ups by id, in the order in which they are offered.

    ``noncommercial`` adds the pack of instruments (AUDIT, DAST-10) whose owners forbid
    commercial use; an operator who turns it on vouches that the use is not commercial.

    Raises:
        BadInstrument: a file is faulty.
    """
    folders = [FREE, NONCOMMERCIAL] if noncommercial else [FREE]
    instruments: dict[str, Instrument] = {}
    for folder in folders:
        for path in sorted((content_folder() / "levels_of_care" / folder).glob("*.yaml")):
            instrument = read_instrument(path)
            if instrument.license.commercial_use is (folder == NONCOMMERCIAL):
                raise BadInstrument(f"{path.name}: its license does not belong in {folder}.")
            instruments[instrument.id] = instrument
    rank = {name: number for number, name in enumerate(ORDER)}
    return dict(
        sorted(instruments.items(), key=lambda pair: (rank.get(pair[0], len(rank)), pair[0]))
    )


def read_instrument(path: Path) -> Instrument:
    """One data file as an instrument.

    Raises:
        BadInstrument: the file is not YAML, lacks a field, or contradicts itself.
    """
    try:
        instrument = _instrument(read_yaml(path.read_text(encoding="utf-8")))
        faults = list(faults_of(instrument))
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInstrument(f"{path.name} cannot be read: {error!r}") from error
    if faults:
        raise BadInstrument(f"{path.name}: {' '.join(faults)}")
    return instrument


def faults_of(instrument: Instrument) -> Iterator[str]:
    """What is inconsistent: repeated names, gaps or overlaps in the bands."""
    ids = [item.id for item in instrument.items]
    if len(set(ids)) != len(ids):
        yield "Two items have the same id."
    for item in instrument.items:
        codes = [choice.code for choice in item.choices]
        if len(set(codes)) != len(codes) or len(codes) < 2:
            yield f"The choices of {item.id} are not at least two different ones."
    if instrument.only_item and instrument.only_item.item not in ids:
        yield "The remark on one item alone names no item."
    reached = -1
    for band in instrument.bands:
        if band.low != reached + 1 or band.high < band.low:
            yield f"The band from {band.low} to {band.high} does not follow on {reached}."
        reached = band.high
    if reached != instrument.highest_total:
        yield f"The bands end at {reached}, the totals at {instrument.highest_total}."


def _instrument(data: Mapping[str, Any]) -> Instrument:
    sources = {
        row["key"]: CutOffSource(row["key"], row["title"], row["url"]) for row in data["sources"]
    }
    scales = {name: tuple(map(_choice, rows)) for name, rows in data["scales"].items()}
    only = data.get("only_item")
    return Instrument(
        id=data["id"],
        name=data["name"],
        title=_words(data["title"]),
        purpose=_words(data["purpose"]),
        instruction=_words(data["instruction"]),
        minutes=int(data["minutes"]),
        scoring=Scoring(data["scoring"]),
        items=tuple(_item(row, scales) for row in data["items"]),
        bands=tuple(_band(row, sources) for row in data["bands"]),
        license=License(**data["license"]),
        sources=tuple(sources.values()),
        translation=dict(data["translation"]),
        panel_loinc=data["loinc"].get("panel", ""),
        total_loinc=data["loinc"].get("total", ""),
        only_item=OnlyItem(only["item"], _words(only["text"])) if only else None,
        next_step=data.get("next_step", ""),
    )


def _words(data: Mapping[str, str]) -> Bilingual:
    return Bilingual(data["en"], data.get("es", ""))


def _choice(row: Mapping[str, Any]) -> InstrumentChoice:
    return InstrumentChoice(
        row["code"], _words(row["text"]), int(row.get("score", 0)), row.get("loinc", "")
    )


def _item(row: Mapping[str, Any], scales: Mapping[str, tuple[InstrumentChoice, ...]]) -> Item:
    return Item(
        id=row["id"],
        words=_words(row["text"]),
        choices=scales[row["scale"]],
        loinc=row.get("loinc", ""),
        hint=_words(row["hint"]) if "hint" in row else None,
        scored=row.get("scored", True),
        optional=row.get("optional", False),
        alternative=row.get("alternative", ""),
        safety_above=row.get("safety_above"),
    )


def _band(row: Mapping[str, Any], sources: Mapping[str, CutOffSource]) -> Band:
    return Band(
        int(row["low"]),
        int(row["high"]),
        _words(row["label"]),
        _words(row["meaning"]),
        sources[row["source"]],
    )
