"""The parameters of a request: in its address, in a form, or in a JSON object."""

from __future__ import annotations

from django.http import HttpRequest

from waypost.api.body import json_object
from waypost.api.hsds.asking import Parameters
from waypost.api.problems import BadRequest

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
JSON = "application/json"


def parameters_of(request: HttpRequest) -> Parameters:
    """Each parameter's values; `BadRequest` where the body is of another kind."""
    given = {name: [str(v) for v in values] for name, values in request.GET.lists()}
    if request.method != "POST":
        return given
    for name, values in _body(request).items():
        given[name] = [*given.get(name, []), *values]
    return given


def _body(request: HttpRequest) -> Parameters:
    kind = (request.content_type or "").lower()
    if kind in FORMS:
        return {name: [str(v) for v in values] for name, values in request.POST.lists()}
    if kind == JSON or kind.endswith("+json"):
        return _from_json(json_object(request)) if request.body else {}
    if request.body:
        raise BadRequest({"body": f"Send a form or {JSON}, not “{kind[:40]}”."}, 415)
    return {}


def _from_json(data: dict[str, object]) -> Parameters:
    """Values as they would stand in an address; null is not given."""
    given: dict[str, list[str]] = {}
    problems = {}
    for name, value in data.items():
        if isinstance(value, bool):
            given[name] = ["true" if value else "false"]
        elif isinstance(value, str | int | float):
            given[name] = [str(value)]
        elif value is not None:
            problems[name[:40]] = f"{name[:40]}: give a text, a number, true or false."
    if problems:
        raise BadRequest(problems)
    return given
