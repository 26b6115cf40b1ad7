"""An outcome as a FHIR R4 CoverageEligibilityResponse, for programs that speak FHIR.

Shape: HL7 FHIR R4, https://hl7.org/fhir/R4/coverageeligibilityresponse.html. X12's codes stay
beside HL7's. We name the person nowhere: whoever asked knows whom they asked about.
Money is `Decimal` dollars with two places; write it as JSON with `default=float`.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from waypost.eligibility.outcome import (
    Answered,
    Outcome,
    Rejected,
    Unavailable,
    Unsupported,
)
from waypost.x12 import codes
from waypost.x12.answer import Answer271, Rejection
from waypost.x12.benefit import Benefit
from waypost.x12.benefit_words import is_money_for_percent, without
from waypost.x12.explain import member_words
from waypost.x12.fields import is_no_limit
from waypost.x12.levels import BEHAVIORAL_CARE
from waypost.x12.payer_texts import leaves_authorization_open, requires_authorization
from waypost.x12.service_types import SERVICE
from waypost.x12.situation import NO_COVERAGE, coverage
from waypost.x12.standing import days_of, person_dates

X12 = "https://x12.org/codes"
HL7 = "http://terminology.hl7.org/CodeSystem"
TYPES = {"A": "copay-percent", "B": "copay", "C": "deductible"}
Json = dict[str, Any]
Words = Callable[[Rejection | Unavailable | Unsupported], str]


def write_response(outcome: Outcome, created: datetime, words: Words) -> Json:
    """The response as a plain dictionary. `created` is when the question was answered.

    `words` says in words why there is no answer, as the door puts it.
    """
    response: Json = {
        "resourceType": "CoverageEligibilityResponse",
        "status": "active",
        "purpose": ["benefits"],
        "patient": {"display": "the person asked about"},
        "created": created.isoformat(),
        "request": {"display": "the question answered"},
        "insurer": {"display": "the payer asked"},
    }
    if isinstance(outcome, Answered):
        response["outcome"] = "complete"
        response["insurance"] = [_insurance(outcome.answer, outcome.day)]
        if outcome.answer.payer is not None and outcome.answer.payer.name:
            response["insurer"] = {"display": outcome.answer.payer.name}
        return response
    response["outcome"] = "error"
    response["error"] = list(_errors(outcome, words))
    return response


def _errors(outcome: Outcome, words: Words) -> Iterator[Json]:
    """Each reason, in the words for a public page."""
    if isinstance(outcome, Rejected):
        for reason in outcome.reasons:
            yield {"code": {**_coding("reject-reason", reason.code), "text": words(reason)}}
    elif not isinstance(outcome, Answered):
        yield {"code": {"text": words(outcome)}}


def _insurance(answer: Answer271, day: date) -> Json:
    insurance: Json = {"coverage": {"display": "the coverage asked about"}}
    in_force = _in_force(answer, day)
    if in_force is not None:
        insurance["inforce"] = in_force
    period = _plan_period(answer)
    if period:
        insurance["benefitPeriod"] = period
    hide = member_words(answer)
    items = [
        _item(benefit, kind, hide)
        for benefit in answer.benefits
        for kind in benefit.service_types or ("",)
    ]
    if items:
        insurance["item"] = items
    return insurance


def _in_force(answer: Answer271, day: date) -> bool | None:
    """Whether the plan is active on the day; `None` where that is not plainly said."""
    said = coverage(answer, BEHAVIORAL_CARE, day)
    if said.active:
        return True
    return False if said.situation in NO_COVERAGE else None


def _plan_period(answer: Answer271) -> Json | None:
    """The days on which the person is in the plan, as far as they are said."""
    days = days_of(person_dates(answer))
    period = {"start": days.first, "end": days.last}
    return {name: f"{day}" for name, day in period.items() if day is not None} or None


def _item(benefit: Benefit, kind: str, hide: tuple[str, ...]) -> Json:
    """A benefit for one service type, as FHIR wants it, without the member's own name."""
    item: Json = {}
    if kind:
        item["category"] = {
            **_coding("service-type-codes", kind),
            "text": SERVICE.get(kind, f"service type {kind}"),
        }
    if benefit.procedure and len(benefit.procedure) > 1:
        item["productOrService"] = {"text": " ".join(benefit.procedure)}
    if benefit.code in ("I", "E"):
        item["excluded"] = True
    if benefit.messages:
        item["description"] = " ".join(without(text, hide) for text in benefit.messages)
    if benefit.network in ("Y", "N"):
        item["network"] = _hl7("benefit-network", "in" if benefit.network == "Y" else "out")
    if benefit.coverage_level in ("IND", "FAM"):
        unit = "individual" if benefit.coverage_level == "IND" else "family"
        item["unit"] = _hl7("benefit-unit", unit)
    if benefit.period:
        item["term"] = {"text": codes.PERIOD.get(benefit.period, f"period code {benefit.period}")}
    item["benefit"] = [_benefit(benefit)]
    required = any(map(requires_authorization, benefit.messages))
    is_open = any(map(leaves_authorization_open, benefit.messages))
    if required or benefit.authorization == "Y":  # the text counts before the code
        item["authorizationRequired"] = True
    elif benefit.authorization == "N" and not is_open:
        item["authorizationRequired"] = False
    return item


def _benefit(item: Benefit) -> Json:
    """The kind of benefit and its figure; no figure where none was sent or read."""
    kind = _coding("eligibility-or-benefit-information", item.code)
    if item.code in TYPES:
        kind["coding"].append(_hl7("benefit-type", TYPES[item.code])["coding"][0])
    benefit: Json = {
        "type": {**kind, "text": codes.BENEFIT.get(item.code, f"benefit code {item.code}")}
    }
    if item.cents is not None and is_no_limit(item.cents):
        benefit["allowedString"] = "no limit stated"
    elif is_money_for_percent(item):
        benefit["allowedString"] = f"{item.sent_amount} as money where a percentage belongs"
    elif item.cents is not None:
        benefit["allowedMoney"] = {"value": Decimal(item.cents) / 100, "currency": "USD"}
    elif item.basis_points is not None:
        benefit["allowedString"] = f"{Decimal(item.basis_points) / 100:f}%"
    elif item.quantity is not None:
        unit = codes.QUANTITY.get(item.quantity_code, f"unit code {item.quantity_code}")
        benefit["allowedString"] = f"{item.quantity:f} {unit}"
    return benefit


def _coding(table: str, code: str) -> Json:
    return {"coding": [{"system": f"{X12}/{table}", "code": code}]}


def _hl7(table: str, code: str) -> Json:
    return {"coding": [{"system": f"{HL7}/{table}", "code": code}]}
