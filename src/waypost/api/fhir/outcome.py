"""What went wrong, as an OperationOutcome."""

from __future__ import annotations

import logging
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse

from waypost.api.problems import KINDS, OUR_FAULT
from waypost.publishing.reader import BadSnapshot

log = logging.getLogger(__name__)
FHIR = "application/fhir+json; charset=utf-8"
NOTHING_HERE = "Nothing lives at this address. /fhir/metadata lists what is served."
CODES = {
    400: "invalid",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    410: "deleted",
    413: "too-long",
    503: "transient",
}
"""R4's issue types of our statuses; `exception` for the others."""


class BadCriterion(ValueError):
    """A search criterion that cannot be answered; the message says what would be right.

    ``parameter`` is the name under which it was asked, once the caller knows it.
    """

    def __init__(self, words: str, parameter: str = "") -> None:
        super().__init__(words)
        self.parameter = parameter


class FhirRefused(Exception):
    """An answer that is no resource: the status, and a sentence."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


def outcome(status: int, words: str, code: str = "", parameter: str = "") -> HttpResponse:
    """An OperationOutcome of one error."""
    body = outcome_json(words, code or CODES.get(status, "exception"), parameter)
    response = HttpResponse(orjson.dumps(body), status=status, content_type=FHIR)
    response.headers["Cache-Control"] = "no-store"
    return response


def outcome_json(
    words: str, code: str, parameter: str = "", severity: str = "error"
) -> dict[str, Any]:
    """The resource itself; ``parameter`` is the search criterion at fault."""
    issue: dict[str, Any] = {
        "severity": severity,
        "code": code,
        "details": {"text": words},
        "diagnostics": words,
    }
    if parameter:
        issue["expression"] = [f"http.{parameter}"]
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def outcome_of(request: HttpRequest, error: Exception) -> HttpResponse:
    """The outcome that an exception is; one that nobody foresaw is logged with its traceback."""
    if isinstance(error, BadCriterion):
        return outcome(400, str(error), parameter=error.parameter)
    if isinstance(error, FhirRefused):
        return outcome(error.status, str(error))
    if isinstance(error, Http404):
        return outcome(404, NOTHING_HERE)
    for kind, (status, words) in KINDS:
        if isinstance(error, kind):
            if status >= 500 and isinstance(error, BadSnapshot):
                log.error("%s: %s", request.path, error)
            return outcome(status, words)
    log.error("%s: %s", request.path, error, exc_info=error)
    return outcome(500, OUR_FAULT)
