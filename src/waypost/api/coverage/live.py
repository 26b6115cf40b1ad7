"""FHIR for a program's own software: takes a CoverageEligibilityRequest, gives the Response.

Shape: the operation `$submit` of HL7 FHIR R4,
https://hl7.org/fhir/R4/coverageeligibilityrequest-operation-submit.html. Only a program that opted
in and was given a key can ask, and only for itself. No other site's page can read the answer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from waypost.design.caching import PRIVATE
from waypost.files.digests import text_digest
from waypost.serving.payers import the_live

if TYPE_CHECKING:
    from waypost.eligibility.live import Live

FHIR = "application/fhir+json; charset=utf-8"
CONSENT = "HTTP_WAYPOST_CONSENT"
NO_KEY = "Send the program's key: Authorization: Bearer KEY."
NO_CONSENT = "Send Waypost-Consent: yes when the person has agreed to this question."


def submit(request: HttpRequest) -> HttpResponse:
    """Send the request's question to the payer and answer within 20 seconds."""
    live = the_live()
    if live is None:
        return _problem(404, "not-found", "Live questions are off here.")
    if request.method != "POST":
        response = _problem(405, "not-supported", "Send a CoverageEligibilityRequest by POST.")
        response.headers["Allow"] = "POST"
        return response
    site = live.settings.keys.get(_digest(request), "")
    if not site:
        response = _problem(401, "login", NO_KEY)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    if request.META.get(CONSENT, "") != "yes":
        return _problem(403, "forbidden", NO_CONSENT)
    return _asked(request, live, site)


def _asked(request: HttpRequest, live: Live, site: str) -> HttpResponse:
    # imported here, so that network code is not loaded where live questions are off
    from waypost.design.live_words import no_answer_words
    from waypost.eligibility.fhir_request import BadFhirRequest, read_request
    from waypost.eligibility.fhir_response import write_response
    from waypost.eligibility.inquiry import Consent
    from waypost.eligibility.live import fresh_numbers
    from waypost.eligibility.outcome import OutcomeWhy, Unavailable

    now = timezone.now()
    try:
        resource = json.loads(request.body)
        if not isinstance(resource, dict):
            raise BadFhirRequest("resourceType")
        inquiry = read_request(resource, live.settings.programs[site], fresh_numbers(), now)
    except BadFhirRequest as error:
        return _problem(400, "invalid", str(error))
    except (ValueError, RecursionError):
        return _problem(400, "structure", "The body is not a FHIR resource in JSON.")
    outcome = live.hurry(inquiry, Consent(now, "by the program, over FHIR"))
    answer = _resource(write_response(outcome, timezone.now(), no_answer_words), 200)
    if isinstance(outcome, Unavailable) and outcome.why in (
        OutcomeWhy.TOO_OFTEN,
        OutcomeWhy.CROWDED,
    ):
        answer.status_code = 429 if outcome.why is OutcomeWhy.TOO_OFTEN else 503
        answer.headers["Retry-After"] = str(outcome.retry_after)
    return answer


def _digest(request: HttpRequest) -> str:
    """The digest of the key that was sent; only digests are compared and stored."""
    kind, _, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return text_digest(key.strip()) if kind.lower() == "bearer" else ""


def _problem(status: int, code: str, words: str) -> HttpResponse:
    issue = {"severity": "error", "code": code, "diagnostics": words}
    return _resource({"resourceType": "OperationOutcome", "issue": [issue]}, status)


def _resource(resource: dict[str, Any], status: int) -> HttpResponse:
    text = json.dumps(resource, default=float)
    response = HttpResponse(text, content_type=FHIR, status=status)
    response.headers["Cache-Control"] = PRIVATE
    return response
