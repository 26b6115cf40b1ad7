"""The frame of every FHIR answer: methods, forms of JSON, and errors that are resources too."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from waypost.api.door import PREFLIGHT, READS, with_cors
from waypost.api.fhir.outcome import FHIR, outcome, outcome_of

View = Callable[..., HttpResponseBase]
ROOT = "/fhir"
JSON_FORMS = (
    "json",
    "application/json",
    "application/fhir+json",
    "application/json+fhir",
    "text/json",
)
ONLY_JSON = "Only JSON is spoken here: ask for application/fhir+json, or leave Accept out."


def opened(view: View, *methods: str) -> View:
    """A view behind the door; ``methods`` are what may be asked of it."""
    allowed = ", ".join(sorted({*methods, *(("HEAD",) if "GET" in methods else ()), "OPTIONS"}))

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return with_cors(request, _answer(request, *args, **kwargs))

    def _answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = str(request.method)
        if method == "OPTIONS":
            reads = ", ".join(m for m in allowed.split(", ") if m in READS)
            headers = {"Allow": allowed, "Access-Control-Allow-Methods": reads, **PREFLIGHT}
            return HttpResponse(status=204, headers=headers)
        if ("GET" if method == "HEAD" else method) not in methods:
            words = f"{method[:20]} does nothing at this address; use {allowed}."
            response = outcome(405, words)
            response.headers["Allow"] = allowed
            return response
        if not takes_json(request):
            return outcome(406, ONLY_JSON)
        try:
            return view(request, *args, **kwargs)
        except Exception as error:  # the last resort: a client gets an outcome, the log the cause
            return outcome_of(request, error)

    wrapped.csrf_exempt = True  # type: ignore[attr-defined]
    return wrapped


def takes_json(request: HttpRequest) -> bool:
    """Whether the client takes JSON: ``_format`` decides, then Accept in any of its forms."""
    asked = request.GET.get("_format") or (
        request.POST.get("_format") if request.method == "POST" else None
    )
    if asked:
        form = asked.replace(" ", "+").partition(";")[0].strip("+").lower()
        return form in JSON_FORMS
    accept = request.META.get("HTTP_ACCEPT", "")
    forms = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    return not accept.strip() or any(
        form in (*JSON_FORMS, "*/*", "application/*", "application/x-ndjson")
        or form.endswith("+json")
        for form in forms
    )


def base_of(request: HttpRequest) -> str:
    """The address of this server as the client wrote it; where its host is the one that the
    operator named, with the operator's scheme, which a proxy may have taken off."""
    named = urlsplit(settings.WAYPOST_BASE_URL)
    if named.netloc.lower() == request.get_host().lower():
        return f"{named.scheme}://{named.netloc}{ROOT}"
    return f"{request.scheme}://{request.get_host()}{ROOT}"


def resource_answer(resource: Any, *, pretty: bool = False, status: int = 200) -> HttpResponse:
    """A resource as ``application/fhir+json``."""
    data = orjson.dumps(resource, option=orjson.OPT_INDENT_2 if pretty else 0)
    return HttpResponse(data, status=status, content_type=FHIR)
