"""JSON answers from the published snapshot, cached by clients under its version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from waypost.design import caching
from waypost.design.assets import design_version
from waypost.publishing.reader import Snapshot


def etag(snapshot: Snapshot | None, days: str = "") -> str:
    """The ETag of an answer, which changes only when the snapshot or one of our files does.

    An answer about the API itself, not about the directory, has no snapshot; one that grows old by
    the day has the ``days`` of `days_now`.
    """
    return f'W/"{snapshot.version[:16] if snapshot else "api"}-{design_version()}{days}"'


def kept(
    request: HttpRequest,
    snapshot: Snapshot | None,
    make: Callable[[], HttpResponseBase],
    days: str = "",
) -> HttpResponseBase:
    """304 for a client that has this answer, else a new one; both with the answer's `etag`."""
    return caching.kept(request, etag(snapshot, days), make)


def ready_json(data: Any) -> orjson.Fragment:
    """JSON to be cached and inserted into answers unchanged.

    It is copied because the bytes that orjson returns may occupy eight times their length.
    """
    return orjson.Fragment(memoryview(orjson.dumps(data)).tobytes())


def json_answer(data: Any, status: int = 200) -> HttpResponse:
    """``data`` as JSON, written by orjson."""
    return HttpResponse(orjson.dumps(data), status=status, content_type="application/json")
