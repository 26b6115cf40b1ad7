"""The parameters: a line each in a table, and which of them each path takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waypost.api.hsds import values
from waypost.api.problems import BadRequest
from waypost.places.tables import ZipRow
from waypost.values.geo import METERS_PER_MILE

Parameters = Mapping[str, Sequence[str]]
PER_PAGE = 50
NEARBY_MILES = 40_000 / METERS_PER_MILE
"""How far a postcode alone reaches."""


@dataclass(frozen=True, slots=True)
class HsdsParameter:
    """How a parameter is read, the type that the specification gives it, and what it means."""

    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    words: str


_TEXT, _YES, _WHOLE = {"type": "string"}, {"type": "boolean"}, {"type": "integer"}

PARAMETERS: Mapping[str, HsdsParameter] = {
    "search": HsdsParameter(
        values.searched, _TEXT, "Every word begins a word of the record, whatever its case."
    ),
    "page": HsdsParameter(values.whole, _WHOLE | {"minimum": 1}, "Which page, from 1."),
    "per_page": HsdsParameter(
        values.page_size,
        _WHOLE | {"minimum": 1},
        f"How many on a page: {PER_PAGE} where nothing is said, {values.MAX_PER_PAGE} at most.",
    ),
    "format": HsdsParameter(
        values.is_ndjson,
        _TEXT | {"enum": ["json", "ndjson"]},
        "json, or ndjson for everything on lines of its own, without pages.",
    ),
    "taxonomy_term_id": HsdsParameter(
        values.identifier, _TEXT, "With this term, its own or its location’s."
    ),
    "taxonomy_id": HsdsParameter(values.identifier, _TEXT, "With any term of this taxonomy."),
    "organization_id": HsdsParameter(values.identifier, _TEXT, "Of this organization."),
    "modified_after": HsdsParameter(
        values.moment,
        _TEXT | {"format": "date-time"},
        "Changed at this time or later; with any offset, in UTC without one.",
    ),
    "minimal": HsdsParameter(
        values.yes_no, _YES, "All on one page, each with its id, name, status and date of change."
    ),
    "full": HsdsParameter(
        values.yes_no, _YES, "Each with all that belongs to it, as under its id."
    ),
    "full_service": HsdsParameter(
        values.yes_no, _YES, "Each organization whole, with its services in full."
    ),
    "postcode": HsdsParameter(
        values.zip_code, _TEXT, "Within 40,000 meters of this ZIP, or within “proximity”."
    ),
    "proximity": HsdsParameter(
        values.meters_as_miles, _TEXT, "Meters from the middle of “postcode”."
    ),
    "parent_id": HsdsParameter(values.identifier, _TEXT, "Below this term."),
    "top_only": HsdsParameter(
        values.yes_no, _YES, "Terms at the top alone: those without a term above them."
    ),
}

_PAGES = ("search", "page", "per_page", "format")
_TAXONOMY = ("taxonomy_term_id", "taxonomy_id")
_CHANGES = ("organization_id", "modified_after")
TAKEN: Mapping[str, tuple[str, ...]] = {
    "services": (*_PAGES, *_TAXONOMY, *_CHANGES, "minimal", "full"),
    "taxonomies": _PAGES,
    "taxonomy_terms": (*_PAGES, "taxonomy_id", "top_only", "parent_id"),
    "organizations": (*_PAGES, *_TAXONOMY, "full", "full_service"),
    "service_at_locations": (*_PAGES, *_TAXONOMY, *_CHANGES, "full", "postcode", "proximity"),
}
"""The parameters of each list."""

TAKEN_BY_ONE: Mapping[str, tuple[str, ...]] = {"organizations": ("full_service",)}
"""The parameters of one record."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: what must hold, which page, and in which form; distances are in miles."""

    search: tuple[str, ...] | None = None
    page: int = 1
    per_page: int = PER_PAGE
    format: bool = False  # whether it is ndjson
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: float | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    postcode: ZipRow | None = None
    proximity: float = NEARBY_MILES
    parent_id: str = ""
    top_only: bool = False


def read_ask(given: Parameters, taken: Iterable[str]) -> Ask:
    """The question in these parameters; `BadRequest` names each that cannot be answered."""
    problems: dict[str, str] = {}
    read: dict[str, Any] = {}
    names = list(taken)
    for name, texts in given.items():
        if name not in names:
            allowed = f"choose of {', '.join(names)}" if names else "this address takes none"
            problems[name[:40]] = f"There is no parameter “{name[:40]}” here; {allowed}."
        elif len(set(texts)) > 1:
            problems[name] = f"{name}: give it once."
        else:
            _read(name, texts[0], read, problems)
    _check_together(given, read, problems)
    if problems:
        raise BadRequest(problems)
    return Ask(**read)


def _read(name: str, text: str, read: dict[str, Any], problems: dict[str, str]) -> None:
    try:
        read[name] = PARAMETERS[name].read(text)
    except ValueError as error:
        problems[name] = f"{name}: {error}"


def _check_together(given: Parameters, read: Mapping[str, Any], problems: dict[str, str]) -> None:
    if "proximity" in given and "postcode" not in given and "proximity" not in problems:
        problems["proximity"] = "proximity: say from which postcode as well."
    if read.get("minimal") and read.get("full"):
        problems["minimal"] = "minimal: choose either minimal or full."
