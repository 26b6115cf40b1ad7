"""Will my insurance cover it? The page's answer as JSON, with every source."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from waypost.api.answers import json_answer
from waypost.api.body import json_object
from waypost.api.problems import BadRequest
from waypost.coverage.question import BadCoverageQuestion, CoverageQuestion, read_question
from waypost.design.caching import PRIVATE
from waypost.design.coverage_faults import all_fault_words
from waypost.plans.insurance import Insurance
from waypost.plans.plan_search import MAX_TEXT
from waypost.serving.coverage_answers import answered, answered_json, program_listing
from waypost.serving.process import snapshot_of, this_process

LANGUAGES = ("en", "es")
FIELDS = ("insurance", "state", "care", "site", "course", "plan", "deductible_met", "price")
BY_ADDRESS = FIELDS[:5]
"""The fields allowed in a URL: none that name a plan or what was paid."""


def coverage_by_address(request: HttpRequest) -> HttpResponseBase:
    """Is this care covered, is the program in the network, what might it cost: with every source.

    A plan and what was paid go in the body of a POST, so that they are in no URL or log.
    """
    for name in FIELDS[5:]:
        if name in request.GET:
            raise BadRequest({name: f"Send “{name}” in the body of a POST: URLs end up in logs."})
    fields = {name: request.GET[name] for name in (*BY_ADDRESS, "language") if name in request.GET}
    return _answer(request, fields)


def coverage_by_body(request: HttpRequest) -> HttpResponseBase:
    """The same with the question in the body, a plan, the deductible met and a price included.

    Nothing is asked about a person, nothing is stored, and nobody else is asked. Amounts are
    dollars as text ("1,200"); answers are in cents. An answer is never a promise.
    """
    return _answer(request, _texts(json_object(request), (*FIELDS, "language")))


def plans_by_body(request: HttpRequest) -> HttpResponseBase:
    """Find plans by issuer, name or plan id, as people type them from a card."""
    fields = _texts(json_object(request), ("text", "insurance", "state"))
    text = fields.get("text", "").strip()
    if not text or len(text) > MAX_TEXT:
        raise BadRequest({"text": f"Give 1 to {MAX_TEXT} characters of a plan in “text”."})
    kind = {"insurance": fields.get("insurance") or Insurance.NOT_SURE.value}
    question = _question(kind | {"state": fields.get("state", "")})
    matches = this_process().plans.find(text, insurance=question.insurance, state=question.state)
    plans = [
        {
            "id": name.id,
            "label": name.label,
            "insurance": name.insurance.value,
            "states": list(name.states),
        }
        for name in matches
    ]
    return _unkept({"plans": plans})


def _answer(request: HttpRequest, fields: Mapping[str, str]) -> HttpResponseBase:
    language = fields.get("language") or "en"
    if language not in LANGUAGES:
        raise BadRequest({"language": "“language” is en or es."})
    question = _question({name: fields[name] for name in FIELDS if name in fields})
    snapshot = snapshot_of(request)
    site = program_listing(snapshot, question.site)
    if question.site and site is None:
        raise BadRequest({"site": "There is no program with this id."})
    answer = answered(this_process().plans, snapshot, question, site, timezone.localdate())
    return _unkept(answered_json(answer, language))


def _question(fields: Mapping[str, str]) -> CoverageQuestion:
    try:
        return read_question(fields)
    except BadCoverageQuestion as error:
        raise BadRequest(all_fault_words(error.faults)) from None


def _texts(data: Mapping[str, object], names: tuple[str, ...]) -> dict[str, str]:
    """The fields of a body as text, without those that are null."""
    unknown = sorted(set(data) - set(names))
    if unknown:
        raise BadRequest({"body": f"Unknown field; the fields are {', '.join(names)}."})
    wrong = [k for k, v in data.items() if v is not None and not isinstance(v, str)]
    if wrong:
        raise BadRequest({k: f"“{k}” must be text in quotes." for k in wrong})
    return {k: v for k, v in data.items() if isinstance(v, str)}


def _unkept(data: object) -> HttpResponseBase:
    response = json_answer(data)
    response.headers["Cache-Control"] = PRIVATE
    return response
