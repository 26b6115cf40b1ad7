"""The shape of what is published: sites, their facts, and where each fact comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from waypost.values.geo import Point
from waypost.values.opening import Opening
from waypost.values.phone import tel_address
from waypost.values.track import Track


class Survey(StrEnum):
    """Which federal survey a site answered; it decides what we can know about the site."""

    SUBSTANCE_USE = "SU"
    MENTAL_HEALTH = "MH"


class PhoneKind(StrEnum):
    """What a number is for; an intake line is shown first."""

    INTAKE = "intake"
    MAIN = "main"
    HOTLINE = "hotline"


@dataclass(frozen=True, slots=True)
class SitePhone:
    """A published number: ``e164`` to dial, ``display`` to read with its ``extension``, if any."""

    kind: PhoneKind
    e164: str
    display: str
    extension: str = ""

    @property
    def href(self) -> str:
        """The address that dials the number."""
        return tel_address(self.e164, self.extension)

    @property
    def written(self) -> str:
        """The number as the federal files write it: "(256) 534-7644 x5196"."""
        number = self.display.removesuffix(f" ext. {self.extension}")
        return f"{number} x{self.extension}" if self.extension else number


@dataclass(frozen=True, slots=True)
class Source:
    """An edition of outside data: who published it, when, and the file's digest."""

    id: str  # "samhsa-su-2024"
    title: str  # "National Directory of Drug and Alcohol Use Treatment Facilities 2024"
    publisher: str
    edition: str  # "2024"
    as_of: date  # the date the facts are from: the survey's, not the download's
    license: str
    file: str
    sha256: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says about one field of one site.

    ``field`` is "name", "phones", "services", "point", ...; ``value`` is JSON; ``method`` says
    how it got here ("as published", "same street and ZIP", "reported by a visitor");
    ``chosen`` marks the claim that is shown. ``until`` is the first day on which it holds no more,
    None where nobody set one.
    """

    field: str
    value: object
    source: str
    as_of: date
    method: str
    chosen: bool = False
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What an edition changed: added, gone, back, moved, renamed, phone, services.

    What a program changed itself stands here too, with its day in place of an edition and the
    field as ``after``.
    """

    edition: str
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a shown field comes from: a source id, its date, and the method.

    ``until`` is the first day on which it holds no more, None where nobody set one.
    """

    source: str
    as_of: date
    method: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A place where care is given, as it is shown.

    ``codes`` are the federal service codes that the site is known to offer; ``surveys`` say
    which questions it was asked, so that a code no survey asked about is unknown, not absent.
    ``exact`` is True for a street-level point and False for a ZIP's centroid.
    ``facts`` maps a field's name to where its value comes from. ``tracks`` and ``openings`` are
    what the program says of its hours and places: empty is not known. ``said`` is what else the
    program says of itself, by field: it stands beside the survey and decides nothing.
    """

    id: str
    name: str
    name2: str
    street: str
    street2: str
    city: str
    state: str
    zip: str
    county: str
    county_fips: str
    timezone: str
    point: Point
    exact: bool
    phones: tuple[SitePhone, ...]
    website: str
    codes: frozenset[str]
    surveys: frozenset[Survey]
    listed_since: str
    last_listed: str
    current: bool = True
    history: tuple[HistoryEntry, ...] = ()
    facts: Mapping[str, FactSource] = field(default_factory=dict)
    tracks: tuple[Track, ...] = ()
    openings: tuple[Opening, ...] = ()
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
