"""The eight kinds of care, as ``levels.yaml`` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from waypost.levels_of_care.cited import CitedSource, read_sources
from waypost.levels_of_care.content_file import load_mapping
from waypost.levels_of_care.hours import LevelHours, read_hours
from waypost.levels_of_care.words import BadContent, read_words
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder


@dataclass(frozen=True, slots=True)
class LevelWords:
    """A kind of care in one language, in our own words."""

    name: str
    what: str
    hours: str
    length: str
    sleep: str
    medical: str
    suits: str
    good: tuple[str, ...]
    limits: tuple[str, ...]
    cost: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Level:
    """A kind of care. ``step`` 1 to 5 orders the steps of treatment; 0 goes beside any step.

    ``search`` are options of the search's level facet. ``number`` is the American Society of
    Addiction Medicine's number in that ``edition`` of its criteria, a reference only ("none"
    where it has none), ``number_name`` what that edition calls the level.
    """

    id: str
    step: int
    search: tuple[str, ...]
    number: str
    number_name: Bilingual
    edition: int
    sources: tuple[CitedSource, ...]
    en: LevelWords
    es: LevelWords

    def spoken(self, language: str) -> LevelWords:
        """The level's words in ``language`` ("en" or "es")."""
        return self.es if language == "es" else self.en


def read_levels(folder: Path) -> tuple[Level, ...]:
    """Read and check ``levels.yaml``.

    Raises:
        BadContent: an entry is wrong; the message names it.
    """
    sources, hours = read_sources(folder), read_hours(folder)
    data = load_mapping(folder, "levels")
    edition = data.get("edition")
    levels = tuple(_read_level(entry, sources, edition, hours) for entry in data["levels"])
    if len({level.id for level in levels}) != len(levels):
        raise BadContent("levels.yaml: a level occurs twice.")
    return levels


@cache
def the_levels() -> Mapping[str, Level]:
    """The levels that this installation carries, by id, in the order of the table."""
    return {level.id: level for level in read_levels(content_folder() / "levels_of_care")}


def _read_level(
    entry: Mapping[str, Any],
    sources: Mapping[str, CitedSource],
    edition: object,
    hours: LevelHours,
) -> Level:
    where = f"levels.yaml: {entry.get('id')}"
    if not isinstance(edition, int):
        raise BadContent("levels.yaml: the numbers' edition is not given.")
    unknown = set(entry.get("sources", ())) - set(sources)
    if unknown or not entry.get("sources"):
        raise BadContent(f"{where}: sources are missing or unknown {sorted(unknown)}.")
    if not isinstance(entry.get("step"), int) or not 0 <= entry["step"] <= 5:
        raise BadContent(f"{where}: step must be from 0 to 5.")
    return Level(
        id=str(entry["id"]),
        step=entry["step"],
        search=tuple(map(str, entry.get("search", ()))),
        number=str(entry["number"]),
        number_name=read_words(entry.get("number_name") or {}, f"{where}, number_name"),
        edition=edition,
        sources=tuple(sources[name] for name in entry["sources"]),
        en=_read_words(entry.get("en"), f"{where}, en", hours),
        es=_read_words(entry.get("es"), f"{where}, es", hours),
    )


def _read_words(entry: object, where: str, hours: LevelHours) -> LevelWords:
    names = {field.name for field in fields(LevelWords)}
    if not isinstance(entry, Mapping) or set(entry) != names:
        raise BadContent(f"{where}: the words must be {', '.join(sorted(names))}.")
    lists = {"good", "limits"}
    for name in names:
        texts = entry[name] if name in lists else [entry[name]]
        if not isinstance(texts, list) or not texts or not all(_is_text(text) for text in texts):
            raise BadContent(f"{where}: “{name}” is empty or not text.")
    words: dict[str, Any] = {
        n: tuple(map(hours.fill, entry[n])) if n in lists else hours.fill(entry[n]) for n in names
    }
    return LevelWords(**words)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
