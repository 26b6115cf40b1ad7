"""Converts sites to the snapshot's JSON and back."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
import orjson

from waypost.directory.site import (
    Claim,
    FactSource,
    HistoryEntry,
    PhoneKind,
    Site,
    SitePhone,
    Source,
    Survey,
)
from waypost.values.geo import Point
from waypost.values.opening import Opening
from waypost.values.timetable_json import plain
from waypost.values.track import Track


def site_json(site: Site) -> bytes:
    """A site as JSON; the order of the keys is fixed, so the same site gives the same bytes."""
    data: dict[str, Any] = {
        "id": site.id,
        "name": site.name,
        "name2": site.name2,
        "street": site.street,
        "street2": site.street2,
        "city": site.city,
        "state": site.state,
        "zip": site.zip,
        "county": site.county,
        "county_fips": site.county_fips,
        "timezone": site.timezone,
        "latitude": site.point.lat,
        "longitude": site.point.lon,
        "exact": site.exact,
        "phones": site.phones,
        "website": site.website,
        "codes": sorted(site.codes),
        "surveys": sorted(site.surveys),
        "listed_since": site.listed_since,
        "last_listed": site.last_listed,
        "current": site.current,
        "history": [[h.edition, h.what, h.before, h.after] for h in site.history],
        "facts": {name: _fact(f) for name, f in sorted(site.facts.items())},
    }
    # Left out where nothing is known, so that a site without them is written as it always was.
    if site.tracks:
        data["tracks"] = plain(site.tracks)
    if site.openings:
        data["openings"] = plain(site.openings)
    if site.said:
        data["said"] = {name: list(values) for name, values in site.said.items()}
    return orjson.dumps(data)


def _fact(fact: FactSource) -> list[str]:
    """Source, date, method, and the end of validity where there is one."""
    until = [fact.until.isoformat()] if fact.until else []
    return [fact.source, fact.as_of.isoformat(), fact.method, *until]


_PHONE_KINDS = {kind.value: kind for kind in PhoneKind}


@lru_cache(16)
def _surveys(*names: str) -> frozenset[Survey]:
    return frozenset(map(Survey, names))


@lru_cache(4096)
def _fact_from(source: str, as_of: str, method: str, *until: str) -> FactSource:
    # a whole edition has a few dozen of them
    end = date.fromisoformat(until[0]) if until else None
    return FactSource(source, date.fromisoformat(as_of), method, end)


def site_from_json(data: bytes | str) -> Site:
    """The site that `site_json` wrote."""
    d = orjson.loads(data)
    return Site(
        id=d["id"],
        name=d["name"],
        name2=d["name2"],
        street=d["street"],
        street2=d["street2"],
        city=d["city"],
        state=d["state"],
        zip=d["zip"],
        county=d["county"],
        county_fips=d["county_fips"],
        timezone=d["timezone"],
        point=Point(d["latitude"], d["longitude"]),
        exact=d["exact"],
        phones=tuple(
            SitePhone(_PHONE_KINDS[p["kind"]], p["e164"], p["display"], p["extension"])
            for p in d["phones"]
        ),
        website=d["website"],
        codes=frozenset(d["codes"]),
        surveys=_surveys(*d["surveys"]),
        listed_since=d["listed_since"],
        last_listed=d["last_listed"],
        current=d["current"],
        history=tuple(HistoryEntry(*h) for h in d["history"]),
        facts={name: _fact_from(*parts) for name, parts in d["facts"].items()},
        tracks=msgspec.convert(d["tracks"], tuple[Track, ...]) if "tracks" in d else (),
        openings=msgspec.convert(d["openings"], tuple[Opening, ...]) if "openings" in d else (),
        said={name: tuple(values) for name, values in d["said"].items()} if "said" in d else {},
    )


def claim_row(site_id: str, claim: Claim) -> tuple[object, ...]:
    """A claim as a row of the snapshot's table."""
    return (
        site_id,
        claim.field,
        orjson.dumps(claim.value).decode(),
        claim.source,
        claim.as_of.isoformat(),
        claim.method,
        int(claim.chosen),
        claim.reason,
        claim.until.isoformat() if claim.until else "",
    )


def claim_from_row(row: tuple[Any, ...]) -> Claim:
    """The claim that `claim_row` wrote."""
    field, value, source, as_of, method, chosen, reason, until = row
    return Claim(
        field,
        orjson.loads(value),
        source,
        date.fromisoformat(as_of),
        method,
        bool(chosen),
        reason,
        date.fromisoformat(until) if until else None,
    )


def source_row(source: Source) -> tuple[str, ...]:
    """A source as a row of the snapshot."""
    return (
        source.id,
        source.title,
        source.publisher,
        source.edition,
        source.as_of.isoformat(),
        source.license,
        source.file,
        source.sha256,
    )
