"""Locates a site: at a street-level point from government lists, or about where its ZIP is.

Lists are weighed against each other and against the size of the ZIP. A point that lies outside both
its ZIP and its town belongs to another address. Where lists put one address in two places, the one
that more lists give wins; in a tie, the place nearer to the ZIP is shown as "about".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import NamedTuple

from waypost.directory.address_book import AddressBook
from waypost.directory.areas import Areas
from waypost.directory.choosing import AREA_METHODS, DISAGREE, EXACT_METHODS, FAR, OUTVOTED
from waypost.directory.matching import MatchedListing
from waypost.directory.normalize import town_key
from waypost.directory.site import Claim
from waypost.values.geo import Point, miles_between

APART_MILES = 2.0
"""Points for one address that are farther apart than this are two different places."""

SAME_GEOCODING = 4
"""Lists whose points agree to this many decimals (30 feet) copied one source and count once."""

ZIP_POINTS_OF = date(2023, 12, 31)
"""The year of the Census Bureau's ZIP points."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far apart sources put the same address, in miles for each pair of sources."""

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
    listing: MatchedListing, own: Sequence[Spot], book: AddressBook, areas: Areas
) -> list[Claim]:
    """All claims to where a listing is, each with the method that says how far to trust it.

    ``own`` are coordinates that the listing's own rows carry.
    """
    town = town_key(listing.city)
    area, how = areas.of(listing.zip, town, listing.state)

    def fits(lat: float, lon: float) -> bool:
        return areas.can_hold(listing.zip, town, listing.state, Point(lat, lon))

    claims = [_own_claim(spot, fits) for spot in own if on_earth(spot.lat, spot.lon)]
    claims += _known_claims(listing, book, fits)
    claims = list(dict.fromkeys(claims))
    if area is not None:
        claims = weighed(claims, area.point)
        claims.append(_claim(area.point.lat, area.point.lon, "zip-people", ZIP_POINTS_OF, how))
    return claims


def _own_claim(spot: Spot, fits: Callable[[float, float], bool]) -> Claim:
    method = spot.method or "locator export"
    how = method if fits(spot.lat, spot.lon) else FAR
    return _claim(spot.lat, spot.lon, spot.source, spot.day, how)


def _known_claims(
    listing: MatchedListing, book: AddressBook, fits: Callable[[float, float], bool]
) -> list[Claim]:
    """The points of the surest rule that puts the address in its area; others marked as far."""
    claims = []
    for method, points in book.found(listing):
        near = [p for p in points if fits(p.lat, p.lon)]
        claims += [
            _claim(p.lat, p.lon, f"points-{p.source}", date(p.year, 12, 31),
                   method if p in near else FAR)
            for p in points
            if p in near or method in EXACT_METHODS
        ]  # fmt: skip
        if near:
            break
    return claims


def weighed(claims: Sequence[Claim], near: Point) -> list[Claim]:
    """Claims to one address, outvoted or doubtful ones re-marked; ``near`` is its ZIP's point."""
    exact = [claim for claim in claims if claim.method in EXACT_METHODS]
    places = _places(exact)
    if len(places) < 2:
        return list(claims)
    most = max(map(_findings, places))
    best = [place for place in places if _findings(place) == most]
    chosen = min(best, key=lambda place: miles_between(_spot(place[0]), near))
    doubtful = len(best) > 1

    def marked(claim: Claim) -> Claim:
        if claim not in exact:
            return claim
        if claim not in chosen:
            return replace(claim, method=OUTVOTED)
        return replace(claim, method=DISAGREE) if doubtful else claim

    return list(map(marked, claims))


def _places(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims grouped by place: each within `APART_MILES` of the group's first claim.

    Sorting first makes the groups independent of the order of the claims.
    """
    places: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: (str(c.value), c.source, c.as_of)):
        spot = _spot(claim)
        place = next((p for p in places if miles_between(_spot(p[0]), spot) <= APART_MILES), None)
        if place is None:
            places.append([claim])
        else:
            place.append(claim)
    return places


def _findings(place: Iterable[Claim]) -> int:
    """How many independent findings support a place."""
    return len({_rounded(claim) for claim in place})


def _rounded(claim: Claim) -> tuple[float, float]:
    spot = _spot(claim)
    return round(spot.lat, SAME_GEOCODING), round(spot.lon, SAME_GEOCODING)


def _spot(claim: Claim) -> Point:
    assert isinstance(claim.value, tuple)
    return Point(*claim.value)


def on_earth(lat: float, lon: float) -> bool:
    """Whether coordinates are usable: on the earth and not both zero."""
    return -90 <= lat <= 90 and -180 <= lon <= 180 and (lat, lon) != (0, 0)


def _claim(lat: float, lon: float, source: str, day: date, method: str) -> Claim:
    return Claim("point", (round(lat, 6), round(lon, 6)), source, day, method)


def agreement(claims: Iterable[Claim]) -> list[float]:
    """Miles between the points that different sources give for one listing."""
    first: dict[str, Point] = {}
    for claim in claims:
        if claim.method not in AREA_METHODS | {FAR} and isinstance(claim.value, tuple):
            first.setdefault(claim.source, Point(*claim.value))
    spots = [first[source] for source in sorted(first)]
    return [miles_between(spots[0], other) for other in spots[1:]]
