"""JSON answers of the published snapshot, kept by readers under its version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from waypost.design.assets import design_version
from waypost.publishing.reader import Snapshot

PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "no-store"


def etag(snapshot: Snapshot | None) -> str:
    """An answer changes when the snapshot or a file of ours does, and not otherwise.

    What speaks of the API itself, and not of the directory, has no snapshot.
    """
    return f'W/"{snapshot.version[:16] if snapshot else "api"}-{design_version()}"'


def has_this(request: HttpRequest, tag: str) -> bool:
    """Whether the reader already keeps this very answer (``If-None-Match``, weak comparison)."""
    held = request.META.get("HTTP_IF_NONE_MATCH", "")
    tags = [part.strip().removeprefix("W/") for part in held.split(",")]
    return tags == ["*"] or tag.removeprefix("W/") in tags


def kept(
    request: HttpRequest, snapshot: Snapshot | None, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """304 to a reader who has this answer, else a new one; both with the snapshot's ETag."""
    tag = etag(snapshot)
    response = HttpResponseNotModified() if has_this(request, tag) else make()
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = PUBLIC
    return response


def ready_json(data: Any) -> orjson.Fragment:
    """JSON to be kept and set into answers as it is.

    The copy is as long as the text; the bytes that orjson returns may own eight times that.
    """
    return orjson.Fragment(memoryview(orjson.dumps(data)).tobytes())


def json_answer(data: Any, status: int = 200) -> HttpResponse:
    """``data`` as JSON, written by orjson."""
    return HttpResponse(orjson.dumps(data), status=status, content_type="application/json")
