"""The API's own description: the specification's paths, with the parameters that we take.

The shapes are those that the specification publishes, under its own addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from waypost import __version__
from waypost.api.description import REF, parameter
from waypost.api.hsds.about import VERSION
from waypost.api.hsds.asking import PARAMETERS, TAKEN, TAKEN_BY_ONE
from waypost.api.hsds.body import FORMS, JSON
from waypost.api.problems import CONTENT_TYPE
from waypost.api.schemas import Problem

Json = dict[str, Any]

SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.2/schema/"
SHAPES: Mapping[str, tuple[str, str]] = {
    "services": ("compiled/service_list.json", "compiled/service.json"),
    "taxonomies": ("taxonomy.json", "taxonomy.json"),
    "taxonomy_terms": ("taxonomy_term.json", "taxonomy_term.json"),
    "organizations": ("compiled/organization_list.json", "compiled/organization.json"),
    "service_at_locations": (
        "compiled/service_at_location_list.json",
        "compiled/service_at_location.json",
    ),
}
"""The specification's shape of a record in each list, and on its own."""

REQUIRED = ("/", "/services", "/services/{id}")
TAGS = [
    {"name": "required", "description": "Required by the HSDS API specification."},
    {"name": "optional", "description": "Optional in the HSDS API specification."},
]
_WORDS = {
    "services": "Services: what each site offers, one for each level of care.",
    "taxonomies": "The two taxonomies: levels of care, and SAMHSA’s service codes.",
    "taxonomy_terms": "The terms of both taxonomies.",
    "organizations": "Organizations: each site as the one that provides its services.",
    "service_at_locations": "Services where they are given, with the location.",
}
_COUNTS = ("total_items", "total_pages", "page_number", "size")
_PAGE: Json = {
    "type": "object",
    "properties": {
        **{name: {"type": "integer"} for name in _COUNTS},
        **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
    },
    "required": ["empty"],
}
_ABOUT: Json = {
    "type": "object",
    "properties": {
        "version": {"type": "string"},
        **{name: {"type": "string"} for name in ("profile", "openapi_url", "data_guide")},
        "description": {"type": "string"},
        "publisher": {"type": "object"},
    },
}


def openapi() -> Json:
    """The description as OpenAPI 3.1."""
    shape = Problem.model_json_schema(ref_template=REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Waypost as HSDS",
            "version": __version__,
            "description": f"The directory as Open Referral’s HSDS {VERSION}: services, "
            "organizations, locations and taxonomies, with the source and date of every fact.",
            "license": {"name": "The terms of each source; see /about-the-data"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "tags": TAGS,
        "paths": {f"/hsds{path}": methods for path, methods in _paths().items()},
        "components": {"schemas": {"Page": _PAGE, "Problem": shape}},
    }


def _paths() -> dict[str, Json]:
    paths = {"/": {"get": _about()}}
    for name, (listed, whole) in SHAPES.items():
        page = _page(listed)
        get = _operation(name, f"list_{name}", f"/{name}", _WORDS[name], page, TAKEN[name])
        post = get | {
            "operationId": f"search_{name}",
            "summary": f"{_WORDS[name]} The parameters may stand in a body.",
            "tags": ["optional"],
            "requestBody": _body(TAKEN[name]),
            "responses": get["responses"] | _problems(413, 415),
        }
        paths[f"/{name}"] = {"get": _kept(get), "post": post}
        paths[f"/{name}/{{id}}"] = {"get": _kept(_one(name, whole))}
    paths["/datapackage.zip"] = {"get": _kept(_package())}
    return paths


def _about() -> Json:
    words = "What this API is, and where it is described."
    return _kept(_operation("", "about", "/", words, _ABOUT, ()))


def _one(name: str, shape: str) -> Json:
    words = f"One of the {name.replace('_', ' ')}, with all that belongs to it."
    path = f"/{name}/{{id}}"
    taken = TAKEN_BY_ONE.get(name, ())
    operation = _operation(
        name, f"one_of_{name}", path, words, {"$ref": f"{SCHEMAS}{shape}"}, taken
    )
    by_id = parameter("id", {"type": "string"}, "Its id.", required=True) | {"in": "path"}
    operation["parameters"] = [by_id, *operation["parameters"]]
    operation["responses"] |= _problems(404)
    return operation


def _package() -> Json:
    words = "Everything as a tabular data package: 24 tables of CSV, zipped."
    content = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}
    return {
        "operationId": "datapackage",
        "summary": words,
        "tags": ["optional"],
        "parameters": [],
        "responses": {200: {"description": "The file", "content": content}} | _problems(503),
    }


def _operation(
    name: str, operation_id: str, path: str, words: str, shape: Json, taken: tuple[str, ...]
) -> Json:
    parameters = [
        parameter(taken_name, dict(PARAMETERS[taken_name].schema), PARAMETERS[taken_name].words)
        for taken_name in taken
    ]
    content = {JSON: {"schema": shape}}
    if "format" in taken:
        content["application/x-ndjson"] = {"schema": {"type": "string"}}
    return {
        "operationId": f"hsds_{operation_id}",
        "summary": words,
        "tags": ["required" if path in REQUIRED else "optional"],
        "parameters": parameters,
        "responses": {200: {"description": "OK", "content": content}}
        | _problems(400, 405, 500, 503),
    }


def _page(shape: str) -> Json:
    items = {"type": "array", "items": {"$ref": f"{SCHEMAS}{shape}"}}
    contents = {"type": "object", "properties": {"contents": items}, "required": ["contents"]}
    return {"allOf": [{"$ref": REF.format(model="Page")}, contents]}


def _body(taken: tuple[str, ...]) -> Json:
    fields = {
        name: dict(PARAMETERS[name].schema) | {"description": PARAMETERS[name].words}
        for name in taken
    }
    schema = {"type": "object", "properties": fields, "additionalProperties": False}
    return {"required": False, "content": {kind: {"schema": schema} for kind in (JSON, FORMS[0])}}


def _kept(operation: Json) -> Json:
    same = {304: {"description": "Nothing has changed since the ETag in If-None-Match"}}
    return operation | {"responses": operation["responses"] | same}


def _problems(*statuses: int) -> dict[int, Json]:
    content = {CONTENT_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}}
    return {s: {"description": HTTPStatus(s).phrase, "content": content} for s in statuses}
