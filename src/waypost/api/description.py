"""How the APIs describe themselves: OpenAPI 3.1, with problem details beside every answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema

from waypost.api.problems import CONTENT_TYPE
from waypost.api.schemas import PlaceOut, Problem

ALWAYS = (400, 405, 500, 503)
"""The problems that any endpoint may answer with, besides its own."""

REF = "#/components/schemas/{model}"


class OpenAPI(NinjaAPI):
    """A Ninja API that passes failures to the door and lists them in its description."""

    def on_exception(self, request: Any, exc: Any) -> Any:
        """Leave every failure to `waypost.api.door`."""
        raise exc

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description, with the shape of a problem beside every answer."""
        schema = super().get_openapi_schema(**options)
        components = schema["components"]["schemas"]
        components.setdefault("PlaceOut", _shape(PlaceOut))
        components["Problem"] = _shape(Problem)
        for methods in schema["paths"].values():
            for operation in methods.values():
                _add_problems(operation)
        return schema


def _shape(model: type[Schema]) -> dict[str, Any]:
    shape = model.model_json_schema(ref_template=REF)
    shape.pop("$defs", None)
    return shape


def _add_problems(operation: dict[str, Any]) -> None:
    content = {CONTENT_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}}
    for status in (*ALWAYS, *operation.pop("x-problems", ())):
        answer = {"description": HTTPStatus(status).phrase, "content": content}
        operation["responses"].setdefault(status, answer)


def parameter(name: str, schema: dict[str, Any], words: str, **more: Any) -> dict[str, Any]:
    """A parameter of the query string."""
    return {"name": name, "in": "query", "schema": schema, "description": words} | more


def described(*parameters: dict[str, Any], problems: tuple[int, ...] = ()) -> dict[str, Any]:
    """The part of an operation's description that Ninja cannot derive."""
    return {"parameters": list(parameters), "x-problems": problems}


def download(content_type: str) -> dict[str, Any]:
    """The description of a file that is downloaded."""
    content = {content_type: {"schema": {"type": "string", "format": "binary"}}}
    return described() | {"responses": {200: {"description": "The file", "content": content}}}


def cached(extra: dict[str, Any]) -> dict[str, Any]:
    """The description of an answer that is cached under the snapshot's ETag."""
    same = {304: {"description": "Nothing has changed since the ETag in If-None-Match"}}
    return extra | {"responses": extra.get("responses", {}) | same}
