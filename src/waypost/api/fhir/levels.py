"""A service for each level of care: its name, and what it is in the standard's code systems.

The specialties (NUCC) and the types of service (HL7 service-type) are ours by crosswalk; no
facility stated them. They are published as a ConceptMap. A level has no service type, or no
specialty, where none of the codes fits.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from waypost.directory.codes import CODES
from waypost.directory.facets import FACET

GENERAL = "general"
"""The one service of a site that states no level of care."""

STATED = frozenset({"SET", "TC", "FT"})
"""Categories of service codes that say how care is given, and so belong to a level."""


@dataclass(frozen=True, slots=True)
class FhirLevel:
    """A level of care: ``codes`` are the service codes that state it, ``service_type`` a code of
    HL7's, ``specialty`` of NUCC's for a site that treats substance use and ``mental_health`` for
    one that only treats mental health; ``remote`` whether telehealth can be part of it."""

    key: str
    label: str
    codes: frozenset[str]
    service_type: str
    specialty: str
    mental_health: str
    remote: bool


CLINIC, REHAB_UNIT, REHAB = "261QR0405X", "276400000X", "324500000X"
METHADONE, MENTAL_CLINIC = "261QM2800X", "261QM0801X"
PSYCHIATRIC, MENTAL_RESIDENCE = "283Q00000X", "320800000X"
OUTPATIENT, RESIDENTIAL, DETOXIFICATION = "108", "111", "317"

SPECIALTY_NAMES = {
    CLINIC: "Substance Use Disorder Rehabilitation Clinic/Center",
    METHADONE: "Methadone Clinic",
    REHAB: "Substance Abuse Rehabilitation Facility",
    REHAB_UNIT: "Substance Use Disorder Rehabilitation Hospital Unit",
    MENTAL_CLINIC: "Mental Health Clinic/Center (Including Community Mental Health Center)",
    PSYCHIATRIC: "Psychiatric Hospital",
    MENTAL_RESIDENCE: "Mental Illness Community Based Residential Treatment Facility",
}
SERVICE_TYPE_NAMES = {
    OUTPATIENT: "Non-resid. Alcohol/Drug Treatment",
    RESIDENTIAL: "Residential Alcohol/Drug Treatment",
    DETOXIFICATION: "Detoxification",
}
# level, service type, specialty, specialty of a mental health site, whether it can be remote
_CROSSWALK = (
    ("inpatient", "", REHAB_UNIT, PSYCHIATRIC, False),
    ("iop", OUTPATIENT, CLINIC, MENTAL_CLINIC, True),
    ("medication", OUTPATIENT, CLINIC, "", True),
    ("otp", OUTPATIENT, METHADONE, "", True),
    ("outpatient", OUTPATIENT, CLINIC, MENTAL_CLINIC, True),
    ("php", OUTPATIENT, CLINIC, MENTAL_CLINIC, True),
    ("recovery-housing", "", "", "", False),
    ("residential", RESIDENTIAL, REHAB, MENTAL_RESIDENCE, False),
    ("withdrawal", DETOXIFICATION, "", "", False),
)
_OPTIONS = {option.key: option for option in FACET["level"].options}


LEVELS = {
    key: FhirLevel(key, _OPTIONS[key].label, _OPTIONS[key].codes, type_, specialty, mental, remote)
    for key, type_, specialty, mental, remote in _CROSSWALK
}
"""The levels in the order of their keys: so the services of a site are ordered by id."""

_GENERAL = FhirLevel(GENERAL, "Treatment", frozenset(), "", "", "", remote=False)


def level(key: str) -> FhirLevel:
    """The level with this key, or what stands for a site without one."""
    return LEVELS.get(key, _GENERAL)


def levels_of(codes: Collection[str]) -> list[str]:
    """The keys of the levels that a site with these codes offers, in order; never none."""
    return [key for key, level in LEVELS.items() if not level.codes.isdisjoint(codes)] or [GENERAL]


def stating(level: FhirLevel, codes: Collection[str]) -> list[str]:
    """The service codes by which a site states this level."""
    return sorted(c for c in level.codes.intersection(codes) if CODES[c].category in STATED)
