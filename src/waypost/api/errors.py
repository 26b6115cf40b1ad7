"""Failures before any view: a problem under the APIs, a page everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from waypost.api.door import with_cors
from waypost.api.fhir.outcome import outcome
from waypost.api.problems import FORESEEN_WORDS, problem

Handler = Callable[..., HttpResponseBase]
PREFIXES = ("/api/", "/hsds/", "/locator/")
FHIR = "/fhir/"


def problem_under_the_apis(page: Handler, status: int) -> Handler:
    """Django's handler for a status: ``page`` for people, a problem for programs.

    A forged ``Host``, for example, is refused before the URL is looked up.
    """

    @wraps(page)
    def handler(request: HttpRequest, **exception: Any) -> HttpResponseBase:
        if request.path_info.startswith(FHIR):
            return with_cors(request, outcome(status, FORESEEN_WORDS[status]))
        if not request.path_info.startswith(PREFIXES):
            return page(request, **exception)
        return with_cors(request, problem(status, FORESEEN_WORDS[status]))

    return handler
