"""What is known of an address's area: the point, the county and the time zone of its ZIP."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from waypost.directory.choosing import MIDDLE_OF_TOWN, ZIP_POINT
from waypost.values.geo import Point, miles_between

REACH_MILES = 40.0
"""How far an area of unknown size may reach."""

NEAR_MILES = 6.0
NEARER_ELSEWHERE = 10
"""Beyond this many miles, a place ten times nearer to another ZIP's people belongs to that ZIP."""


def nowhere_else(place: Point) -> float:
    """Miles to the nearest ZIP where no ZIP is known: infinitely many."""
    del place
    return math.inf


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """What a ZIP or a town says about an address in it.

    ``point`` is where its people live; an address in it lies within ``reach`` miles of that or of
    one of its ``anchors``, such as the middle of its area and its own town.
    """

    point: Point
    state: str
    county: str
    county_fips: str
    timezone: str
    reach: float = REACH_MILES
    anchors: tuple[Point, ...] = ()

    def miles(self, place: Point) -> float:
        """Miles from a place to the nearest of the area's point and its anchors."""
        return min(miles_between(place, a) for a in (self.point, *self.anchors))

    def holds(self, place: Point) -> bool:
        """Whether an address there can be in this area."""
        return self.miles(place) <= self.reach


@dataclass(frozen=True, slots=True)
class Areas:
    """All known ZIPs, and all known towns by their `town_key` and state.

    Some PO-box ZIPs, of Puerto Rico most of all, are in no public table: their town stands in.
    ``nearest`` gives the miles from a place to the people of whichever ZIP is nearest.
    """

    by_zip: Mapping[str, AreaFacts]
    by_town: Mapping[tuple[str, str], AreaFacts] = field(default_factory=dict)
    nearest: Callable[[Point], float] = nowhere_else

    def of(self, zip_code: str, town: str, state: str) -> tuple[AreaFacts | None, str]:
        """The facts of the ZIP or of the town, and the method of a point taken from them."""
        if zip_code in self.by_zip:
            return self.by_zip[zip_code], ZIP_POINT
        return self.by_town.get((town, state)), MIDDLE_OF_TOWN

    def can_hold(self, zip_code: str, town: str, state: str, place: Point) -> bool:
        """Whether an address at ``place`` can belong to this ZIP or town, as far as is known."""
        candidates = (self.by_zip.get(zip_code), self.by_town.get((town, state)))
        areas = [area for area in candidates if area is not None]
        if not areas:
            return True
        within = [miles for a in areas if (miles := a.miles(place)) <= a.reach]
        if not within or min(within) <= NEAR_MILES:
            return bool(within)
        return min(within) <= NEARER_ELSEWHERE * max(self.nearest(place), 0.5)

    def holds(self, zip_code: str, state: str) -> bool:
        """Whether a ZIP is in this state as far as is known."""
        area = self.by_zip.get(zip_code)
        return area is None or area.state == state
