"""A site's Location: profile Plan-Net Location.

A point says how it was found. A program that withholds its address has no point here.
"""

from __future__ import annotations

from waypost.api.fhir.resources.listing import Json, Listing, site_identifier
from waypost.api.fhir.systems import POINT_METHOD

APPROXIMATE = "The position is approximate: the middle of the ZIP code."
WITHHELD = (
    "The program does not publish its address. Distances to it are about: from the middle of its "
    "ZIP code."
)


def description(listing: Listing, _key: str) -> str | None:
    """What a reader must know of the address and the point."""
    if listing.withheld:
        return WITHHELD
    return None if listing.site.exact else APPROXIMATE


def position(listing: Listing, _key: str) -> Json | None:
    """Longitude and latitude, with the method by which they were found."""
    if listing.withheld:
        return None
    site, fact = listing.site, listing.with_fact("point")
    method = fact.method if fact else "not recorded"
    how_placed = [
        {"url": "method", "valueString": method},
        {"url": "exact", "valueBoolean": site.exact},
    ]
    return {
        "extension": [{"url": POINT_METHOD, "extension": how_placed}],
        "longitude": site.point.lon,
        "latitude": site.point.lat,
    }


PARTS = {
    "identifier": lambda listing, key: [site_identifier(listing.site.id)],
    "status": lambda listing, key: "active",
    "name": lambda listing, key: listing.site.name,
    "alias": lambda listing, key: [listing.site.name2] if listing.site.name2 else None,
    "description": description,
    "telecom": lambda listing, key: listing.telecom or None,
    "address": lambda listing, key: listing.address,
    "position": position,
    "managingOrganization": lambda listing, key: {
        "reference": f"Organization/{listing.id}",
        "display": listing.site.name,
    },
}
"""Each element with what makes it; None where there is nothing to say."""
