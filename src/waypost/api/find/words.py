"""The parameters of a search, described from the facets themselves."""

from __future__ import annotations

from typing import Any

from waypost.api.description import described, parameter
from waypost.directory.facets import COLUMNS, FACETS, Facet, Join
from waypost.navigation.hours import Shown
from waypost.navigation.need import (
    AGE,
    ANY_LEVEL,
    LEVEL,
    MAX_PAGE,
    MAX_PAGE_SIZE,
    MAX_RADIUS,
    MAX_TEXT,
    MAX_YEARS,
    NEAREST,
    Sort,
)
from waypost.navigation.need_url import MAX_VALUES
from waypost.places.states import STATE_NAMES

_WHERE = "A ZIP, “city, state”, a county, a state, or “latitude,longitude”. Left out: everywhere."
_WITHIN = f"Miles, or “{NEAREST}” for any distance. A state or a county means all of it."
_NOT = "“facet:choice” that must be absent; may be repeated."
_ANY = "Facets in which any one choice is enough, where otherwise all must be offered."
_PREFER = "“facet:choice” that counts in the order “best” but hides no program."
_YEARS = "The person’s age; finds programs that accept the survey’s age band for it."
_STATE = "Only programs in this state, by its postal code; distances are still from “near”."
_NAME = "The name of a program or an organization; typing errors are forgiven."

_COME = "When one can come: “mon wed thu 17:30-21:00”; may be given again."
_WEEKLY = "Hours a week: “9” for at least 9, “9-12”, or “-12” for at most 12."
_ATTEND = "How one wants to take part."
_BY = "The last day on which one would begin, such as 2026-12-07."
_OPENING = "Only what a program said in the last 7 days counts as an opening."
_HOURS = "Which programs to show: all, those that say their hours, or those that fit."

_JOINED = [facet.key for facet in FACETS if facet.join is Join.ALL]
_STATE_SCHEMA = {"type": "string", "enum": ["", *sorted(STATE_NAMES)]}
_TEXT = {"type": "string", "maxLength": MAX_TEXT}
_WITHIN_SCHEMA = {
    "anyOf": [
        {"type": "number", "minimum": 0.1, "maximum": MAX_RADIUS},
        {"type": "string", "enum": [NEAREST]},
    ],
    "default": 25,
}
_PAGE = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1}
_PAGE_SIZE = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": 20}
_SORT = {"type": "string", "enum": [s.value for s in Sort], "default": Sort.NEAREST.value}


_COME_SCHEMA = {"type": "array", "items": {"type": "string"}, "maxItems": MAX_VALUES}
_WEEKLY_SCHEMA = {"type": "string", "pattern": r"^([0-9]{1,2})?(-[0-9]{1,2})?$"}
_ATTEND_SCHEMA = {"type": "string", "enum": ["", "in-person", "telehealth"]}
_DAY = {"type": "string", "format": "date"}
_HOURS_SCHEMA = {"type": "string", "enum": [s.value for s in Shown], "default": Shown.ALL.value}


def _several(values: list[str]) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"type": "string", "enum": values},
        "maxItems": MAX_VALUES,
        "uniqueItems": True,
    }


def _choices(facet: str) -> dict[str, Any]:
    keys = [column.partition(":")[2] for column in COLUMNS[facet]]
    return _several([*keys, ANY_LEVEL] if facet == LEVEL else keys)


def _query_choices(facet: str) -> dict[str, Any]:
    """Like `_choices`, except that an age may also be given in years."""
    schema = _choices(facet)
    if facet == AGE:
        schema["items"] = {"anyOf": [schema["items"], {"type": "integer", "minimum": 0,
                                                       "maximum": MAX_YEARS}]}  # fmt: skip
    return schema


def _meaning(facet: Facet) -> str:
    """What several choices of a facet mean."""
    if not facet.public:
        return "a wish that hides no program."
    if facet.join is Join.ANY:
        return "any of these."
    return "all of these, or any if “any” names the facet."


def _columns() -> list[str]:
    return [column for columns in COLUMNS.values() for column in columns]


def search_parameters() -> dict[str, Any]:
    """GET: the same parameters as the page at /find, and ``counts``."""
    facets = [
        parameter(f.key, _query_choices(f.key), f"{f.label}: {_meaning(f)} {f.help}")
        for f in FACETS
    ]
    return described(
        parameter("near", _TEXT, _WHERE, example="78701"),
        parameter("within", _WITHIN_SCHEMA, _WITHIN),
        *facets,
        parameter("code", _choices("code"), "Federal service codes: any of these."),
        parameter("any", _several(_JOINED), _ANY),
        parameter("prefer", _several(_columns()), _PREFER),
        parameter("not", _several(_columns()), _NOT),
        parameter("state", _STATE_SCHEMA, _STATE),
        parameter("come", _COME_SCHEMA, _COME),
        parameter("weekly", _WEEKLY_SCHEMA, _WEEKLY),
        parameter("attend", _ATTEND_SCHEMA, _ATTEND),
        parameter("by", _DAY, _BY),
        parameter("opening", {"type": "string", "enum": ["", "0", "1"]}, _OPENING),
        parameter("hours", _HOURS_SCHEMA, _HOURS),
        parameter("q", _TEXT, _NAME),
        parameter("sort", _SORT, "The order."),
        parameter("page", _PAGE, "Which page."),
        parameter("page_size", _PAGE_SIZE, "How many on a page."),
        parameter("counts", {"type": "boolean"}, "Also count what each choice would find."),
        problems=(422,),
    )


def search_body() -> dict[str, Any]:
    """POST: the need as one JSON object; omitted fields have their defaults."""
    fields = {
        "near": _TEXT | {"description": _WHERE},
        "within": _WITHIN_SCHEMA | {"description": _WITHIN},
        "choices": {
            "type": "object",
            "properties": {facet: _choices(facet) for facet in COLUMNS},
            "additionalProperties": False,
        },
        "any": _several(_JOINED) | {"description": _ANY},
        "prefer": _several(_columns()) | {"description": _PREFER},
        "not": _several(_columns()) | {"description": _NOT},
        "years": {
            "type": ["integer", "null"],
            "minimum": 0,
            "maximum": MAX_YEARS,
            "description": _YEARS,
        },
        "state": _STATE_SCHEMA | {"description": _STATE},
        "come": _COME_SCHEMA | {"description": _COME},
        "weekly": _WEEKLY_SCHEMA | {"description": _WEEKLY},
        "attend": _ATTEND_SCHEMA | {"description": _ATTEND},
        "by": _DAY | {"description": _BY},
        "opening": {"type": "boolean", "default": False, "description": _OPENING},
        "hours": _HOURS_SCHEMA | {"description": _HOURS},
        "q": _TEXT | {"description": _NAME},
        "sort": _SORT,
        "page": _PAGE,
        "page_size": _PAGE_SIZE,
        "counts": {"type": "boolean", "default": False},
    }
    schema = {"type": "object", "properties": fields, "additionalProperties": False}
    example = {"near": "78701", "within": 25, "choices": {"level": ["iop"]}}
    content = {"application/json": {"schema": schema, "example": example}}
    return described(problems=(413, 422)) | {"requestBody": {"content": content, "required": True}}
