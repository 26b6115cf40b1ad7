"""The locator's addresses and how they describe themselves."""

from __future__ import annotations

from typing import Any

from waypost import __version__
from waypost.api.description import OpenAPI, cached, described, parameter
from waypost.api.locator import schemas, views
from waypost.api.locator.asking import ATTRIBUTES, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE

api = OpenAPI(
    title="SAMHSA locator API over Waypost's data",
    version=__version__,
    description="As “FindTreatment.gov API Documentation” 1.9 describes it. A county is its "
    "five-digit FIPS code: the guide's own table of counties is not public, and only the number "
    "in its samples, 1119, is known.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-locator",
)

_WORDS = {
    "sAddr": "The starting point: “lng,lat” or “lat,lng”, quoted or not.",
    "limitType": "0 for a state, 1 for a county, 2 for a distance; “none” or omitted for no limit.",
    "limitValue": "The guide's state id, the county's FIPS code, or meters. Left out with 0 or 1: "
    "the state or county of sAddr.",
    "sType": "sa, mh or both, quoted or not, in any case.",
    "sCodes": "Service codes, separated by commas; a facility must offer all of them.",
    "stateCode": "A state's two letters.",
    "filterFName": "Part of a name.",
    "filterFAddress": "Part of the first line of an address.",
    "filterFPhone": "Part of a telephone number; punctuation does not count.",
}


def _whole(low: int, high: int | None, default: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": low, "default": default}
    return schema if high is None else schema | {"maximum": high}


def _fields(ceiling: int | None) -> dict[str, tuple[dict[str, Any], str]]:
    """Each field's schema and its words."""
    fields: dict[str, tuple[dict[str, Any], str]] = {
        name: ({"type": "string"}, words) for name, words in _WORDS.items()
    }
    fields["sort"] = (
        _whole(0, len(ATTRIBUTES), 0),
        "0 nearest first, 1 farthest first, 2 by name1, 3 by name2, and so on along a row.",
    )
    fields["page"] = (_whole(1, 10**9, 1), "Which page.")
    fields["pageSize"] = (_whole(1, ceiling, DEFAULT_PAGE_SIZE), "How many on a page.")
    fields["cut"] = (
        {"type": "string", "enum": ["NIAAA"]},
        "Only substance use programs, except those that serve only DUI and DWI clients.",
    )
    return fields


def _query() -> dict[str, Any]:
    return described(
        *(
            parameter(name, schema, words)
            for name, (schema, words) in _fields(MAX_PAGE_SIZE).items()
        )
    )


def _form() -> dict[str, Any]:
    fields = _fields(None) | {
        "sLanguages": ({"type": "string"}, "“SP-Spanish”: any of these, separated by commas.")
    }
    properties = {name: schema | {"description": words} for name, (schema, words) in fields.items()}
    content = {
        "application/x-www-form-urlencoded": {
            "schema": {"type": "object", "properties": properties}
        }
    }
    return described(problems=(413,)) | {"requestBody": {"content": content}}


api.get(
    "exportsAsJson/v2",
    response=schemas.LocatorOut,
    by_alias=True,
    operation_id="exports_as_json",
    summary="Facilities, at most 2,000 per page",
    openapi_extra=cached(_query()),
)(views.exports_as_json)
api.post(
    "listing",
    response=schemas.ListingOut,
    by_alias=True,
    operation_id="listing",
    summary="Facilities by form fields, pages of any size",
    openapi_extra=_form(),
)(views.listing)
