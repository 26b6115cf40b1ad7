"""A FHIR R4 CoverageEligibilityRequest as an inquiry, for programs that speak FHIR.

Shape: HL7 FHIR R4, https://hl7.org/fhir/R4/coverageeligibilityrequest.html, with the patient,
the coverage and the payer carried inside the request ("contained"): nothing is looked up
elsewhere. The request cannot say whether the program opted in, so the caller passes the program.
"""

from datetime import date, datetime
from typing import Any

from waypost.eligibility.inquiry import Inquiry, Numbers, Payer, Program
from waypost.values.level_of_care import LevelOfCare
from waypost.x12.levels import ASK
from waypost.x12.question import InquiryPerson

Json = dict[str, Any]


class BadFhirRequest(ValueError):
    """A request that lacks something; names the element, never its value."""

    def __init__(self, element: str) -> None:
        super().__init__(f"The request cannot be read: {element} is missing or wrong.")
        self.element = element


def read_request(resource: Json, program: Program, numbers: Numbers, now: datetime) -> Inquiry:
    """The inquiry. Raises `BadFhirRequest`, which names no value.

    The level of care is found by its HCPCS code in `item.productOrService`; without one it is
    intensive outpatient.
    """
    if resource.get("resourceType") != "CoverageEligibilityRequest":
        raise BadFhirRequest("resourceType")
    patient = _contained(resource, "Patient")
    coverage = _contained(resource, "Coverage")
    payer = _contained(resource, "Organization")
    name = _first(patient.get("name"), "Patient.name")
    return Inquiry(
        payer=Payer(
            _text(_first(payer.get("identifier"), "Organization.identifier"), "value"),
            _text(payer, "name"),
        ),
        program=program,
        subscriber=InquiryPerson(
            last_name=_text(name, "family"),
            first_name=_given(name),
            birth_date=_day(patient, "birthDate"),
            member_id=_text(coverage, "subscriberId"),
        ),
        level=_level(resource),
        service_date=_day(resource, "servicedDate") if "servicedDate" in resource else now.date(),
        asked_at=now,
        trace=numbers.trace,
        control_number=numbers.control_number,
    )


def _contained(resource: Json, kind: str) -> Json:
    """The only contained resource of a type."""
    contained = resource.get("contained")
    listed = contained if isinstance(contained, list) else []
    matching = [
        each for each in listed if isinstance(each, dict) and each.get("resourceType") == kind
    ]
    if len(matching) != 1:
        raise BadFhirRequest(f"contained {kind}")
    return matching[0]


def _first(value: object, element: str) -> Json:
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        raise BadFhirRequest(element)
    return value[0]


def _text(holder: Json, element: str) -> str:
    value = holder.get(element)
    if not isinstance(value, str) or not value.strip():
        raise BadFhirRequest(element)
    return value.strip()


def _given(name: Json) -> str:
    """The first of the given names."""
    given_names = name.get("given")
    return _text(
        {"given": given_names[0]} if isinstance(given_names, list) and given_names else {}, "given"
    )


def _day(holder: Json, element: str) -> date:
    text = _text(holder, element)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadFhirRequest(element) from None  # the cause would repeat the value


def _level(resource: Json) -> LevelOfCare:
    """The level whose HCPCS codes hold the first procedure asked about."""
    items = resource.get("item")
    if not isinstance(items, list) or not items:
        return LevelOfCare.IOP
    concept = _first(items, "item").get("productOrService")
    coding = _first(concept.get("coding") if isinstance(concept, dict) else None, "item.coding")
    code = _text(coding, "code")
    for level, ask in ASK.items():
        if code in ask.procedures:
            return level
    raise BadFhirRequest("item.productOrService")
