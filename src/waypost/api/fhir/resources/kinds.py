"""The kinds of resources that a site is shown as: one table for rendering and for the index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from waypost.api.fhir.levels import levels_of
from waypost.api.fhir.resources import healthcare_service, location, organization, provenance
from waypost.api.fhir.resources.listing import Json, Listing
from waypost.api.fhir.systems import PROFILE

Part = Callable[[Listing, str], Any]


@dataclass(frozen=True, slots=True)
class ResourceKind:
    """A resource type made of sites.

    ``keys`` gives, in order, the second part of the id of each of a site's resources of this type;
    '' where there is one, which has the site's own id. ``parts`` makes each element.
    """

    type: str
    profile: str
    keys: Callable[[Listing], list[str]]
    parts: Mapping[str, Part]


def _alone(_listing: Listing) -> list[str]:
    return [""]


KINDS = {
    kind.type: kind
    for kind in (
        ResourceKind("Organization", f"{PROFILE}Organization", _alone, organization.PARTS),
        ResourceKind("Location", f"{PROFILE}Location", _alone, location.PARTS),
        ResourceKind(
            "HealthcareService",
            f"{PROFILE}HealthcareService",
            lambda listing: levels_of(listing.site.codes),
            healthcare_service.PARTS,
        ),
        ResourceKind("Provenance", "", provenance.keys_of, provenance.PARTS),
    )
}


def resource(
    kind: ResourceKind, listing: Listing, key: str, elements: Collection[str] | None = None
) -> Json:
    """A resource whole, or with these elements of it alone."""
    meta = dict(listing.version)
    if kind.profile:
        meta["profile"] = [kind.profile]
    body: Json = {
        "resourceType": kind.type,
        "id": f"{listing.id}-{key}" if key else listing.id,
        "meta": meta,
    }
    for element, part in kind.parts.items():
        if elements is None or element in elements:
            value = part(listing, key)
            if value is not None:
                body[element] = value
    return body
