"""Reads the APIs' descriptions into what is shown to people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

Json = Mapping[str, Any]
SHOWN = 20
"""Longer lists of values are only counted; /api/v1/facets has them."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a shape."""

    name: str
    kind: str
    words: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One method at one address."""

    method: str
    path: str
    name: str
    words: str
    fields: list[Field]
    answers: list[tuple[int, str]]
    shape: str
    example: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that answers are made of."""

    name: str
    words: str
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Described:
    """An API as the page shows it."""

    title: str
    words: str
    address: str
    entries: list[Entry]
    shapes: list[Shape]


def described(address: str, schema: Json) -> Described:
    """The API of the OpenAPI description at this address."""
    info = schema["info"]
    return Described(
        info["title"], info["description"], address, list(_entries(schema)), list(_shapes(schema))
    )


def _entries(schema: Json) -> Iterator[Entry]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            words = operation.get("description") or operation["summary"]
            answers = [(int(s), a["description"]) for s, a in operation["responses"].items()]
            name = operation["operationId"]
            fields = [*_parameters(operation), *_body(operation)]
            shape, example = _shape_name(operation), _example(method, path, operation)
            yield Entry(method.upper(), path, name, words, fields, sorted(answers), shape, example)


def _shape_name(operation: Json) -> str:
    """The shape of a successful answer, where it is described here; '' for a file or another's."""
    content = operation["responses"][200].get("content", {})
    shape = content.get("application/json", {}).get("schema", {})
    reference = str(shape.get("$ref", ""))
    named = reference.rpartition("/")[2] if reference.startswith("#") else ""
    return str(shape.get("title", "") or named)


def _example(method: str, path: str, operation: Json) -> str:
    """A URL to try; '' where part of it would be unknown or it is a long download."""
    if method != "get" or "{" in path or "snapshot." in path:
        return ""
    values = [(p["name"], p["example"]) for p in operation["parameters"] if "example" in p]
    return f"{path}?{urlencode(values)}" if values else path


def _parameters(operation: Json) -> Iterator[Field]:
    for p in operation.get("parameters", ()):
        required = p.get("required", False)
        yield Field(p["name"], _kind(p["schema"]), p.get("description", ""), required)


def _body(operation: Json) -> Iterator[Field]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        for name, schema in content["schema"]["properties"].items():
            yield Field(name, _kind(schema), schema.get("description", ""))


def _shapes(schema: Json) -> Iterator[Shape]:
    for name, shape in schema["components"]["schemas"].items():
        fields = [Field(n, _kind(s)) for n, s in shape.get("properties", {}).items()]
        yield Shape(name, shape.get("description", ""), fields)


def _kind(schema: Json) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return _(" or ").join(_kind(option) for option in schema["anyOf"])
    if "enum" in schema:
        values = schema["enum"]
        few = len(values) <= SHOWN
        return ", ".join(values) if few else _("%d keys of /api/v1/facets") % len(values)
    if schema.get("type") == "array":
        return _("any of: %s") % _kind(schema.get("items", {}))
    return str(schema.get("const") or schema.get("type") or _("any value")) + _range(schema)


def _range(schema: Json) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None:
        return ""
    return f" {low:g}+" if high is None else f" {low:g}–{high:g}"
