"""A request's body as one JSON object."""

from __future__ import annotations

import orjson
from django.http import HttpRequest

from waypost.api.problems import BadRequest


def json_object(request: HttpRequest) -> dict[str, object]:
    """The body; raises `BadRequest` where it is not a JSON object."""
    try:
        data = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        raise BadRequest({"body": "The body is not JSON."}) from None
    if not isinstance(data, dict):
        raise BadRequest({"body": "The body must be a JSON object."})
    return data
