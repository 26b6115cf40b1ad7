"""Resources in part: ``_elements`` and ``_summary`` (R4, "Search", 3.1.1.5.8 and 9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waypost.api.fhir.question import Question
from waypost.api.fhir.systems import SUBSETTED

MANDATORY: Mapping[str, frozenset[str]] = {
    "Organization": frozenset({"active", "type", "name", "address"}),
    "Location": frozenset({"status", "name"}),
    "HealthcareService": frozenset({"active", "category"}),
    "InsurancePlan": frozenset(
        {"identifier", "status", "type", "name", "ownedBy", "administeredBy"}
    ),
    "Endpoint": frozenset({"status", "connectionType", "payloadType", "address", "name"}),
    "Practitioner": frozenset({"active", "name"}),
    "PractitionerRole": frozenset({"active"}),
    "OrganizationAffiliation": frozenset({"active", "code"}),
    "Provenance": frozenset({"target", "recorded", "agent"}),
    "CodeSystem": frozenset({"status", "content"}),
    "ConceptMap": frozenset({"status"}),
    "StructureDefinition": frozenset({"url", "name", "status", "kind", "abstract", "type"}),
}  # fmt: skip
"""What a resource in part still has: the elements that its profile asks for."""

SUMMARY: Mapping[str, frozenset[str]] = {
    "Organization": frozenset({"identifier", "partOf"}),
    "Location": frozenset(
        {"operationalStatus", "alias", "description", "mode", "type", "physicalType",
         "managingOrganization", "identifier", "partOf"}
    ),
    "HealthcareService": frozenset(
        {"identifier", "providedBy", "type", "specialty", "location", "name", "comment", "photo"}
    ),
    "InsurancePlan": frozenset({"alias", "period", "coverageArea"}),
    "Endpoint": frozenset(
        {"identifier", "managingOrganization", "period", "payloadMimeType"}
    ),
    "Practitioner": frozenset({"identifier", "telecom", "address", "gender", "birthDate"}),
    "PractitionerRole": frozenset(
        {"identifier", "period", "practitioner", "organization", "code", "specialty", "location",
         "telecom"}
    ),
    "OrganizationAffiliation": frozenset(
        {"identifier", "period", "organization", "participatingOrganization", "network",
         "specialty", "location", "telecom"}
    ),
    "CodeSystem": frozenset(
        {"url", "version", "name", "title", "experimental", "date", "publisher", "caseSensitive",
         "count"}
    ),
    "ConceptMap": frozenset({"url", "version", "name", "title", "date", "publisher"}),
    "StructureDefinition": frozenset(
        {"version", "title", "experimental", "date", "publisher", "fhirVersion", "context",
         "baseDefinition", "derivation"}
    ),
}  # fmt: skip
"""The elements that R4 marks as a summary, beside the mandatory ones."""


def elements_of(question: Question) -> frozenset[str] | None:
    """The elements to be given; None for all of them."""
    mandatory = MANDATORY[question.type]
    if question.elements:
        return mandatory | set(question.elements)
    if question.summary == "text":
        return mandatory | {"text"}
    if question.summary == "true":
        return mandatory | SUMMARY.get(question.type, frozenset())
    return None


def subsetted(resource: dict[str, Any]) -> None:
    """Mark a resource as one in part, so that nobody takes it for the whole."""
    meta = dict(resource.get("meta", {}))
    meta["tag"] = [*meta.get("tag", ()), SUBSETTED]
    resource["meta"] = meta
