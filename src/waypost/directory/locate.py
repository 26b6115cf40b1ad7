"""Where a site stands: a street-level point from government lists, or about where its ZIP is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from rapidfuzz import fuzz

from waypost.directory.matching import Listing
from waypost.directory.rows import AddressPoint
from waypost.directory.site import Claim
from waypost.values.geo import Point, miles_between

FARTHEST_FROM_ZIP_MILES = 40.0
"""A point farther than this from the ZIP it is said to be in is not believed."""

LIKE_NAME = 90.0


@dataclass
class AddressBook:
    """Address points by street and ZIP, by street and town, and by ZIP."""

    by_zip: dict[tuple[str, str], list[AddressPoint]] = field(default_factory=dict)
    by_town: dict[tuple[str, str, str], list[AddressPoint]] = field(default_factory=dict)
    by_name: dict[str, list[AddressPoint]] = field(default_factory=dict)

    @classmethod
    def of(cls, points: Iterable[AddressPoint]) -> AddressBook:
        """Index the points."""
        book = cls()
        for p in points:
            if p.street:
                book.by_zip.setdefault((p.street, p.zip), []).append(p)
                book.by_town.setdefault((p.street, p.city, p.state), []).append(p)
            if len(p.name) > 8:
                book.by_name.setdefault(p.zip, []).append(p)
        return book

    def points(self, listing: Listing) -> tuple[list[AddressPoint], str]:
        """The points that fit a listing and the method by which they fit."""
        found = self.by_zip.get((listing.street, listing.zip), [])
        if found:
            return found, "same street and ZIP"
        found = self.by_town.get((listing.street, listing.city, listing.state), [])
        if found:
            return found, "same street and town"
        alike = [
            p
            for p in self.by_name.get(listing.zip, ())
            if fuzz.token_sort_ratio(p.name, listing.name) >= LIKE_NAME
        ]
        spots = {(round(p.lat, 3), round(p.lon, 3)) for p in alike}
        return (alike, "same name near the ZIP") if len(spots) == 1 else ([], "")


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


def point_claims(
    listing: Listing,
    own: Sequence[tuple[float, float, str, date]],
    book: AddressBook,
    centroid: Point | None,
) -> list[Claim]:
    """Every claim to where a listing stands; points far from the ZIP are left out.

    ``own`` are coordinates that the listing's own rows carry (latitude, longitude, source, date).
    """
    claims = [
        _claim(lat, lon, source, day, "locator export")
        for lat, lon, source, day in own
        if believable(lat, lon, centroid)
    ]
    points, method = book.points(listing)
    claims += [
        _claim(p.lat, p.lon, f"points-{p.source}", date(p.year, 12, 31), method)
        for p in points
        if believable(p.lat, p.lon, centroid)
    ]
    if centroid is not None:
        day = date(2023, 12, 31)
        claims.append(_claim(centroid.lat, centroid.lon, "zip-points", day, "ZIP centroid"))
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
        if claim.method != "ZIP centroid" and isinstance(claim.value, tuple):
            first.setdefault(claim.source, Point(*claim.value))
    spots = [first[source] for source in sorted(first)]
    return [miles_between(spots[0], other) for other in spots[1:]]
