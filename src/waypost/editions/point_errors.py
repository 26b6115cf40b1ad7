"""How far off each way of placing an address is, on addresses whose points are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from waypost.directory.address_book import AddressBook, number_and_road
from waypost.directory.locate import Agreement, believable
from waypost.directory.matching import Listing
from waypost.directory.normalize import street_key
from waypost.directory.rows import AddressPoint
from waypost.editions.known_areas import known_areas
from waypost.sources import catalog
from waypost.values.geo import Point, miles_between

CENTROID = "ZIP centroid"


def measure() -> Iterator[str]:
    """A line for each rule: how many addresses it places, and how far off, in miles."""
    points = list(chain.from_iterable(
        catalog.address_points(entry) for entry in catalog.carried() if entry.kind == "points"
    ))  # fmt: skip
    for method, errors in errors_by_rule(points).items():
        off = Agreement(tuple(errors))
        yield (
            f"{method}: {len(errors):,} addresses; off by {off.median_miles:.2f} miles at the "
            f"median, {off.percentile_miles(0.9):.2f} at the 90th percentile, "
            f"{off.percentile_miles(0.95):.2f} at the 95th"
        )


def errors_by_rule(points: Sequence[AddressPoint]) -> dict[str, list[float]]:
    """Each address left out in turn: the miles from its point to where each rule would put it."""
    book = AddressBook.of(points)
    by_zip = known_areas().by_zip
    found: dict[str, list[float]] = {}
    for true in {(street_key(p.street), p.zip): p for p in points}.values():
        street, area = street_key(true.street), by_zip.get(true.zip)
        if number_and_road(street)[0] is None or area is None:
            continue
        if not believable(true.lat, true.lon, area.point):
            continue
        told = Listing("", true.name, "", street, "", true.city, true.state, true.zip, frozenset())
        here = Point(true.lat, true.lon)
        found.setdefault(CENTROID, []).append(miles_between(here, area.point))
        for method, guess in book.estimates(told).items():
            found.setdefault(method, []).append(miles_between(here, Point(guess.lat, guess.lon)))
    return found
