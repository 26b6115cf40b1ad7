"""An outcome as a FHIR R4 CoverageEligibilityResponse, for programs that speak FHIR.

Shape: HL7 FHIR R4, https://hl7.org/fhir/R4/coverageeligibilityresponse.html. X12's codes stay
beside HL7's. We name the person nowhere: whoever asked knows whom they asked about.
Money is `Decimal` dollars with two places; write it as JSON with `default=float`.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from waypost.eligibility.outcome import Answered, Outcome, Rejected
from waypost.x12 import codes
from waypost.x12.answer import Answer271
from waypost.x12.benefit import Benefit

X12 = "https://x12.org/codes"
HL7 = "http://terminology.hl7.org/CodeSystem"
TYPES = {"A": "copay-percent", "B": "copay", "C": "deductible"}
ACTIVE, INACTIVE = frozenset("1234"), frozenset("678")
Json = dict[str, Any]


def write_response(outcome: Outcome, created: datetime) -> Json:
    """The response as a plain dictionary. `created` is when the question was answered."""
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
        response["insurance"] = [_insurance(outcome.answer)]
        if outcome.answer.payer is not None and outcome.answer.payer.name:
            response["insurer"] = {"display": outcome.answer.payer.name}
        return response
    response["outcome"] = "error"
    response["error"] = list(_errors(outcome))
    return response


def _errors(outcome: Outcome) -> Iterator[Json]:
    """Each reason, in the words for a public page."""
    if isinstance(outcome, Rejected):
        for one in outcome.reasons:
            yield {"code": {**_coding("reject-reason", one.code), "text": one.public_words}}
    elif not isinstance(outcome, Answered):
        yield {"code": {"text": outcome.why.value}}


def _insurance(answer: Answer271) -> Json:
    insurance: Json = {"coverage": {"display": "the coverage asked about"}}
    in_force = _in_force(answer)
    if in_force is not None:
        insurance["inforce"] = in_force
    period = _plan_period(answer)
    if period:
        insurance["benefitPeriod"] = period
    items = [_item(one, kind) for one in answer.benefits for kind in one.service_types or ("",)]
    if items:
        insurance["item"] = items
    return insurance


def _in_force(answer: Answer271) -> bool | None:
    """Whether the payer says the plan is active; `None` where it says both, pending or nothing."""
    said = {one.code for one in answer.benefits}
    active, inactive = bool(said & ACTIVE), bool(said & INACTIVE)
    return None if active == inactive or "5" in said else active


def _plan_period(answer: Answer271) -> Json | None:
    """The plan's dates (DTP 291, or 346 and 347)."""
    person = answer.person
    dates = {
        one.qualifier: one.period
        for each in (answer.subscriber, person)
        if each is not None
        for one in each.dates
        if one.period is not None
    }
    if "291" in dates:
        return {"start": f"{dates['291'].start}", "end": f"{dates['291'].end}"}
    found = {"start": dates.get("346"), "end": dates.get("347")}
    return {name: f"{one.start}" for name, one in found.items() if one is not None} or None


def _item(one: Benefit, kind: str) -> Json:
    """A benefit for one service type, as FHIR wants it."""
    item: Json = {}
    if kind:
        item["category"] = {
            **_coding("service-type-codes", kind),
            "text": codes.SERVICE.get(kind, f"service type {kind}"),
        }
    if one.procedure and len(one.procedure) > 1:
        item["productOrService"] = {"text": " ".join(one.procedure)}
    if one.code in ("I", "E"):
        item["excluded"] = True
    if one.messages:
        item["description"] = " ".join(one.messages)
    if one.network in ("Y", "N"):
        item["network"] = _hl7("benefit-network", "in" if one.network == "Y" else "out")
    if one.coverage_level in ("IND", "FAM"):
        unit = "individual" if one.coverage_level == "IND" else "family"
        item["unit"] = _hl7("benefit-unit", unit)
    if one.period:
        item["term"] = {"text": codes.PERIOD.get(one.period, f"period code {one.period}")}
    item["benefit"] = [_benefit(one)]
    if one.authorization in ("Y", "N"):
        item["authorizationRequired"] = one.authorization == "Y"
    return item


def _benefit(one: Benefit) -> Json:
    """The kind of benefit and its figure; no figure where none was sent or read."""
    kind = _coding("eligibility-or-benefit-information", one.code)
    if one.code in TYPES:
        kind["coding"].append(_hl7("benefit-type", TYPES[one.code])["coding"][0])
    benefit: Json = {
        "type": {**kind, "text": codes.BENEFIT.get(one.code, f"benefit code {one.code}")}
    }
    if one.cents is not None:
        benefit["allowedMoney"] = {"value": Decimal(one.cents) / 100, "currency": "USD"}
    elif one.basis_points is not None:
        benefit["allowedString"] = f"{Decimal(one.basis_points) / 100:f} %"
    elif one.quantity is not None:
        unit = codes.QUANTITY.get(one.quantity_code, f"unit code {one.quantity_code}")
        benefit["allowedString"] = f"{one.quantity:f} {unit}"
    return benefit


def _coding(table: str, code: str) -> Json:
    return {"coding": [{"system": f"{X12}/{table}", "code": code}]}


def _hl7(table: str, code: str) -> Json:
    return {"coding": [{"system": f"{HL7}/{table}", "code": code}]}
