"""What a caller of SAMHSA's locator asks, read from the parameters of its guide.

Source: SAMHSA, FindTreatment.gov API Documentation 1.9 (2025-01-15), Table 2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from waypost.api.locator.state_ids import STATE_BY_ID
from waypost.api.problems import BadRequest
from waypost.directory.codes import CODES
from waypost.directory.site import Survey
from waypost.navigation.need import clean_text
from waypost.places.states import STATE_NAMES
from waypost.values.geo import Point

Parameters = Mapping[str, Sequence[str]]
T = TypeVar("T")

DEFAULT_PAGE_SIZE = 30
MAX_PAGE_SIZE = 2000
MAX_TEXT = 500
MAX_PAGE = 10**9
METERS_PER_MILE = 1609.344
BOTH = frozenset(Survey)
TYPES = {
    "": BOTH,
    "sa": frozenset({Survey.SUBSTANCE_USE}),
    "mh": frozenset({Survey.MENTAL_HEALTH}),
    "both": BOTH,
}
DUI_ONLY = frozenset({"DU", "DUO"})
ATTRIBUTES = (
    "_irow", "name1", "name2", "street1", "city", "street2", "state", "zip", "phone",
    "type_facility", "intake1", "hotline1", "website", "latitude", "longitude", "miles",
)  # fmt: skip
"""A row's attributes in the order of the guide's sample; ``sort`` counts them from 1."""


class Limit(Enum):
    """The guide's ``limitType``."""

    STATE = "0"
    COUNTY = "1"
    DISTANCE = "2"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the locator.

    ``limit_value`` is a postal code, a county's FIPS code or miles, by ``limit``; None for the
    state or county that ``near`` lies in. ``codes`` must all be offered, ``languages`` any.
    ``sort`` is 0 nearest first, 1 farthest first, and the attribute 2 name1, 3 name2 and so on.
    """

    near: Point | None
    limit: Limit | None
    limit_value: str | float | None
    surveys: frozenset[Survey]
    codes: frozenset[str]
    without: frozenset[str]
    languages: frozenset[str]
    state: str
    sort: int
    name: str
    street: str
    phone: str
    page: int
    page_size: int


def read_ask(query: Parameters, ceiling: int | None) -> Ask:
    """Read a question; raise `BadRequest` that names every parameter that cannot be read.

    ``ceiling`` is the largest page, None for no limit.
    """
    problems: dict[str, str] = {}

    def read(name: str, reader: Callable[[str], T], default: T) -> T:
        try:
            text = clean_text(_last(query, name))
            return reader(text) if text else default
        except ValueError as error:
            problems[name] = f"{name}: {error}"
            return default

    near = read("sAddr", _point, None)
    limit = read("limitType", _limit, None)
    cut = read("cut", _cut, False)
    surveys = read("sType", _surveys, BOTH)
    ask = Ask(
        near=near,
        limit=limit,
        limit_value=read("limitValue", lambda text: _limit_value(limit, text), None),
        surveys=TYPES["sa"] if cut else surveys,
        codes=read("sCodes", _codes, frozenset()),
        without=DUI_ONLY if cut else frozenset(),
        languages=read("sLanguages", _languages, frozenset()),
        state=read("stateCode", _state, ""),
        sort=read("sort", lambda text: _whole(text, 0, len(ATTRIBUTES)), 0),
        name=read("filterFName", _filter, ""),
        street=read("filterFAddress", _filter, ""),
        phone=read("filterFPhone", _filter, ""),
        page=read("page", lambda text: _whole(text, 1, MAX_PAGE), 1),
        page_size=read(
            "pageSize", lambda text: _whole(text, 1, ceiling or MAX_PAGE), DEFAULT_PAGE_SIZE
        ),
    )
    problems = _missing(ask, query) | problems
    if problems:
        raise BadRequest(problems)
    return ask


def _last(query: Parameters, name: str) -> str:
    values = query.get(name, ())
    return values[-1] if values else ""


def _missing(ask: Ask, query: Parameters) -> dict[str, str]:
    if ask.limit is None:
        if _last(query, "limitValue"):
            return {"limitType": "limitType: say 0 (state), 1 (county) or 2 (meters) as well."}
    elif ask.limit is Limit.DISTANCE and ask.limit_value is None:
        return {"limitValue": "limitValue: say how many meters from sAddr."}
    elif ask.near is None and ask.limit_value is None:
        return {"limitValue": "limitValue: say which state or county, or give sAddr."}
    elif ask.near is None and ask.limit is Limit.DISTANCE:
        return {"sAddr": "sAddr: a distance needs a starting point, such as '-77.2,39.1'."}
    return {}


def _unquoted(text: str) -> str:
    """Text without one pair of quotation marks of either kind around it."""
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].strip()
    return text


def _point(text: str) -> Point:
    """“lng,lat” as the guide's table says, or “lat,lng” as its samples do.

    Of two readings the one that lies in the United States or its territories is meant.
    """
    parts = _unquoted(text).split(",")
    if len(parts) != 2:
        raise ValueError("give two numbers with a comma between them, such as '-77.2,39.1'.")
    first, second = (_number(part) for part in parts)
    readings = [(second, first), (first, second)]
    possible = [(lat, lon) for lat, lon in readings if abs(lat) <= 90 and abs(lon) <= 180]
    if not possible:
        raise ValueError("these are no longitude (-180 to 180) and latitude (-90 to 90).")
    lat, lon = next((p for p in possible if _in_reach(*p)), possible[0])
    return Point(lat, lon)


def _in_reach(lat: float, lon: float) -> bool:
    """Samoa to Alaska; the Virgin Islands west to Guam, across the antimeridian."""
    return -15 <= lat <= 72 and (lon <= -64 or lon >= 130)


def _number(text: str) -> float:
    plain = text.strip()
    try:
        number = float(plain) if plain.isascii() and "_" not in plain else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"“{plain[:40]}” is not a number.") from None
    return number


def _limit(text: str) -> Limit:
    try:
        return Limit(_unquoted(text))
    except ValueError:
        raise ValueError("choose 0 (state), 1 (county) or 2 (distance).") from None


def _limit_value(limit: Limit | None, text: str) -> str | float:
    value = _unquoted(text)
    if limit is Limit.STATE:
        return _state_of_id(value)
    if limit is Limit.COUNTY:
        if not (value.isascii() and value.isdigit() and len(value) == 5):
            raise ValueError("a county is its five-digit FIPS code here, such as 24031.")
        return value
    meters = _number(value)
    if not 0 < meters <= 1e8:
        raise ValueError("the distance is in meters, more than 0.")
    return meters / METERS_PER_MILE


def _state_of_id(text: str) -> str:
    state = STATE_BY_ID.get(int(text)) if text.isascii() and text.isdigit() else None
    if state is None:
        raise ValueError("this is no number of the guide's state table (1 to 52, without 17).")
    return state


def _surveys(text: str) -> frozenset[Survey]:
    found = TYPES.get(_unquoted(text).lower())
    if found is None:
        raise ValueError("choose sa, mh or both.")
    return found


def _codes(text: str) -> frozenset[str]:
    codes = {part.strip().upper() for part in _unquoted(text).split(",") if part.strip()}
    unknown = sorted(codes - set(CODES))
    if unknown:
        raise ValueError(f"there is no service code “{unknown[0][:20]}”.")
    return frozenset(codes)


def _languages(text: str) -> frozenset[str]:
    """“SP-Spanish”: a service code and its name, several with commas between them."""
    return _codes(",".join(part.partition("-")[0] for part in _unquoted(text).split(",")))


def _state(text: str) -> str:
    state = _unquoted(text).upper()
    if state not in STATE_NAMES:
        raise ValueError("give a state's two letters, such as MD.")
    return state


def _cut(text: str) -> bool:
    if _unquoted(text).upper() != "NIAAA":
        raise ValueError("the only value is NIAAA.")
    return True


def _whole(text: str, low: int, high: int) -> int:
    plain = _unquoted(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 10 and low <= int(plain) <= high):
        raise ValueError(f"give a whole number from {low} to {high}.")
    return int(plain)


def _filter(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueError(f"that is longer than {MAX_TEXT} characters.")
    return text.casefold()
