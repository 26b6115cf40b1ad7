"""Address points from government lists, looked up by a listing's address.

`waypost sources points` leaves each point out in turn and prints how far each rule, and the ZIP's
own point, is from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from waypost.directory.matching import MatchedListing
from waypost.directory.normalize import street_key, town_key
from waypost.directory.rows import AddressPoint

LIKE_NAME = 90.0
LIKE_ROAD = 80.0

NEAR_NUMBER = 500
"""House numbers this close on one street are a few blocks apart."""

WIDEST_BRACKET = 4_000
"""Two known numbers farther apart than this say little of one between them."""

DIRECTIONS = frozenset({"n", "s", "e", "w", "ne", "nw", "se", "sw"})
SUFFIXES = frozenset({
    "st", "ave", "blvd", "rd", "dr", "ln", "ct", "cir", "pl", "pkwy", "ter", "sq", "trl", "tpke",
    "expy", "fwy", "plz", "way", "xing", "loop",
})  # fmt: skip

_PO_BOX = re.compile(r"p ?o box\b")

Road = tuple[str, ...]
"""A road's name with its ZIP, or with its town and state."""

SAME_ZIP = "same street and ZIP"
SAME_TOWN = "same street and town"
SPELLED = "same number, street spelled otherwise"
BETWEEN = "same street, between two numbers"
NEARBY = "same street, number nearby"
SAME_NAME = "same name in the ZIP"


@dataclass
class AddressBook:
    """Address points by street, by number, by road, and by name."""

    by_street: dict[Road, list[AddressPoint]] = field(default_factory=dict)
    by_number: dict[Road, list[AddressPoint]] = field(default_factory=dict)
    by_road: dict[Road, list[tuple[int, AddressPoint]]] = field(default_factory=dict)
    by_name: dict[str, list[AddressPoint]] = field(default_factory=dict)

    @classmethod
    def of(cls, points: Iterable[AddressPoint]) -> AddressBook:
        """Index the points, their streets and towns spelled as ours are."""
        book = cls()
        for point in points:
            street = street_key(point.street)
            number, road = number_and_road(street)
            for area in _areas(point.zip, point.city, point.state):
                if street:
                    book.by_street.setdefault((street, *area), []).append(point)
                if number is not None:
                    book.by_number.setdefault((str(number), *area), []).append(point)
                    book.by_road.setdefault((road, *area), []).append((number, point))
            if len(point.name) > 8 and point.zip:
                book.by_name.setdefault(point.zip, []).append(point)
        return book

    def points(self, listing: MatchedListing) -> tuple[list[AddressPoint], str]:
        """The points that fit a listing and the method that matched them, surest method first."""
        method, points = next(self.found(listing), ("", []))
        return points, method

    def found(self, listing: MatchedListing) -> Iterator[tuple[str, list[AddressPoint]]]:
        """Each rule that finds points for a listing, surest first, with its points.

        An address that its program withholds has no street here and is never looked up by name:
        it is not ours to reveal. A PO box is skipped too: nobody is treated in one.
        """
        if not listing.street or _PO_BOX.match(listing.street):
            return
        rules: tuple[tuple[str, Callable[[MatchedListing], list[AddressPoint]]], ...] = (
            (SAME_ZIP, self._in_zip),
            (SAME_TOWN, self._in_town),
            (SPELLED, self._spelled),
            (BETWEEN, self._between),
            (NEARBY, self._nearby),
            (SAME_NAME, self._named),
        )
        for method, find in rules:
            points = find(listing)
            if points:
                yield method, points

    def estimates(self, listing: MatchedListing) -> dict[str, AddressPoint]:
        """Where each rule that only estimates would put a listing, so that it can be measured."""
        rules = {BETWEEN: self._between, NEARBY: self._nearby, SAME_NAME: self._named}
        by_method = {method: find(listing) for method, find in rules.items()}
        return {method: points[0] for method, points in by_method.items() if points}

    def _in_zip(self, listing: MatchedListing) -> list[AddressPoint]:
        return self.by_street.get((listing.street, listing.zip), [])

    def _in_town(self, listing: MatchedListing) -> list[AddressPoint]:
        return self.by_street.get((listing.street, town_key(listing.city), listing.state), [])

    def _spelled(self, listing: MatchedListing) -> list[AddressPoint]:
        number, road = number_and_road(listing.street)
        if number is None:
            return []
        for area in _areas(listing.zip, listing.city, listing.state):
            near = self.by_number.get((str(number), *area), ())
            fits = [p for p in near if same_road(road, number_and_road(street_key(p.street))[1],
                                                  one_zip=p.zip == listing.zip)]  # fmt: skip
            if fits:
                return fits
        return []

    def _known(
        self, listing: MatchedListing
    ) -> Iterator[tuple[int, Sequence[tuple[int, AddressPoint]]]]:
        number, road = number_and_road(listing.street)
        if number is not None:
            for area in _areas(listing.zip, listing.city, listing.state):
                yield number, self.by_road.get((road, *area), ())

    def _between(self, listing: MatchedListing) -> list[AddressPoint]:
        for number, numbered in self._known(listing):
            below = max((k for k in numbered if k[0] < number), key=_order, default=None)
            above = min((k for k in numbered if k[0] > number), key=_order, default=None)
            if below and above and above[0] - below[0] <= WIDEST_BRACKET:
                share = (number - below[0]) / (above[0] - below[0])
                a, b = below[1], above[1]
                nearer = a if share < 0.5 else b
                return [replace(nearer, lat=a.lat + share * (b.lat - a.lat),
                                lon=a.lon + share * (b.lon - a.lon))]  # fmt: skip
        return []

    def _nearby(self, listing: MatchedListing) -> list[AddressPoint]:
        for number, numbered in self._known(listing):
            near = [k for k in numbered if 0 < abs(k[0] - number) <= NEAR_NUMBER]
            if near:
                return [min(near, key=lambda k: (abs(k[0] - number), *_order(k)))[1]]
        return []

    def _named(self, listing: MatchedListing) -> list[AddressPoint]:
        alike = [
            p
            for p in self.by_name.get(listing.zip, ())
            if fuzz.token_sort_ratio(p.name, listing.name) >= LIKE_NAME
            and street_key(p.street) != listing.street
        ]
        spots = {(round(p.lat, 3), round(p.lon, 3)) for p in alike}
        return alike if len(spots) == 1 else []


def _areas(zip_code: str, city: str, state: str) -> tuple[Road, Road]:
    """The areas in which a street's name means a single street: its ZIP and its town."""
    return (zip_code or "-",), (town_key(city) or "-", state)


def _order(numbered: tuple[int, AddressPoint]) -> tuple[object, ...]:
    number, point = numbered
    return number, point.source, point.lat, point.lon


def number_and_road(street: str) -> tuple[int | None, str]:
    """A street's house number, None where it has none, and its road: (120, "n main st")."""
    head, _, road = street.partition(" ")
    return (int(head), road) if head.isdecimal() and head.isascii() and road else (None, street)


def same_road(a: str, b: str, *, one_zip: bool) -> bool:
    """Whether two road names are the same name spelled differently.

    North Main Street is not South Main Street, and 2nd Street is not 3rd Street. One side may
    lack a direction or a suffix, and within a ZIP the suffixes may differ.
    """
    first, second = a.split(), b.split()
    if _differ(DIRECTIONS, first, second) or (not one_zip and _differ(SUFFIXES, first, second)):
        return False
    if _numbers(first) != _numbers(second):
        return False
    plain_a, plain_b = _named_part(first), _named_part(second)
    return bool(plain_a) and (
        plain_a == plain_b or (len(plain_a) > 3 and fuzz.ratio(plain_a, plain_b) >= LIKE_ROAD)
    )


def _differ(kind: frozenset[str], a: Iterable[str], b: Iterable[str]) -> bool:
    first, second = kind.intersection(a), kind.intersection(b)
    return bool(first and second and first != second)


def _numbers(words: Iterable[str]) -> set[str]:
    return {w for w in words if any(c.isdigit() for c in w)}


def _named_part(words: Iterable[str]) -> str:
    return " ".join(w for w in words if w not in DIRECTIONS and w not in SUFFIXES)
