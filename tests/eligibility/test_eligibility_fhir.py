"""FHIR outward: the standard's own models accept what we write, and requests are read."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from fhir.resources.R4B.coverageeligibilityrequest import CoverageEligibilityRequest
from fhir.resources.R4B.coverageeligibilityresponse import CoverageEligibilityResponse

from waypost.eligibility.fhir_request import BadFhirRequest, read_request
from waypost.eligibility.fhir_response import write_response
from waypost.eligibility.inquiry import Numbers, Program
from waypost.eligibility.outcome import (
    Answered,
    Missing,
    OutcomeWhy,
    Rejected,
    Unavailable,
    Unsupported,
)
from waypost.values.level_of_care import LevelOfCare
from waypost.x12.envelope import BadMessage
from waypost.x12.read_271 import parse_271

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SAMPLES = sorted((Path(__file__).parents[1] / "x12" / "samples").glob("*/*271*.edi"))
PROGRAM = Program("EXAMPLE PROGRAM", "1234567893", opted_in_at=NOW)


def request() -> dict:
    return {
        "resourceType": "CoverageEligibilityRequest",
        "status": "active",
        "purpose": ["benefits"],
        "created": "2026-03-01",
        "servicedDate": "2026-03-05",
        "patient": {"reference": "#p"},
        "insurer": {"reference": "#o"},
        "insurance": [{"coverage": {"reference": "#c"}}],
        "item": [{"productOrService": {"coding": [{"code": "H0035"}]}}],
        "contained": [
            {
                "resourceType": "Patient",
                "id": "p",
                "name": [{"family": "QUIXOTEZZ", "given": ["DULCINEAQQ"]}],
                "birthDate": "1987-11-23",
            },
            {
                "resourceType": "Coverage",
                "id": "c",
                "status": "active",
                "subscriberId": "CANARYID77Q31",
                "beneficiary": {"reference": "#p"},
                "payor": [{"reference": "#o"}],
            },
            {
                "resourceType": "Organization",
                "id": "o",
                "name": "LOOPBACK PAYER",
                "identifier": [{"value": "LOOP1"}],
            },
        ],
    }


def words(why: object) -> str:
    """What a door would say."""
    return "There is no answer."


def outcomes():
    for path in SAMPLES:
        try:
            answer = parse_271(path.read_bytes())
        except BadMessage:
            continue
        if answer.rejections:
            yield path.stem, Rejected(answer.rejections)
        yield path.stem, Answered(answer, NOW, "0" * 64, NOW.date())
    yield "unavailable", Unavailable(OutcomeWhy.NO_ANSWER)
    yield "unsupported", Unsupported(Missing.CONSENT)


@pytest.mark.parametrize(("name", "outcome"), list(outcomes()), ids=lambda one: str(one)[:40])
def test_every_outcome_is_valid_fhir_and_names_nobody(name, outcome):
    response = write_response(outcome, NOW, words)
    text = json.dumps(response, default=float)
    read = CoverageEligibilityResponse.model_validate_json(text)
    assert read.outcome == ("complete" if isinstance(outcome, Answered) else "error")
    for secret in ("TESTPERSON", "TEST000001", "19900101", "1990-01-01", "DOE", "SMITH"):
        assert secret not in text


def answered(name: str) -> dict:
    path = next(one for one in SAMPLES if one.stem == name)
    outcome = Answered(parse_271(path.read_bytes()), NOW, "0" * 64, NOW.date())
    return write_response(outcome, NOW, words)


def test_money_percent_network_and_authorization_are_carried():
    insurance = answered("271_variant_delims_pipe_nl")["insurance"][0]
    assert insurance["inforce"] is True
    assert insurance["benefitPeriod"] == {"start": "2026-01-01", "end": "2026-12-31"}
    visit = [one for one in insurance["item"] if one["benefit"][0].get("allowedMoney")][-1]
    assert visit["benefit"][0]["allowedMoney"] == {"value": Decimal("40"), "currency": "USD"}
    assert visit["authorizationRequired"] is False
    assert visit["network"]["coding"][0]["code"] == "in"
    share = insurance["item"][-3]
    assert share["benefit"][0]["allowedString"] == "40%"
    assert share["network"]["coding"][0]["code"] == "out"


def test_inactive_is_not_in_force_and_silence_is_not_said():
    assert answered("271_inactive")["insurance"][0]["inforce"] is False
    assert "inforce" not in answered("271_aaa_2100C_75")["insurance"][0]


def test_a_request_is_read():
    resource = request()
    CoverageEligibilityRequest.model_validate_json(json.dumps(resource))
    inquiry = read_request(resource, PROGRAM, Numbers("T1", 7), NOW)
    assert inquiry.level is LevelOfCare.PHP
    assert inquiry.payer.id == "LOOP1"
    assert inquiry.subscriber.member_id == "CANARYID77Q31"
    assert inquiry.subscriber.birth_date == date(1987, 11, 23)
    assert inquiry.service_date == date(2026, 3, 5)
    assert (inquiry.trace, inquiry.control_number) == ("T1", 7)


def test_without_a_procedure_intensive_outpatient_is_asked_about_today():
    resource = request()
    del resource["item"], resource["servicedDate"]
    inquiry = read_request(resource, replace(PROGRAM), Numbers("T1", 7), NOW)
    assert inquiry.level is LevelOfCare.IOP
    assert inquiry.service_date == NOW.date()


@pytest.mark.parametrize(
    ("change", "element"),
    [
        (lambda r: r.update(resourceType="Patient"), "resourceType"),
        (lambda r: r.update(contained=[]), "contained Patient"),
        (lambda r: r["contained"].append(r["contained"][0]), "contained Patient"),
        (lambda r: r["contained"][0].pop("name"), "Patient.name"),
        (lambda r: r["contained"][0]["name"][0].update(given=[]), "given"),
        (lambda r: r["contained"][0].update(birthDate="QUIXOTEZZ"), "birthDate"),
        (lambda r: r["contained"][1].update(subscriberId=" "), "subscriberId"),
        (lambda r: r["contained"][2].update(identifier=[]), "Organization.identifier"),
        (
            lambda r: r["item"][0]["productOrService"]["coding"][0].update(code="X"),
            "item.productOrService",
        ),
    ],
)
def test_a_bad_request_is_named_by_its_element_alone(change, element):
    resource = request()
    change(resource)
    with pytest.raises(BadFhirRequest) as caught:
        read_request(resource, PROGRAM, Numbers("T1", 7), NOW)
    assert caught.value.element == element
    assert "QUIXOTEZZ" not in str(caught.value)
    assert caught.value.__cause__ is None
