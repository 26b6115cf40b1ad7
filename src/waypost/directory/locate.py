"""Where a site stands: a street-level point from government lists, or about where its ZIP is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from rapidfuzz import fuzz

from waypost.directory.matching import Listing
from waypost.directory.normalize import street_key
from waypost.directory.rows import AddressPoint
from waypost.directory.site import Claim
from waypost.values.geo import Point, miles_between

FARTHEST_FROM_ZIP_MILES = 40.0
"""A point farther than this from the ZIP it is said to be in is not believed."""

LIKE_NAME = 90.0


NEAR_NUMBER = 500
"""House numbers this close on one street are a few blocks apart: about half a mile."""

LIKE_STREET = 80.0


@dataclass
class AddressBook:
    """Address points by street and ZIP, by street and town, by number, and by name."""

    by_zip: dict[tuple[str, str], list[AddressPoint]] = field(default_factory=dict)
    by_town: dict[tuple[str, str, str], list[AddressPoint]] = field(default_factory=dict)
    by_number: dict[tuple[str, str], list[AddressPoint]] = field(default_factory=dict)
    by_road: dict[tuple[str, str], list[AddressPoint]] = field(default_factory=dict)
    by_name: dict[str, list[AddressPoint]] = field(default_factory=dict)

    @classmethod
    def of(cls, points: Iterable[AddressPoint]) -> AddressBook:
        """Index the points, their streets spelled as ours are."""
        book = cls()
        for p in points:
            street = street_key(p.street)
            number, _, road = street.partition(" ")
            if street:
                book.by_zip.setdefault((street, p.zip), []).append(p)
                book.by_town.setdefault((street, p.city, p.state), []).append(p)
            if number.isdigit() and road:
                book.by_number.setdefault((number, p.zip), []).append(p)
                book.by_road.setdefault((road, p.zip), []).append(p)
                book.by_road.setdefault((road, p.city), []).append(p)
            if len(p.name) > 8:
                book.by_name.setdefault(p.zip, []).append(p)
        return book

    def points(self, listing: Listing) -> tuple[list[AddressPoint], str]:
        """The points that fit a listing and the method by which they fit, the surest first.

        An address that its program withholds has no street here and is never looked up by name:
        it is not ours to reveal.
        """
        number, _, road = listing.street.partition(" ")
        if not listing.street:
            return [], ""
        for method, found in (
            ("same street and ZIP", self.by_zip.get((listing.street, listing.zip), [])),
            (
                "same street and town",
                self.by_town.get((listing.street, listing.city, listing.state), []),
            ),
            ("same number, street spelled otherwise", self._spelled(listing, number)),
            ("same street, number nearby", self._nearby(number, road, listing)),
            ("same name in the ZIP", self._named(listing)),
        ):
            if found:
                return found, method
        return [], ""

    def _spelled(self, listing: Listing, number: str) -> list[AddressPoint]:
        near = self.by_number.get((number, listing.zip), ()) if number.isdigit() else ()
        alike = (fuzz.ratio(street_key(p.street), listing.street) for p in near)
        return [p for p, likeness in zip(near, alike, strict=True) if likeness >= LIKE_STREET]

    def _nearby(self, number: str, road: str, listing: Listing) -> list[AddressPoint]:
        if not number.isdigit() or not road:
            return []

        def gap(p: AddressPoint) -> int:
            return abs(int(street_key(p.street).split()[0]) - int(number))

        known = self.by_road.get((road, listing.zip)) or [
            p for p in self.by_road.get((road, listing.city), ()) if p.state == listing.state
        ]
        near = [p for p in known if gap(p) <= NEAR_NUMBER]
        return [min(near, key=lambda p: (gap(p), p.source, p.lat, p.lon))] if near else []

    def _named(self, listing: Listing) -> list[AddressPoint]:
        alike = [
            p
            for p in self.by_name.get(listing.zip, ())
            if fuzz.token_sort_ratio(p.name, listing.name) >= LIKE_NAME
        ]
        spots = {(round(p.lat, 3), round(p.lon, 3)) for p in alike}
        return alike if len(spots) == 1 else []


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
