"""Rows as a source states them, before anyone decides what they mean together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from waypost.directory.site import PhoneKind, Source, Survey


@dataclass(frozen=True, slots=True)
class Row:
    """One listing of one file: ``number`` is its row there, counted from 1 below the header.

    ``codes`` are sorted (a tuple takes a tenth of a set's memory); None where the source's flags
    say nothing (an opioid treatment program in a locator export has every flag set). ``phones``
    are as written. ``method`` says how its claims got here, where the file itself does not.
    """

    source: str
    number: int
    survey: Survey
    name: str
    name2: str
    street: str
    street2: str
    city: str
    state: str
    zip: str
    phones: tuple[tuple[PhoneKind, str], ...]
    codes: tuple[str, ...] | None
    website: str = ""
    lat: float | None = None
    lon: float | None = None
    method: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not become a listing, and why."""

    source: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class SourceRows:
    """A file's whole content: rows, rejects, and codes that are not yet described."""

    source: Source
    rows: tuple[Row, ...]
    rejects: tuple[Reject, ...] = ()
    unknown_codes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AddressPoint:
    """A street-level point of a government list; the text fields are normalized."""

    source: str
    year: int
    name: str
    street: str
    city: str
    state: str
    zip: str
    lat: float
    lon: float
