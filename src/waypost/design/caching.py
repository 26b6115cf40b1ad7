"""HTTP caching for pages and APIs: what a client may keep, and whether its copy is current."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

Answer = TypeVar("Answer", bound=HttpResponseBase)

PUBLIC = "public, max-age=0, must-revalidate"
"""Anyone may cache it, but must revalidate it before each use."""

PRIVATE = "private, no-store"
"""Never cached, not even on the visitor's own disk: anything that shows what someone looks for."""


def unkept(response: Answer) -> Answer:
    """An answer that nobody may keep, not even the visitor's own browser."""
    response.headers["Cache-Control"] = PRIVATE
    return response


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
    """The Cache-Control of an answer: nothing is kept where a form or query may carry a need."""
    may_carry_a_need = request.META.get("QUERY_STRING") or request.method not in ("GET", "HEAD")
    return PRIVATE if may_carry_a_need else PUBLIC
