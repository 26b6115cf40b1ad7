"""What a reader may keep, and whether it has it still: for pages and for the APIs alike."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

PUBLIC = "public, max-age=0, must-revalidate"
"""Kept by anybody, and asked for again before each use."""

PRIVATE = "private, no-store"
"""Kept by nobody, not on the visitor's own disk either: whatever tells what somebody looks for."""


def kept(request: HttpRequest, tag: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """304 to a reader who has the answer of this ETag, else a new one, with the ETag if it is good.

    The conditions of RFC 9110, 13 (lists, `*`, weak tags) are Django's own.
    """
    response: HttpResponseBase = get_conditional_response(request, etag=tag) or make()
    if response.status_code in (200, 304):
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = caching_of(request)
    return response


def caching_of(request: HttpRequest) -> str:
    """What may be kept of the answer: nothing where a form or a query may carry a need."""
    asked = request.META.get("QUERY_STRING") or request.method not in ("GET", "HEAD")
    return PRIVATE if asked else PUBLIC
