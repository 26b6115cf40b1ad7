"""The values of the locator's parameters, each read as its guide describes it.

Every reader raises `ValueError` with a sentence about what cannot be read.

Source: SAMHSA, FindTreatment.gov API Documentation 1.9 (2025-01-15), Table 2.
"""

from __future__ import annotations

import math
import re
from enum import Enum

from waypost.api.locator.county_ids import COUNTY_BY_ID
from waypost.api.locator.state_ids import STATE_BY_ID
from waypost.directory.codes import CODES
from waypost.directory.site import Survey
from waypost.places.states import STATE_NAMES
from waypost.places.tables import counties, counties_of_zips
from waypost.values.geo import METERS_PER_MILE, Point, in_the_states

MAX_TEXT = 500
BOTH = frozenset(Survey)
TYPES = {
    "": BOTH,
    "sa": frozenset({Survey.SUBSTANCE_USE}),
    "mh": frozenset({Survey.MENTAL_HEALTH}),
    "both": BOTH,
}


class LocatorLimit(Enum):
    """The guide's ``limitType``."""

    STATE = "0"
    COUNTY = "1"
    DISTANCE = "2"


def _unquoted(text: str) -> str:
    """Text without one pair of quotation marks of either kind around it."""
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].strip()
    return text


def point(text: str) -> Point:
    """“lng,lat” as the guide's table says, or “lat,lng” as its samples do.

    Of the two readings, the one in the United States or its territories is used.
    """
    parts = _unquoted(text).split(",")
    if len(parts) != 2:
        raise ValueError("give two numbers separated by a comma, such as '-77.2,39.1'.")
    first, second = (_number(part) for part in parts)
    readings = [(second, first), (first, second)]
    possible = [(lat, lon) for lat, lon in readings if abs(lat) <= 90 and abs(lon) <= 180]
    if not possible:
        raise ValueError("these are not a longitude (-180 to 180) and a latitude (-90 to 90).")
    lat, lon = next((p for p in possible if in_the_states(*p)), possible[0])
    return Point(lat, lon)


def _number(text: str) -> float:
    plain = text.strip()
    try:
        number = float(plain) if plain.isascii() and "_" not in plain else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"“{plain[:40]}” is not a number.") from None
    return number


def is_unlimited(text: str) -> bool:
    """Whether ``limitType`` is the "none" that real clients send; its value is then ignored."""
    return _unquoted(text.strip()).casefold() == "none"


def limit(text: str) -> LocatorLimit | None:
    """``limitType``: 0, 1 or 2; None for “none”."""
    if is_unlimited(text):
        return None
    try:
        return LocatorLimit(_unquoted(text))
    except ValueError:
        raise ValueError("choose 0 (state), 1 (county) or 2 (distance).") from None


def limit_value(limit: LocatorLimit, text: str) -> str | float:
    """``limitValue``: a postal code, a FIPS code or miles, by ``limit``."""
    value = _unquoted(text)
    if limit is LocatorLimit.STATE:
        return _state_of_id(value)
    if limit is LocatorLimit.COUNTY:
        return _county(value)
    meters = _number(value)
    if not 0 < meters <= 1e8:
        raise ValueError("give the distance in meters, more than 0.")
    return meters / METERS_PER_MILE


def _state_of_id(text: str) -> str:
    state = STATE_BY_ID.get(int(text)) if re.fullmatch("[0-9]{1,3}", text) else None
    if state is None:
        raise ValueError("give a number from the guide's state table (1 to 52, except 17).")
    return state


def _county(text: str) -> str:
    fips = COUNTY_BY_ID.get(text, text)
    if fips not in counties() and fips not in counties_of_zips():
        raise ValueError("give the county's five-digit FIPS code, such as 24031.")
    return fips


def surveys(text: str) -> frozenset[Survey]:
    """``sType``: which surveys' facilities to find."""
    chosen = TYPES.get(_unquoted(text).lower())
    if chosen is None:
        raise ValueError("choose sa, mh or both.")
    return chosen


def codes(text: str) -> frozenset[str]:
    """``sCodes``: service codes, separated by commas."""
    codes = {part.strip().upper() for part in _unquoted(text).split(",") if part.strip()}
    unknown = sorted(codes - set(CODES))
    if unknown:
        raise ValueError(f"there is no service code “{unknown[0][:20]}”.")
    return frozenset(codes)


def languages(text: str) -> frozenset[str]:
    """“SP-Spanish”: a service code and its name; several are separated by commas."""
    return codes(",".join(part.partition("-")[0] for part in _unquoted(text).split(",")))


def state_code(text: str) -> str:
    """``stateCode``: a postal code."""
    state = _unquoted(text).upper()
    if state not in STATE_NAMES:
        raise ValueError("give a state's two letters, such as MD.")
    return state


def cut(text: str) -> bool:
    """``cut``: only NIAAA."""
    if _unquoted(text).upper() != "NIAAA":
        raise ValueError("the only value is NIAAA.")
    return True


def whole(text: str, low: int, high: int | None = None) -> int:
    """A whole number from ``low`` to ``high``, where None means no limit."""
    plain = _unquoted(text)
    number = int(plain) if re.fullmatch("[0-9]{1,100}", plain) else -1
    if number < low or (high is not None and number > high):
        raise ValueError(f"give a whole number from {low}{f' to {high}' if high else ' up'}.")
    return number


def part_of_text(text: str) -> str:
    """A filter, casefolded."""
    if len(text) > MAX_TEXT:
        raise ValueError(f"that is longer than {MAX_TEXT} characters.")
    return text.casefold()
