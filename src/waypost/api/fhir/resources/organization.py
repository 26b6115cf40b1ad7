"""A site's Organization: profile Plan-Net Organization.

What the directories call a second name is often the parent's or the legal name: an alias, never
proof of a ``partOf``.
"""

from __future__ import annotations

from waypost.api.fhir.resources.listing import (
    Json,
    Listing,
    coded,
    concept,
    concepts,
    site_identifier,
)
from waypost.api.fhir.systems import (
    NPI,
    ORG_DESCRIPTION,
    ORGANIZATION_TYPES,
    QUALIFICATION,
)
from waypost.directory.codes import CODES

OPERATORS = frozenset({"FOP"})
ACCREDITATIONS = frozenset({"LCA"})
AS_SAID = "as the facility says"


def identifier(listing: Listing, _key: str) -> list[Json]:
    """Our id, and the NPIs that a source claims."""
    npis = [{"system": NPI, "value": npi} for npi in listing.npis]
    return [site_identifier(listing.site.id), *npis]


def kind(listing: Listing, _key: str) -> list[Json]:
    """A facility, and who operates it."""
    facility = coded(ORGANIZATION_TYPES, "fac", "Facility")
    return [facility, *concepts(listing.codes_of(OPERATORS))]


def extension(listing: Listing, _key: str) -> list[Json]:
    """What it is in a sentence, and the licenses and accreditations that it names."""
    codes = listing.codes_of(ACCREDITATIONS)
    described = {"url": ORG_DESCRIPTION, "valueString": description(listing)}
    return [described, *(_qualification(code) for code in codes)]


def description(listing: Listing) -> str:
    """A factual sentence."""
    site = listing.site
    operators = [CODES[code].name for code in listing.codes_of(OPERATORS)]
    who = f"; {operators[0][0].lower()}{operators[0][1:]}" if operators else ""
    since = f"in the federal directory since {site.listed_since}"
    return f"Treatment facility in {site.city}, {site.state}, {since}{who}."


def _qualification(code: str) -> Json:
    """A license as the survey has it: nobody has checked it, so its status is unknown."""
    stated = concept(code) | {"text": f"{CODES[code].name}, {AS_SAID}"}
    return {
        "url": QUALIFICATION,
        "extension": [
            {"url": "code", "valueCodeableConcept": stated},
            {"url": "status", "valueCode": "unknown"},
        ],
    }


PARTS = {
    "extension": extension,
    "identifier": identifier,
    "active": lambda listing, key: True,
    "type": kind,
    "name": lambda listing, key: listing.site.name,
    "alias": lambda listing, key: [listing.site.name2] if listing.site.name2 else None,
    "telecom": lambda listing, key: listing.telecom or None,
    "address": lambda listing, key: [listing.address],
}
"""Each element with what makes it; None where there is nothing to say."""
