"""The outside sources of rules and wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from waypost.levels_of_care.content_file import load_mapping
from waypost.levels_of_care.words import BadContent

_FIELDS = {"id", "publisher", "title", "year", "url", "read", "confirmed"}


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A public source: who says it, where, and whether its primary text was confirmed.

    ``read`` is the day it was last checked; a source that is not ``confirmed`` is shown as such.
    """

    id: str
    publisher: str
    title: str
    year: int
    url: str
    read: date
    confirmed: bool


def read_source(entry: Mapping[str, object]) -> CitedSource:
    """Read one entry of ``sources.yaml``; raise `BadContent` where a field is wrong."""
    where = f"sources.yaml: {entry.get('id')}"
    if set(entry) != _FIELDS:
        raise BadContent(f"{where}: fields must be {', '.join(sorted(_FIELDS))}.")
    year, read, confirmed = entry["year"], entry["read"], entry["confirmed"]
    if not isinstance(year, int) or not isinstance(read, date) or not isinstance(confirmed, bool):
        raise BadContent(f"{where}: year, read or confirmed is not of its kind.")
    texts = [str(entry[name]) for name in ("id", "publisher", "title", "url")]
    if not all(texts) or not texts[3].startswith(("https://", "http://", "/")):
        raise BadContent(f"{where}: a text is empty or the address is not an address.")
    return CitedSource(texts[0], texts[1], texts[2], year, texts[3], read, confirmed)


def read_sources(folder: Path) -> dict[str, CitedSource]:
    """The sources of ``sources.yaml`` in ``folder``, by id.

    Raises:
        BadContent: an entry is wrong, or an id occurs twice.
    """
    data = load_mapping(folder, "sources")
    cited = [read_source(entry) for entry in data["sources"]]
    sources = {source.id: source for source in cited}
    if len(sources) != len(cited):
        raise BadContent("sources.yaml: a source appears twice.")
    return sources
