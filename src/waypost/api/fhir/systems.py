"""The names of code systems, profiles and extensions: the standard's, and our own.

Our own are URNs that do not depend on where an installation stands, so that the same site is the
same resource on every one of them.
"""

from __future__ import annotations

PLAN_NET = "http://hl7.org/fhir/us/davinci-pdex-plan-net"
PROFILE = f"{PLAN_NET}/StructureDefinition/plannet-"
DELIVERY_METHOD = f"{PLAN_NET}/StructureDefinition/delivery-method"
NEW_PATIENTS = f"{PLAN_NET}/StructureDefinition/newpatients"
QUALIFICATION = f"{PLAN_NET}/StructureDefinition/qualification"
ORG_DESCRIPTION = f"{PLAN_NET}/StructureDefinition/org-description"
DELIVERY_METHODS = f"{PLAN_NET}/CodeSystem/DeliveryMethodCS"
ACCEPTING_PATIENTS = f"{PLAN_NET}/CodeSystem/AcceptingPatientsCS"
ORGANIZATION_TYPES = f"{PLAN_NET}/CodeSystem/OrgTypeCS"
SERVICE_CATEGORIES = f"{PLAN_NET}/CodeSystem/HealthcareServiceCategoryCS"

R4 = "http://hl7.org/fhir"
SERVICE_TYPES = "http://terminology.hl7.org/CodeSystem/service-type"
PROVISION_CONDITIONS = "http://terminology.hl7.org/CodeSystem/service-provision-conditions"
NUCC = "http://nucc.org/provider-taxonomy"
LANGUAGES = "urn:ietf:bcp:47"
NPI = "http://hl7.org/fhir/sid/us-npi"
UCUM = "http://unitsofmeasure.org"
TARGET_PATH = f"{R4}/StructureDefinition/targetPath"
DISTANCE = f"{R4}/StructureDefinition/location-distance"
SUBSETTED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    "code": "SUBSETTED",
    "display": "subsetted",
}

SITE = "urn:waypost:site"
SOURCE = "urn:waypost:source"
SERVICE_CODES = "urn:waypost:code-system:samhsa-service-codes"
LEVELS_OF_CARE = "urn:waypost:code-system:level-of-care"
POINT_METHOD = "urn:waypost:structure-definition:point-method"
FILE_DIGEST = "urn:waypost:structure-definition:file-sha256"
TRACK_HOURS = "urn:waypost:structure-definition:track-hours"
OPENING = "urn:waypost:structure-definition:opening"
SPECIALTIES = "urn:waypost:concept-map:level-of-care-to-specialty"
