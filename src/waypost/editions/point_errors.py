"""Measures how far off each way of placing an address is, where the point is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waypost.directory.address_book import AddressBook, number_and_road
from waypost.directory.choosing import ZIP_POINT
from waypost.directory.locate import Agreement
from waypost.directory.matching import MatchedListing
from waypost.directory.normalize import street_key
from waypost.directory.rows import AddressPoint
from waypost.editions.known_areas import known_areas
from waypost.editions.zip_points import carried_points, spots_by_zip
from waypost.places.people import zip_towns
from waypost.values.geo import Point, miles_between

PUBLISHED = "published middle of the ZIP"


def measure() -> Iterator[str]:
    """A line for each rule: how many addresses it places, and how far off, in miles."""
    points = carried_points()
    for method, errors in (zip_errors(points) | errors_by_rule(points)).items():
        off = Agreement(tuple(errors))
        far = sum(miles > 15 for miles in errors)
        yield (
            f"{method}: {len(errors):,} addresses; off by {off.median_miles:.2f} miles at the "
            f"median, {off.percentile_miles(0.9):.2f} at the 90th percentile, "
            f"{off.percentile_miles(0.95):.2f} at the 95th; {far:,} over 15 miles"
        )


def zip_errors(points: Sequence[AddressPoint]) -> dict[str, list[float]]:
    """Each address's miles from its ZIP's published middle (before) and from where the ZIP's people
    live, calculated without that address (after)."""
    towns = zip_towns()
    before: list[float] = []
    after: list[float] = []
    for code, spots in spots_by_zip(points).items():
        zip_town = towns.get(code)
        for i, (lat, lon) in enumerate(spots if zip_town else ()):
            assert zip_town is not None
            if zip_town.holds(lat, lon):  # a point in another town would measure nothing
                place = Point(lat, lon)
                before.append(miles_between(place, Point(zip_town.middle.lat, zip_town.middle.lon)))
                rest = [*spots[:i], *spots[i + 1 :]]
                after.append(miles_between(place, Point(*zip_town.people_point(rest))))
    return {PUBLISHED: before, ZIP_POINT: after}


def errors_by_rule(points: Sequence[AddressPoint]) -> dict[str, list[float]]:
    """The miles from each address's point to where each rule would put it without that address."""
    book = AddressBook.of(points)
    by_zip = known_areas().by_zip
    errors: dict[str, list[float]] = {}
    for true in {(street_key(p.street), p.zip): p for p in points}.values():
        street, area = street_key(true.street), by_zip.get(true.zip)
        if number_and_road(street)[0] is None or area is None:
            continue
        place = Point(true.lat, true.lon)
        if not area.holds(place):
            continue
        address = MatchedListing(
            "", true.name, "", street, "", true.city, true.state, true.zip, frozenset()
        )
        for method, guess in book.estimates(address).items():
            errors.setdefault(method, []).append(miles_between(place, Point(guess.lat, guess.lon)))
    return errors
