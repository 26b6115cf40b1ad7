"""What a person types, read as a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from waypost.places.fuzzy import closest
from waypost.places.making import (
    by_name,
    city_place,
    county_place,
    names_in_state,
    point_place,
    state_place,
    suggestions,
    zip_place,
)
from waypost.places.place import Ambiguous, Found, Place, PlaceKind, Resolution, Unknown
from waypost.places.spelling import plain
from waypost.places.states import STATE_NAMES
from waypost.places.tables import zips

MAX_TEXT = 200
MAX_CHOICES = 12
BIG_CITY = 100_000
"""A city of this size that bears a state's name may be meant as well as the state."""

_ZIP = re.compile(r"(?:^|[\s,])(\d{5})(?:[- ]?\d{4})?$")
_POINT = re.compile(
    r"^\(?\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([NnSs]?)[\s,;]+"
    r"([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([EeWw]?)\s*\)?$"
)
_STATES = {plain(name): code for code, name in STATE_NAMES.items()} | {
    code.lower(): code for code in STATE_NAMES
}
_STATES |= {"d c": "DC", "virgin islands": "VI"}


class CarriedGazetteer:
    """A gazetteer over the carried tables: no request leaves the machine."""

    def resolve(self, text: str) -> Resolution:
        """Read a ZIP, coordinates, a state, a county or a city; typing errors are forgiven."""
        text = " ".join(text[:MAX_TEXT].replace("\x00", " ").split())
        match = _POINT.match(text)
        if match:
            return _point(text, match)
        match = _ZIP.search(text) if text.isascii() else None
        if match:
            return _zip(text, match[1])
        name, state = split_state(text)
        if not name:
            return _state(text, state) if state else Unknown(text, ())
        return _exact(text, name, state) or closest(text, name, state)

    def suggest(self, text: str, limit: int = 8) -> tuple[Place, ...]:
        """Places whose name or ZIP begins like ``text``, the largest first."""
        text = " ".join(text[:MAX_TEXT].split())
        if text.isascii() and text.isdigit():
            keys = _zip_keys()
            start = bisect_left(keys, text)
            return tuple(
                zip_place(zips()[z]) for z in keys[start : start + limit] if z.startswith(text)
            )
        name, _, state = text.partition(",")
        return suggestions(plain(name), _STATES.get(plain(state), ""), limit)


@cache
def load_gazetteer() -> CarriedGazetteer:
    """The gazetteer, its tables read once a process."""
    # ZIPs alone: a worker that starts waits for them. The names are put in order for the first who
    # types one.
    zips()
    return CarriedGazetteer()


@cache
def _zip_keys() -> list[str]:
    return sorted(zips())


def split_state(text: str) -> tuple[str, str]:
    """A name and the state's postal code: from "Austin, TX", "austin texas" or "Texas" alone."""
    head, comma, tail = text.rpartition(",")
    if comma and plain(tail) in _STATES:
        return plain(head), _STATES[plain(tail)]
    words = plain(text).split()
    for size in (4, 3, 2, 1):
        ending = " ".join(words[-size:])
        if len(words) >= size and ending in _STATES:
            return " ".join(words[:-size]), _STATES[ending]
    return plain(text), ""


def _state(text: str, state: str) -> Resolution:
    """A state, unless a city bears its name too ("New York", "Washington")."""
    cities = [p for p in by_name().get(plain(text), ()) if p.kind is PlaceKind.CITY]
    big = [p for p in cities if (p.population or 0) >= BIG_CITY]
    if not big:
        return Found(state_place(state))
    return Ambiguous(text, (state_place(state), *big))


def _point(text: str, match: re.Match[str]) -> Resolution:
    lat, lon = float(match[1]), float(match[3])
    if match[2].upper() == "S":
        lat = -abs(lat)
    if match[4].upper() == "W":
        lon = -abs(lon)
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        return Unknown(text, ())
    place = point_place(lat, lon)
    return Found(place) if place else Unknown(text, ())


def _zip(text: str, digits: str) -> Resolution:
    row = zips().get(digits)
    if row:
        return Found(zip_place(row))
    keys = _zip_keys()
    same = [z for z in keys if z[:3] == digits[:3]]
    if same and zips()[same[0]].state == "PR":
        # Puerto Rico's PO-box ZIPs are in no public table of points: the post office's area is.
        return Found(zip_place(zips()[same[0]], stands_for=digits, among=same), corrected=True)
    near = sorted(same, key=lambda z: abs(int(z) - int(digits)))[:5]
    return Unknown(text, tuple(zip_place(zips()[z]) for z in near))


def _exact(text: str, name: str, state: str) -> Resolution | None:
    if state:
        found = names_in_state(name, state)
    else:
        # A hamlet's post office is meant only where its state is named or no town has the name.
        every = by_name().get(name, ())
        found = tuple(p for p in every if p.population or p.key.count("(")) or every
    if not found:
        return None
    towns = [p for p in found if p.kind is PlaceKind.CITY]
    if len(found) == 1 or (state and len(towns) == 1):
        return Found((towns or found)[0])
    ranked = sorted(found, key=lambda p: -(p.population or 0))
    return Ambiguous(text, tuple(ranked[:MAX_CHOICES]))


__all__ = ["CarriedGazetteer", "city_place", "county_place", "load_gazetteer", "split_state"]
