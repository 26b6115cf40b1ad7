"""A HealthcareService for each level of care of a site: profile Plan-Net HealthcareService.

The survey asks most questions of the whole facility. So its characteristics stand with every
service, and the comment says so. Hours and places are there where the program itself said them, and
as long as its word holds; accessibility has no source. The survey asks for no ASAM level, and our
levels are no certification of one.
"""

from __future__ import annotations

from functools import cache

from waypost.api.fhir.levels import (
    SERVICE_TYPE_NAMES,
    SPECIALTY_NAMES,
    FhirLevel,
    level,
    stating,
)
from waypost.api.fhir.resources import hours
from waypost.api.fhir.resources.listing import (
    Json,
    Listing,
    coded,
    concept,
    concepts,
    once_a_site,
    site_identifier,
)
from waypost.api.fhir.systems import (
    DELIVERY_METHOD,
    DELIVERY_METHODS,
    LANGUAGES,
    LEVELS_OF_CARE,
    NUCC,
    PROVISION_CONDITIONS,
    SERVICE_CATEGORIES,
    SERVICE_TYPES,
)
from waypost.directory.codes import CODES
from waypost.directory.site import Survey

ASKED_OF_THE_FACILITY = frozenset(
    {"PAY", "PYAS", "SG", "EXCL", "OM", "OT", "DETOX", "TC"}
)  # fmt: skip
WHO_IT_TAKES = frozenset({"AGE", "GN"})
TRANSPORT = "TA"

BCP_47 = {
    "SP": "es", "AH": "ase", "F17": "zh", "F25": "fa", "F28": "fr", "F30": "de", "F31": "el",
    "F35": "he", "F36": "hi", "F37": "hmn", "F4": "ar", "F42": "it", "F43": "ja", "F47": "ko",
    "F66": "pl", "F67": "pt", "F70": "ru", "F81": "tl", "F92": "vi", "N24": "oj", "N40": "ypk",
}  # fmt: skip
"""Languages of the survey that one tag of BCP 47 names; the others are given in words."""

SPOKEN = frozenset({"SL", "OL"})
CONDITIONS = (("NP", "free", "Free"), ("SS", "disc", "Discounts Available"))


def name(listing: Listing, key: str) -> str:
    """The site's name and the level."""
    return f"{listing.site.name}: {level(key).label}"


def kind(listing: Listing, key: str) -> list[Json]:
    """Our level, the service codes that state it, and HL7's type where one fits."""
    site, of_level = listing.site, level(key)
    return _kind(
        of_level, tuple(stating(of_level, site.codes)), Survey.SUBSTANCE_USE in site.surveys
    )


@cache
def _kind(level: FhirLevel, codes: tuple[str, ...], treats_substance_use: bool) -> list[Json]:
    kinds = [coded(LEVELS_OF_CARE, level.key, level.label), *map(concept, codes)]
    if treats_substance_use and level.service_type:
        named = SERVICE_TYPE_NAMES[level.service_type]
        kinds.append(coded(SERVICE_TYPES, level.service_type, named))
    return kinds


def specialty(listing: Listing, key: str) -> list[Json] | None:
    """A specialty of NUCC's, ours by crosswalk, so not what anybody chose."""
    of_level = level(key)
    treats = Survey.SUBSTANCE_USE in listing.site.surveys
    return _specialty(of_level.specialty if treats else of_level.mental_health)


@cache
def _specialty(code: str) -> list[Json] | None:
    if not code:
        return None
    coding = {"system": NUCC, "code": code, "display": SPECIALTY_NAMES[code], "userSelected": False}
    return [{"coding": [coding]}]


def extension(listing: Listing, key: str) -> list[Json]:
    """In person always; remote too, where the site offers telehealth and the level allows it, or a
    track is held so; then whether new patients are accepted."""
    remote = level(key).remote and "TELE" in listing.site.codes
    ways = ("physical", "virtual") if remote or hours.is_remote(listing, key) else ("physical",)
    return [*map(_delivered, ways), *hours.extensions(listing, key)]


@cache
def _delivered(code: str) -> Json:
    method = coded(DELIVERY_METHODS, code, code.capitalize())
    return {
        "url": DELIVERY_METHOD,
        "extension": [{"url": "type", "valueCodeableConcept": method}],
    }


@once_a_site
def comment(listing: Listing, _key: str) -> str:
    """Of what the characteristics speak."""
    fact = listing.with_fact("services")
    when = f" of {fact.as_of.isoformat()}" if fact else ""
    return (
        f"Eligibility, payment and characteristics are what the facility as a whole told the "
        f"survey{when}; they may not hold for each of its services."
    )


@once_a_site
def characteristic(listing: Listing, _key: str) -> list[Json] | None:
    """What the facility says of itself, by codes whose names are in our CodeSystem."""
    said = concepts(listing.codes_of(ASKED_OF_THE_FACILITY), named=False)
    if TRANSPORT in listing.site.codes:
        said.append(concept(TRANSPORT, named=False))
    return said or None


@once_a_site
def eligibility(listing: Listing, _key: str) -> list[Json] | None:
    """The ages and genders that it accepts."""
    return [{"code": coded_kind} for coded_kind in concepts(listing.codes_of(WHO_IT_TAKES))] or None


@once_a_site
def conditions(listing: Listing, _key: str) -> list[Json] | None:
    """Free, or at a discount."""
    codes = listing.site.codes
    return [
        coded(PROVISION_CONDITIONS, code, display)
        for said, code, display in CONDITIONS
        if said in codes
    ] or None


def communication(listing: Listing, key: str) -> list[Json] | None:
    """Languages of its staff or interpreters, sign language among them, and those of tracks."""
    spoken, held_in = _spoken(listing, key), hours.languages(listing, key)
    if held_in:
        tags = {BCP_47.get(code) for code in listing.codes_of(SPOKEN)}
        spoken = [*spoken, *(coded(LANGUAGES, tag) for tag in held_in if tag not in tags)]
    return spoken or None


@once_a_site
def _spoken(listing: Listing, _key: str) -> list[Json]:
    return [_language(code) for code in listing.codes_of(SPOKEN)]


@cache
def _language(code: str) -> Json:
    tag, words = BCP_47.get(code), CODES[code].name
    return coded(LANGUAGES, tag) | {"text": words} if tag else {"text": words}


CATEGORY = [coded(SERVICE_CATEGORIES, "behav", "Behavioral Health")]

PARTS = {
    "extension": extension,
    "identifier": lambda listing, key: [site_identifier(f"{listing.site.id}:{key}")],
    "active": lambda listing, key: True,
    "providedBy": lambda listing, key: {
        "reference": f"Organization/{listing.id}",
        "display": listing.site.name,
    },
    "category": lambda listing, key: CATEGORY,
    "type": kind,
    "specialty": specialty,
    "location": lambda listing, key: [
        {"reference": f"Location/{listing.id}", "display": listing.site.name}
    ],
    "name": name,
    "comment": comment,
    "telecom": lambda listing, key: listing.telecom or None,
    "serviceProvisionCode": conditions,
    "eligibility": eligibility,
    "characteristic": characteristic,
    "communication": communication,
    "extraDetails": hours.extra_details,
    "availableTime": hours.available_time,
    "notAvailable": hours.not_available,
    "availabilityExceptions": hours.availability_exceptions,
}
"""Each element with what makes it; None where there is nothing to say."""
