"""Sentences in two languages, each with its sources and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sure(StrEnum):
    """How sure an answer is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_ORDER = (Sure.LOW, Sure.MEDIUM, Sure.HIGH)


def weakest(*links: Sure) -> Sure:
    """A chain is as sure as its weakest link; with no links it is not sure."""
    return min(links, key=_ORDER.index, default=Sure.LOW)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where a sentence comes from; ``as_of`` is a year or a date as the source gives it."""

    id: str
    title: str
    publisher: str
    url: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement: English, Spanish, where it comes from, how sure it is."""

    id: str
    en: str
    es: str
    sources: tuple[SourceNote, ...] = ()
    sure: Sure = Sure.HIGH

    def text(self, language: str) -> str:
        """The words in ``es``, or in English for any other language."""
        return self.es if language == "es" else self.en

    def with_values(self, **values: str) -> Sentence:
        """The same sentence with its blanks filled in."""
        return Sentence(
            self.id,
            self.en.format_map(values),
            self.es.format_map(values),
            self.sources,
            self.sure,
        )
