"""A place a person may name, and the three answers to what they typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from waypost.values.geo import Point


class PlaceKind(StrEnum):
    """What sort of place it is."""

    ZIP = "zip"
    CITY = "city"
    COUNTY = "county"
    STATE = "state"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Place:
    """A place with the state, county and time zone it lies in.

    ``key`` is text that always resolves to exactly this place ("78701", "Austin, TX",
    "Travis County, TX", "Texas", "New York (state)", "30.27,-97.74"); ``label`` is what a person
    reads. ``state`` is the two-letter postal code, ``timezone`` an IANA name, ``population`` of a
    city, county or state where it is known.
    """

    kind: PlaceKind
    key: str
    label: str
    point: Point
    state: str
    county: str | None
    county_fips: str | None
    timezone: str
    population: int | None = None


class Why(StrEnum):
    """Why a place is asked about, or cannot be searched."""

    NAMESAKES = "namesakes"
    """Several places have the name."""
    REGION = "region"
    """The text names a region; the places are in it."""
    INSIDE = "inside"
    """The text names a part of a place, or an area without a town of its name."""
    SEVERAL = "several"
    """The text names several places side by side, and a search begins at one."""
    AREA_CODE = "area code"
    """Three digits or a telephone number: the places lie in its area; ZIPs may begin so too."""
    DIFFER = "differ"
    """A ZIP and the place beside it in the text are not in one state."""
    SPELLING = "spelling"
    """No place is spelled this way; the places are spelled similarly."""
    DIGITS = "digits"
    """A ZIP with too few or too many digits; the places have similar ZIPs."""
    UNKNOWN_ZIP = "unknown zip"
    """Five digits that are not a ZIP we know; the places have neighboring ones."""
    MILITARY = "military"
    """An address of the armed forces abroad, or a military community there."""
    ABROAD = "abroad"
    """A place in another country."""
    HERE = "here"
    """The text means where the person is."""
    COUNTRY = "country"
    """The text names the whole country."""
    ONLINE = "online"
    """The text means a program by video, which is licensed state by state."""
    NOT_KNOWN = "not known"
    """No place answers to the text."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place; ``corrected`` where the text was not spelled as the place is.

    ``others`` may be meant instead, likeliest first, for people for whom the one is wrong.
    """

    place: Place
    corrected: bool = False
    others: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several places match the text, likeliest first."""

    text: str
    choices: tuple[Place, ...]
    why: Why = Why.NAMESAKES


@dataclass(frozen=True, slots=True)
class Unknown:
    """No place matches the text; ``guesses`` are what may be meant, if any."""

    text: str
    guesses: tuple[Place, ...]
    why: Why = Why.NOT_KNOWN


Resolution = Found | Ambiguous | Unknown


class Gazetteer(Protocol):
    """Reads what a person types as a place."""

    def resolve(self, text: str) -> Resolution:
        """Read ``text`` (ZIP, city, county, state, coordinates) as a place."""

    def suggest(self, text: str, limit: int = 8) -> tuple[Place, ...]:
        """Places that a partly typed ``text`` may mean, likeliest first."""
