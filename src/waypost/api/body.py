"""A request's body as one JSON object."""

from __future__ import annotations

import orjson
from django.http import HttpRequest

from waypost.api.problems import BadRequest


def json_object(request: HttpRequest) -> dict[str, object]:
    """The body; `BadRequest` where it is no JSON object."""
    try:
        data = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        raise BadRequest({"body": "The body is not JSON."}) from None
    if not isinstance(data, dict):
        raise BadRequest({"body": "The body is one JSON object, with names and values in it."})
    return data
