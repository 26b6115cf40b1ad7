"""What treatment near home or away from it means, as ``near_or_away.yaml`` holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from waypost.levels_of_care.cited import CitedSource, read_sources
from waypost.levels_of_care.content_file import load_mapping
from waypost.levels_of_care.words import BadContent
from waypost.values.content import content_folder


@dataclass(frozen=True, slots=True)
class TopicWords:
    """One side of the choice in one language: near, away, and what to ask."""

    title: str
    near: str
    away: str
    ask: str


@dataclass(frozen=True, slots=True)
class ComparedTopic:
    """A point of the choice, with who says so."""

    id: str
    source: CitedSource
    en: TopicWords
    es: TopicWords

    def spoken(self, language: str) -> TopicWords:
        """The topic's words in ``language`` ("en" or "es")."""
        return self.es if language == "es" else self.en


def read_topics(folder: Path) -> tuple[ComparedTopic, ...]:
    """Read ``near_or_away.yaml``.

    Raises:
        BadContent: a topic lacks a language or names a source that does not exist.
    """
    sources = read_sources(folder)
    data = load_mapping(folder, "near_or_away")
    return tuple(_read_topic(entry, sources) for entry in data["topics"])


@cache
def the_topics() -> tuple[ComparedTopic, ...]:
    """The topics that this installation carries."""
    return read_topics(content_folder() / "levels_of_care")


def _read_topic(entry: Mapping[str, object], sources: Mapping[str, CitedSource]) -> ComparedTopic:
    where = f"near_or_away.yaml: {entry.get('id')}"
    if entry.get("source") not in sources:
        raise BadContent(f"{where}: the source “{entry.get('source')}” is not in sources.yaml.")
    return ComparedTopic(
        id=str(entry["id"]),
        source=sources[str(entry["source"])],
        en=_read_words(entry.get("en"), where),
        es=_read_words(entry.get("es"), where),
    )


def _read_words(entry: object, where: str) -> TopicWords:
    names = {field.name for field in fields(TopicWords)}
    if not isinstance(entry, Mapping) or set(entry) != names:
        raise BadContent(f"{where}: each language needs {', '.join(sorted(names))}.")
    return TopicWords(**{str(name): str(value) for name, value in entry.items()})
