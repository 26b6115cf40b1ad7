"""A site as plain JSON values, as the API and the downloads write it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from waypost.directory.facets import FACETS
from waypost.directory.site import Claim, Site
from waypost.navigation.need import LEVEL
from waypost.values.timetable_json import plain

LEVELS = next(facet.options for facet in FACETS if facet.key == LEVEL)


def short(site: Site) -> dict[str, Any]:
    """What a list of results shows; what is not known is null."""
    return {
        "id": site.id,
        "name": site.name,
        "name2": site.name2 or None,
        "street": site.street or None,
        "street2": site.street2 or None,
        "city": site.city,
        "state": site.state,
        "zip": site.zip,
        "county": site.county or None,
        "county_fips": site.county_fips or None,
        "timezone": site.timezone,
        "latitude": site.point.lat,
        "longitude": site.point.lon,
        "exact": site.exact,
        "phones": [_phone(site, i) for i in range(len(site.phones))],
        "website": site.website or None,
        "levels": [o.column for o in LEVELS if not o.codes.isdisjoint(site.codes)],
        "current": site.current,
        "listed_since": site.listed_since,
        "last_listed": site.last_listed,
        "facts": {
            name: {"source": f.source, "as_of": f.as_of.isoformat(), "method": f.method}
            | ({"until": f.until.isoformat()} if f.until else {})
            for name, f in site.facts.items()
        },
        "tracks": plain(site.tracks),
        "openings": plain(site.openings),
        "links": {"self": f"/api/v1/sites/{quote(site.id)}", "page": f"/site/{quote(site.id)}"},
    }


def _phone(site: Site, i: int) -> dict[str, Any]:
    phone = site.phones[i]
    return {
        "kind": phone.kind.value,
        "e164": phone.e164,
        "display": phone.display,
        "extension": phone.extension or None,
    }


def record(site: Site, claims: list[Claim]) -> dict[str, Any]:
    """A site as a line of the download: codes without their names, which /api/v1/facets has."""
    return short(site) | {
        "surveys": sorted(s.value for s in site.surveys),
        "codes": sorted(site.codes),
        "said": {name: list(values) for name, values in site.said.items()},
        "history": history(site),
        "claims": [claim_json(c) for c in claims],
    }


def history(site: Site) -> list[dict[str, str]]:
    """What each edition changed."""
    return [
        {"edition": h.edition, "what": h.what, "before": h.before, "after": h.after}
        for h in site.history
    ]


def claim_json(claim: Claim) -> dict[str, Any]:
    """What one source says about one fact."""
    return {
        "field": claim.field,
        "value": claim.value,
        "source": claim.source,
        "as_of": claim.as_of.isoformat(),
        "method": claim.method,
        "chosen": claim.chosen,
        "until": claim.until.isoformat() if claim.until else None,
        "reason": claim.reason or None,
    }
