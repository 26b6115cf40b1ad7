"""What a person types, read as a place."""

from __future__ import annotations

import re
from functools import cache

from waypost.places.area_codes import read_area_code
from waypost.places.around import without_words_around
from waypost.places.choosing import places_in, with_others
from waypost.places.making import point_place
from waypost.places.place import Found, Place, Resolution, Unknown, Why
from waypost.places.postal import digits_apart, read_digits, read_zip, zip_in
from waypost.places.reading import read_words
from waypost.places.several import several_zips
from waypost.places.spelling import as_typed
from waypost.places.state_words import state_named
from waypost.places.suggesting import suggestions
from waypost.places.tables import zips
from waypost.places.typed import state_beside

MAX_TEXT = 200
NORTHERN_EDGE = 72.0
"""No place in the United States lies so far north; nearly all of it lies farther west."""

_POINT = re.compile(
    r"^\(?\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([NnSs]?)[\s,;]+"
    r"([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([EeWw]?)\s*\)?$"
)
_WRITTEN_POINT = re.compile(
    r"(?:\b(?:lat|latitude|geo|latitud)\b|[@?=]|\bn\b).*?(-?\d{1,2}\.\d+)[^\d-]{1,12}?(-?\d{1,3}\.\d+)",
    re.IGNORECASE,
)
"""Coordinates with words: of a map's link, "lat 30.27 lon -97.74", "N 30.27 W 97.74"."""
_WEST = re.compile(r"\bw\b", re.IGNORECASE)
_ONE_SIGN = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-") | {"\x00": " ", "，": ",", "、": ","})
_MARKS = " .,;:#-/\\\"'“”()[]"


class CarriedGazetteer:
    """A gazetteer over the carried tables: no request leaves the machine."""

    def resolve(self, text: str) -> Resolution:
        """Read a ZIP, coordinates, a state, a county or a city; typing errors are forgiven."""
        text = tidy(text)
        bare = text.strip(_MARKS)
        apart = digits_apart(bare)
        if apart and is_all_of_it(bare, apart):
            return read_zip(text, apart[0].replace(" ", ""))
        match = _POINT.match(text)
        if match:
            return _point(text, match)
        written = _WRITTEN_POINT.search(text)
        if written:
            return _point_at(text, float(written[1]), _west(text, float(written[2])))
        several = several_zips(bare)
        if several:
            return several
        zip_place = zip_in(bare)
        if zip_place:
            return _with_zip(text, bare, zip_place)
        return read_area_code(text) or read_digits(bare) or read_words(text)

    def suggest(self, text: str, limit: int = 8) -> tuple[Place, ...]:
        """Places that a partly typed ``text`` may mean, likeliest first."""
        return suggestions(tidy(text), limit)


@cache
def load_gazetteer() -> CarriedGazetteer:
    """The gazetteer, whose tables are read once per process."""
    # Only ZIPs, because a starting worker waits for this. Names are sorted when one is first
    # typed.
    zips()
    return CarriedGazetteer()


def tidy(text: str) -> str:
    """One line of at most 200 characters, every hyphen and comma of one kind."""
    return " ".join(text[:MAX_TEXT].translate(_ONE_SIGN).split())


def is_all_of_it(text: str, digits: re.Match[str]) -> bool:
    """Whether nothing but "zip" or a state stands beside the digits."""
    rest = without_words_around(as_typed(f"{text[: digits.start()]} 0 {text[digits.end() :]}"))
    words = " ".join(word for word in rest.split() if word != "0")
    return not words or state_named(words) is not None


def _point(text: str, match: re.Match[str]) -> Resolution:
    lat, lon = float(match[1]), float(match[3])
    if match[2].upper() == "S":
        lat = -abs(lat)
    if match[4].upper() == "W":
        lon = -abs(lon)
    if abs(lat) > NORTHERN_EDGE and abs(lon) < NORTHERN_EDGE:  # the longitude came first
        lat, lon = lon, lat
    return _point_at(text, lat, lon)


def _west(text: str, lon: float) -> float:
    return -abs(lon) if _WEST.search(text) else lon


def _point_at(text: str, lat: float, lon: float) -> Resolution:
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        return Unknown(text, ())
    place = point_place(lat, lon)
    return Found(place) if place else Unknown(text, (), Why.ABROAD)


def _with_zip(text: str, bare: str, match: re.Match[str]) -> Resolution:
    """A ZIP counts for more than the words around it, unless these name another state."""
    answer = read_zip(text, match[1])
    rest = (bare[: match.start()] + " " + bare[match.end() :]).strip(_MARKS)
    state = state_beside(bare, match[0]) if rest else ""
    beside = read_words(rest) if state else None
    if not isinstance(answer, Found):
        # A town with its state is enough if the ZIP beside it is unknown.
        return Found(beside.place, corrected=True) if isinstance(beside, Found) else answer
    if state and state != answer.place.state and not isinstance(beside, Unknown):
        return with_others(Found(answer.place), places_in(beside), text, Why.DIFFER)
    return answer


__all__ = ["CarriedGazetteer", "load_gazetteer", "tidy"]
