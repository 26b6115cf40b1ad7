"""The frame of every FHIR answer: methods, forms of JSON, and errors that are resources too."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from waypost.api.door import CORS, PREFLIGHT
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
ANY_JSON = ("*/*", "application/*", "application/x-ndjson")
_NEVER = re.compile(r"0(\.0*)?")
CHANGED = "That is not the version that If-Match names."
ONLY_JSON = "Only JSON is spoken here: ask for application/fhir+json, or leave Accept out."


def opened(view: View, *methods: str) -> View:
    """A view behind the door; ``methods`` are what may be asked of it."""
    allowed = ", ".join(sorted({*methods, *(("HEAD",) if "GET" in methods else ()), "OPTIONS"}))

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(request, *args, **kwargs)
        for name, value in CORS.items():  # a search by form reads public facts, as one by address
            response.headers[name] = value
        return response

    def _answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = str(request.method)
        if method == "OPTIONS":
            headers = {"Allow": allowed, "Access-Control-Allow-Methods": allowed, **PREFLIGHT}
            return HttpResponse(status=204, headers=headers)
        if ("GET" if method == "HEAD" else method) not in methods:
            words = f"{method[:20]} does nothing at this address; use {allowed}."
            response = outcome(405, words)
            response.headers["Allow"] = allowed
            return response
        try:
            if not takes_json(request):
                return outcome(406, ONLY_JSON)
            return _with_words(view(request, *args, **kwargs))
        except Exception as error:  # the last resort: a client gets an outcome, the log the cause
            return outcome_of(request, error)

    wrapped.csrf_exempt = True  # type: ignore[attr-defined]
    return wrapped


def _with_words(response: HttpResponseBase) -> HttpResponseBase:
    """A condition that does not hold is an outcome as well."""
    return outcome(412, CHANGED, "conflict") if response.status_code == 412 else response


def takes_json(request: HttpRequest) -> bool:
    """Whether the client takes JSON: ``_format`` decides, then Accept in any of its forms."""
    asked = request.GET.get("_format") or (
        request.POST.get("_format") if request.method == "POST" else None
    )
    if asked:
        form = asked.replace(" ", "+").partition(";")[0].strip("+").lower()
        return form in JSON_FORMS
    accept = request.META.get("HTTP_ACCEPT", "")
    return not accept.strip() or any(map(_is_ours, accept.split(",")))


def _is_ours(part: str) -> bool:
    """Whether one choice of an Accept header means R4 as JSON, and does not rule it out by q=0."""
    form, *settings_ = (piece.strip().lower() for piece in part.split(";"))
    wanted = dict(piece.partition("=")[::2] for piece in settings_)
    if _NEVER.fullmatch(wanted.get("q", "1").strip()):
        return False
    if wanted.get("fhirversion", "4.0").strip(' "') not in ("4.0", "4.0.1"):
        return False
    return form in (*JSON_FORMS, *ANY_JSON) or form.endswith("+json")


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
