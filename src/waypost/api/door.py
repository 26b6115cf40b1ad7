"""The frame of every API answer: any origin may read it, and an error is never bare."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from waypost.api.problems import not_allowed, problem_of

View = Callable[..., HttpResponseBase]

READS = ("GET", "HEAD", "OPTIONS")
CORS = {
    # These answers depend on no cookie or account, so any page may read them. Answers to a body (a
    # need, a form of the older locator) are only for pages of this site.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def open_door(view: View) -> View:
    """Answer OPTIONS and HEAD, turn failures into problems, and let any origin read facts."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return with_cors(request, _answer(view, request, *args, **kwargs))

    wrapped.csrf_exempt = True  # type: ignore[attr-defined]
    return wrapped


def with_cors(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, open to pages of any origin if the request only reads."""
    if request.method in READS:
        for name, value in CORS.items():
            response.headers[name] = value
    return response


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    method = str(request.method)
    if method == "HEAD":  # the server leaves the body out
        request.method = "GET"
    try:
        response = view(request, *args, **kwargs)
    except (
        Exception
    ) as error:  # the last resort: the client gets a sentence, the log gets the traceback
        return problem_of(request, error)
    finally:
        request.method = method
    if not isinstance(response, HttpResponseNotAllowed):
        return response
    allowed = _methods(response.headers["Allow"])
    return _preflight(allowed) if method == "OPTIONS" else not_allowed(method, allowed)


def _methods(stated: str) -> str:
    methods = {m.strip() for m in stated.split(",")} | {"OPTIONS"}
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))


def _preflight(allowed: str) -> HttpResponse:
    reads = ", ".join(method for method in allowed.split(", ") if method in READS)
    headers = {"Allow": allowed, "Access-Control-Allow-Methods": reads, **PREFLIGHT}
    return HttpResponse(status=204, headers=headers)


def nothing_here(request: HttpRequest) -> HttpResponseBase:
    """Any address under the API that does not exist."""
    raise Http404
