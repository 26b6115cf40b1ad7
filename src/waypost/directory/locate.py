"""Where a site stands: a street-level point from government lists, or about where its ZIP is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

from waypost.directory.address_book import AddressBook
from waypost.directory.choosing import AREA_METHODS
from waypost.directory.matching import Listing
from waypost.directory.site import Claim
from waypost.values.geo import Point, miles_between

FARTHEST_FROM_ZIP_MILES = 40.0
"""A point farther than this from the ZIP it is said to be in is not believed."""

ZIP_POINTS_OF = date(2023, 12, 31)
"""The year of the Census Bureau's ZIP points."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far apart sources put the same address: miles between each pair of sources."""

    miles: tuple[float, ...]

    @property
    def median_miles(self) -> float:
        """The middle distance, 0 where nothing was compared."""
        return median(self.miles) if self.miles else 0.0

    def percentile_miles(self, share: float) -> float:
        """The distance below which ``share`` (0 to 1) of the pairs lie."""
        ranked = sorted(self.miles)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0


class Spot(NamedTuple):
    """Coordinates that a listing's own row carries; ``method`` is "" for the locator's."""

    lat: float
    lon: float
    source: str
    day: date
    method: str = ""


def point_claims(
    listing: Listing,
    own: Sequence[Spot],
    book: AddressBook,
    middle: tuple[Point, str] | None,
) -> list[Claim]:
    """Every claim to where a listing stands; points far from its ZIP are left out.

    ``own`` are coordinates that the listing's own rows carry; ``middle`` is its area's point and by
    which method it is the listing's.
    """
    center = middle[0] if middle else None
    claims = [
        _claim(spot.lat, spot.lon, spot.source, spot.day, spot.method or "locator export")
        for spot in own
        if believable(spot.lat, spot.lon, center)
    ]
    points, method = book.points(listing)
    claims += [
        _claim(p.lat, p.lon, f"points-{p.source}", date(p.year, 12, 31), method)
        for p in points
        if believable(p.lat, p.lon, center)
    ]
    if middle is not None:
        point, how = middle
        claims.append(_claim(point.lat, point.lon, "zip-points", ZIP_POINTS_OF, how))
    return list(dict.fromkeys(claims))


def believable(lat: float, lon: float, centroid: Point | None) -> bool:
    """Coordinates on the earth, not zero or swapped, and near the ZIP where its point is known."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat, lon) == (0, 0):
        return False
    if centroid is None:
        return True
    return miles_between(Point(lat, lon), centroid) <= FARTHEST_FROM_ZIP_MILES


def _claim(lat: float, lon: float, source: str, day: date, method: str) -> Claim:
    return Claim("point", (round(lat, 6), round(lon, 6)), source, day, method)


def agreement(claims: Iterable[Claim]) -> list[float]:
    """Miles between the points that different sources give for one listing."""
    first: dict[str, Point] = {}
    for claim in claims:
        if claim.method not in AREA_METHODS and isinstance(claim.value, tuple):
            first.setdefault(claim.source, Point(*claim.value))
    spots = [first[source] for source in sorted(first)]
    return [miles_between(spots[0], other) for other in spots[1:]]
