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
    "Travis County, TX", "Texas", "30.27,-97.74"); ``label`` is what a person reads.
    ``state`` is the two-letter postal code, ``timezone`` an IANA name, ``population`` of a
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


@dataclass(frozen=True, slots=True)
class Found:
    """Exactly one place; ``corrected`` where the text was not spelled as the place is."""

    place: Place
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several places answer to the text, the largest first."""

    text: str
    choices: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No place answers to the text; ``guesses`` are the nearest spellings, if any."""

    text: str
    guesses: tuple[Place, ...]


Resolution = Found | Ambiguous | Unknown


class Gazetteer(Protocol):
    """Reads what a person types as a place."""

    def resolve(self, text: str) -> Resolution:
        """Read ``text`` (ZIP, city, county, state, coordinates) as a place."""

    def suggest(self, text: str, limit: int = 8) -> tuple[Place, ...]:
        """Places whose name begins like ``text``, the largest first."""
