"""Says what went wrong in plain words, in the shape of RFC 9457 (problem details for HTTP)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

import orjson
from django.core.exceptions import BadRequest as Malformed
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from waypost.design.caching import PRIVATE
from waypost.navigation.need import BadNeed
from waypost.publishing.reader import BadSnapshot

log = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"

NOTHING_HERE = "There is nothing at this address. /api/v1/docs lists every address."
NO_DIRECTORY = "The directory is not ready. Please try again in a few minutes."
OUR_FAULT = "Something went wrong on our side. It is not your doing; please try again in a minute."

CANNOT_READ = "That request cannot be read; it may name too many parameters, or another host."
FORESEEN_WORDS = {400: CANNOT_READ, 404: NOTHING_HERE, 500: OUR_FAULT}
"""The sentences for requests that fail before any view."""

KINDS: tuple[tuple[type[Exception], tuple[int, str]], ...] = (
    (Http404, (404, NOTHING_HERE)),
    (RequestDataTooBig, (413, "That is more than a question needs; please send less.")),
    (SuspiciousOperation, (400, CANNOT_READ)),
    (Malformed, (400, CANNOT_READ)),
    (MultiPartParserError, (400, "That form cannot be read; please send it again.")),
    (UnreadablePostError, (400, "The request ended before it was complete; please send it again.")),
    (BadSnapshot, (503, NO_DIRECTORY)),
)
"""What may fail before a question is read, the more specific kinds first."""


class BadRequest(ValueError):
    """A request that cannot be answered: ``problems`` maps each parameter to a sentence."""

    def __init__(self, problems: Mapping[str, str], status: int = 400, **extra: object) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)
        self.status = status
        self.extra = extra


def problem(
    status: int, detail: str, problems: Mapping[str, str] | None = None, **extra: object
) -> HttpResponse:
    """An ``application/problem+json`` answer; ``problems`` names the parameters at fault."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if problems:
        body["problems"] = dict(problems)
    data = orjson.dumps(body | extra)
    response = HttpResponse(data, status=status, content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = PRIVATE
    return response


def problem_of(request: HttpRequest, error: Exception) -> HttpResponse:
    """The problem for an exception; an unexpected one is logged with its traceback."""
    if isinstance(error, BadNeed):
        return problem(400, str(error), error.problems)
    if isinstance(error, BadRequest):
        return problem(error.status, str(error), error.problems, **error.extra)
    status, words = _foreseen(error)
    if status >= 500:
        foreseen = isinstance(error, BadSnapshot)
        log.error("%s: %s", request.path, error, exc_info=None if foreseen else error)
    return problem(status, words)


def _foreseen(error: Exception) -> tuple[int, str]:
    """The status and words of the first kind that the error belongs to."""
    return next((answer for kind, answer in KINDS if isinstance(error, kind)), (500, OUR_FAULT))


def not_allowed(method: str, allowed: str) -> HttpResponse:
    """405: the address is right and the method is not."""
    response = problem(405, f"{method[:20]} is not allowed at this address; use {allowed}.")
    response.headers["Allow"] = allowed
    return response
