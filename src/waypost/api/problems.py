"""What went wrong, said in plain words in the one shape of RFC 9457 (problem details for HTTP)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

import orjson
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError

from waypost.navigation.need import BadNeed
from waypost.publishing.reader import BadSnapshot

log = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"

NOTHING_HERE = "Nothing lives at this address. /api/v1/docs lists every address there is."
NO_DIRECTORY = "The directory is not ready. Please try again in a few minutes."
OUR_FAULT = "Something went wrong on our side. It is not your doing; please try again in a minute."


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
    response.headers["Cache-Control"] = "no-store"
    return response


def problem_of(request: HttpRequest, error: Exception) -> HttpResponse:
    """The problem that an exception is; one that nobody foresaw is logged with its traceback."""
    if isinstance(error, BadNeed):
        return problem(400, " ".join(error.problems.values()), error.problems)
    if isinstance(error, BadRequest):
        detail = " ".join(error.problems.values())
        return problem(error.status, detail, error.problems, **error.extra)
    if isinstance(error, Http404):
        return problem(404, NOTHING_HERE)
    if isinstance(error, RequestDataTooBig):
        return problem(413, "That is more than one question needs; please send less.")
    if isinstance(error, SuspiciousOperation | UnreadablePostError):
        return problem(400, "That request cannot be read. Does it name very many parameters?")
    if isinstance(error, BadSnapshot):
        log.error("%s", error)
        return problem(503, NO_DIRECTORY)
    log.error("The API failed at %s", request.path, exc_info=error)
    return problem(500, OUR_FAULT)


def not_allowed(method: str, allowed: str) -> HttpResponse:
    """405: the address is right and the method is not."""
    response = problem(405, f"{method[:20]} does nothing at this address; use {allowed}.")
    response.headers["Allow"] = allowed
    return response
