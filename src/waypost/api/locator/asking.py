"""Reads a question to SAMHSA's locator from the parameters that its guide describes.

Source: SAMHSA, FindTreatment.gov API Documentation 1.9 (2025-01-15), Table 2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from waypost.api.locator import values
from waypost.api.locator.values import LocatorLimit
from waypost.api.problems import BadRequest
from waypost.directory.site import Survey
from waypost.navigation.need import clean_text
from waypost.values.geo import Point

Parameters = Mapping[str, Sequence[str]]
T = TypeVar("T")

DEFAULT_PAGE_SIZE = 30
MAX_PAGE_SIZE = 2000
MAX_PAGE = 10**9
DUI_ONLY = frozenset({"DU", "DUO"})
ATTRIBUTES = (
    "_irow", "name1", "name2", "street1", "city", "street2", "state", "zip", "phone",
    "type_facility", "intake1", "hotline1", "website", "latitude", "longitude", "miles",
)  # fmt: skip
"""A row's attributes in the order of the guide's sample; ``sort`` counts them from 1."""


@dataclass(frozen=True, slots=True)
class LocatorAsk:
    """One question to the locator.

    ``limit_value`` is a postal code, a county's FIPS code or miles, by ``limit``; None for the
    state or county that ``near`` lies in. ``codes`` must all be offered, ``languages`` any.
    ``sort`` is 0 nearest first, 1 farthest first, and the attribute 2 name1, 3 name2 and so on.
    """

    near: Point | None
    limit: LocatorLimit | None
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


def read_ask(query: Parameters, ceiling: int | None) -> LocatorAsk:
    """Read a question; raise `BadRequest` naming every parameter that cannot be read.

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

    near = read("sAddr", values.point, None)
    limit = read("limitType", values.limit, None)
    unlimited = not limit and values.is_unlimited(_last(query, "limitType"))
    cut = read("cut", values.cut, False)
    surveys = read("sType", values.surveys, values.BOTH)
    value = read("limitValue", lambda t: values.limit_value(limit, t), None) if limit else None
    ask = LocatorAsk(
        near=near,
        limit=limit,
        limit_value=value,
        surveys=values.TYPES["sa"] if cut else surveys,
        codes=read("sCodes", values.codes, frozenset()),
        without=DUI_ONLY if cut else frozenset(),
        languages=read("sLanguages", values.languages, frozenset()),
        state=read("stateCode", values.state_code, ""),
        sort=read("sort", lambda text: values.whole(text, 0, len(ATTRIBUTES)), 0),
        name=read("filterFName", values.part_of_text, ""),
        street=read("filterFAddress", values.part_of_text, ""),
        phone=read("filterFPhone", values.part_of_text, ""),
        page=read("page", lambda text: values.whole(text, 1, MAX_PAGE), 1),
        page_size=read("pageSize", lambda text: values.whole(text, 1, ceiling), DEFAULT_PAGE_SIZE),
    )
    if not problems.keys() & {"sAddr", "limitType", "limitValue"}:
        problems |= {} if unlimited else _missing(ask, query)
    if problems:
        raise BadRequest(problems)
    return ask


def _last(query: Parameters, name: str) -> str:
    values = query.get(name, ())
    return values[-1] if values else ""


def _missing(ask: LocatorAsk, query: Parameters) -> dict[str, str]:
    if ask.limit is None:
        if _last(query, "limitValue"):
            return {"limitType": "limitType: also give 0 (state), 1 (county) or 2 (meters)."}
    elif ask.limit is LocatorLimit.DISTANCE and ask.limit_value is None:
        return {"limitValue": "limitValue: give the distance from sAddr in meters."}
    elif ask.near is None and ask.limit_value is None:
        return {"limitValue": "limitValue: give a state or county, or give sAddr."}
    elif ask.near is None and ask.limit is LocatorLimit.DISTANCE:
        return {"sAddr": "sAddr: a distance needs a starting point, such as '-77.2,39.1'."}
    return {}
