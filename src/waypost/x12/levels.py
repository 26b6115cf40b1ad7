"""Which service types to ask a payer about for each level of care.

X12 has no service type for intensive outpatient or residential care; these are the nearest,
in the order in which they are asked. The list of service types is X12's
(https://x12.org/codes/service-type-codes), HCPCS codes are CMS's
(https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system).
"""

from dataclasses import dataclass

from waypost.values.level_of_care import LevelOfCare
from waypost.x12.places import INTENSIVE_OUTPATIENT


@dataclass(frozen=True, slots=True)
class ServiceTypes:
    """The service types to ask about, the best first, and HCPCS codes that name the care."""

    service_types: tuple[str, ...]
    procedures: tuple[str, ...]


ASK = {
    LevelOfCare.OUTPATIENT: ServiceTypes(("AI", "CF", "A6"), ("H0004", "H0005")),
    LevelOfCare.IOP: ServiceTypes(("AI", "CJ", "A8"), ("H0015", "S9480")),
    LevelOfCare.PHP: ServiceTypes(("AI", "BB", "CJ"), ("H0035", "S0201")),
    LevelOfCare.RESIDENTIAL: ServiceTypes(("CI", "AI", "A7"), ("H0017", "H0018", "H0019", "H2036")),
    LevelOfCare.WITHDRAWAL: ServiceTypes(
        ("CI", "A7", "AI"), ("H0010", "H0011", "H0012", "H0013", "H0014")
    ),
    LevelOfCare.OTP: ServiceTypes(("AI", "AK"), ("H0020",)),
}

GENERAL = frozenset(("AI", "AJ", "AK", "MH"))
"""Service types that payers use for all behavioral care, whatever its level."""

FALL_BACK = {
    LevelOfCare.OUTPATIENT: frozenset(("A8", "CJ")),
    LevelOfCare.IOP: frozenset(("BC",)),
    LevelOfCare.PHP: frozenset(("A8", "BC")),
    LevelOfCare.RESIDENTIAL: frozenset(("48", "RT")),
    LevelOfCare.WITHDRAWAL: frozenset(("48",)),
    LevelOfCare.OTP: frozenset(("CJ",)),
}

BEHAVIORAL = frozenset(
    ("A4", "A5", "A6", "A7", "A8", "BB", "BC", "CE", "CF", "CG", "CH", "CI", "CJ", "RT", *GENERAL)
)
"""Every service type of mental health and substance use care."""


def types_for(level: LevelOfCare) -> frozenset[str]:
    """The service types under which a payer may speak of a level of care."""
    return frozenset(ASK[level].service_types) | FALL_BACK[level] | GENERAL


@dataclass(frozen=True, slots=True)
class Care:
    """What care an answer is read for: service types, and procedures that name it in EB13.

    `intensive` says that it is (or may be) intensive outpatient care, which payers have no
    service type for and so name in their texts.
    """

    service_types: frozenset[str]
    procedures: frozenset[str]
    intensive: bool


BEHAVIORAL_CARE = Care(
    BEHAVIORAL,
    frozenset(code for ask in ASK.values() for code in ask.procedures) | INTENSIVE_OUTPATIENT,
    intensive=True,
)


def care_for(level: LevelOfCare) -> Care:
    """The care of a level."""
    intensive = level is LevelOfCare.IOP
    procedures = frozenset(ASK[level].procedures)
    return Care(
        types_for(level), procedures | INTENSIVE_OUTPATIENT if intensive else procedures, intensive
    )
