"""The CapabilityStatement: written from the table of parameters, so that it says what is true."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from waypost import __version__
from waypost.api.fhir.parameters import PARAMETERS, SearchParameter, Type
from waypost.api.fhir.systems import PLAN_NET, PROFILE

Json = dict[str, Any]
PROFILES = {
    "Endpoint": ("Endpoint",),
    "HealthcareService": ("HealthcareService",),
    "InsurancePlan": ("InsurancePlan",),
    "Location": ("Location",),
    "Organization": ("Network", "Organization"),
    "OrganizationAffiliation": ("OrganizationAffiliation",),
    "Practitioner": ("Practitioner",),
    "PractitionerRole": ("PractitionerRole",),
}
INTERACTIONS = ("read", "vread", "search-type")
BULK = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/bulk-publish"
WORDS = (
    "A national directory of treatment for addiction and mental health, as a Plan-Net directory: "
    "read only, without a key. Facts are those of public surveys; each has a Provenance."
)


def capability_statement(base: str, built: datetime) -> Json:
    """What is served at this address."""
    return {
        "resourceType": "CapabilityStatement",
        "id": "waypost",
        "name": "Waypost",
        "title": "Waypost as a Plan-Net directory",
        "status": "active",
        "date": built.replace(microsecond=0).isoformat(),
        "description": WORDS,
        "kind": "instance",
        "instantiates": [f"{PLAN_NET}/CapabilityStatement/plan-net"],
        "software": {"name": "Waypost", "version": __version__},
        "implementation": {"description": WORDS, "url": base},
        "fhirVersion": "4.0.1",
        "format": ["json", "application/fhir+json"],
        "implementationGuide": [
            f"{PLAN_NET}/ImplementationGuide/hl7.fhir.us.davinci-pdex-plan-net"
        ],
        "rest": [
            {
                "mode": "server",
                "documentation": WORDS,
                "security": {"cors": True, "description": "Open to anybody; no key, no cookie."},
                "resource": [_resource(type_) for type_ in sorted(PARAMETERS)],
                "operation": [{"name": "bulk-publish", "definition": BULK}],
            }
        ],
    }


def _resource(type_: str) -> Json:
    parameters = PARAMETERS[type_].values()
    references = [p.name for p in parameters if p.type is Type.REFERENCE]
    pointing = [
        f"{p.resource}:{p.name}"
        for named in PARAMETERS.values()
        for p in named.values()
        if type_ in p.targets
    ]
    resource: Json = {"type": type_}
    if type_ in PROFILES:
        resource["supportedProfile"] = [f"{PROFILE}{name}" for name in PROFILES[type_]]
    resource |= {
        "interaction": [{"code": code} for code in INTERACTIONS],
        "versioning": "versioned",
        "readHistory": False,
        "referencePolicy": ["literal"],
        "searchInclude": [f"{type_}:{name}" for name in references],
        "searchRevInclude": pointing,
        "searchParam": [_parameter(p) for p in parameters],
    }
    return {name: value for name, value in resource.items() if value != []}


def _parameter(parameter: SearchParameter) -> Json:
    return {
        "name": parameter.name,
        "definition": parameter.definition,
        "type": parameter.type.value,
    }
