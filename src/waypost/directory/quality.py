"""The data quality report: what each source contained, what became of it, and what looks wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waypost.directory.areas import Areas
from waypost.directory.assemble import Assembled
from waypost.directory.choosing import FAR, OUTVOTED, STREET_LEVEL_METHODS
from waypost.directory.locate import Agreement, on_earth
from waypost.directory.normalize import town_key
from waypost.directory.resolve import Record, Resolved
from waypost.directory.rows import Row, SourceRows
from waypost.directory.site import Site, Survey
from waypost.values.geo import Point, miles_between
from waypost.values.phone import read_phone

CALL_CENTER_SITES = 8
"""A number on this many sites of unlike names in several states looks like a call center's."""


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """What one file contained, before it is known what became of its rows."""

    source: str
    rows: int
    rejects: Mapping[str, int]
    reject_rows: tuple[tuple[int, str], ...]
    without_phone: int
    invalid_phones: int
    zip_not_in_state: int
    far_from_zip: int
    unknown_codes: Mapping[str, int]


MOST_ROWS = 200
"""At most this many rows are listed one by one; the report only counts the rest."""


def source_quality(source_rows: SourceRows, areas: Areas) -> SourceQuality:
    """Count what one file contained, and what in it cannot be true."""
    reasons = Counter(reject.reason for reject in source_rows.rejects)
    numbers = [text for row in source_rows.rows for _, text in row.phones]
    phones = [read_phone(text) for text in numbers]
    return SourceQuality(
        source_rows.source.id,
        len(source_rows.rows) + len(source_rows.rejects),
        dict(sorted(reasons.items())),
        tuple((r.number, r.reason) for r in source_rows.rejects[:MOST_ROWS]),
        sum(not row.phones for row in source_rows.rows),
        sum(phone is None or not phone.valid for phone in phones),
        sum(not areas.holds(row.zip, row.state) for row in source_rows.rows),
        sum(_far(row, areas) for row in source_rows.rows),
        source_rows.unknown_codes,
    )


def _far(row: Row, areas: Areas) -> bool:
    """Whether a row's own coordinates are zero, or lie far from its ZIP and from its town."""
    if row.lat is None or row.lon is None or row.zip not in areas.by_zip:
        return False
    if not on_earth(row.lat, row.lon):
        return True
    place = Point(row.lat, row.lon)
    return not areas.can_hold(row.zip, town_key(row.city), row.state, place)


def call_center_numbers(sites: Iterable[Site]) -> dict[str, int]:
    """Numbers that stand on many sites of different names in three states or more."""
    places: dict[str, list[Site]] = {}
    for site in sites:
        for phone in site.phones:
            places.setdefault(phone.display, []).append(site)
    return {
        number: len(where)
        for number, where in sorted(places.items())
        if len(where) >= CALL_CENTER_SITES
        and len({s.name.casefold() for s in where}) >= CALL_CENTER_SITES / 2
        and len({s.state for s in where}) >= 3
    }


def report(
    resolved: Resolved,
    assembled: Sequence[Assembled],
    by_source: Sequence[SourceQuality],
    nowhere: Iterable[Record],
) -> dict[str, Any]:
    """The whole report as plain JSON values."""
    sites = [a.site for a in assembled if a.site.current]
    apart = Agreement(tuple(m for a in assembled if a.site.current for m in a.apart))
    centers = call_center_numbers(sites)
    lost = [row for record in nowhere for row in record.rows]
    current = [a for a in assembled if a.site.current]
    far = [point for a in current for point in _points_aside(a, FAR)]
    apart_sites = [point for a in current for point in _points_aside(a, OUTVOTED)]
    totals = _counts(sites) | {
        "Sites that are gone since an older edition": len(assembled) - len(sites),
        "Rows of the newest edition that repeat another": resolved.changes[-1].repeated,
        "Listings left out because nothing says where they are": len(lost),
        "Coordinates far from their ZIP, not used": sum(q.far_from_zip for q in by_source),
        "Points of lists far from ZIP and town, not used": len(far),
        "Addresses that lists put over 2 miles apart": len({p["site"] for p in apart_sites}),
        "Addresses placed by two sources or more": len(apart.miles),
        "Sources agree within, median (miles)": f"{apart.median_miles:.2f}",
        "Sources agree within, 95th percentile (miles)": f"{apart.percentile_miles(0.95):.2f}",
        "Numbers that stand on many unrelated sites": len(centers),
    }
    methods = Counter(s.facts["point"].method for s in sites)
    site_of = {a.site.id: a.site for a in assembled}
    return {
        "totals": totals,
        "points_by_method": dict(methods.most_common()),
        "sources": [_with_fate(q, resolved, site_of) for q in by_source],
        "far_points": far,
        "disagreements": apart_sites,
        "left_out": sorted([row.source, row.number] for row in lost),
        "call_center_signs": centers,
        "unmatched_locator_rows": {k: list(v) for k, v in resolved.unmatched_extras.items()},
    }


def _points_aside(assembled: Assembled, method: str) -> list[dict[str, Any]]:
    """A site's points that this method set aside, with miles from where the site is shown."""
    site = assembled.site
    return [
        {
            "site": site.id,
            "name": site.name,
            "where": f"{site.street}, {site.city}, {site.state} {site.zip}",
            "source": claim.source,
            "miles": round(miles_between(Point(*claim.value), site.point), 1),
            "shown_by": site.facts["point"].method,
        }
        for claim in assembled.claims
        if claim.field == "point" and claim.method == method and isinstance(claim.value, tuple)
    ]


def _counts(sites: Sequence[Site]) -> dict[str, Any]:
    published = [s for s in sites if s.street]
    iops = [s for s in sites if "OIT" in s.codes]
    substance = [s for s in sites if Survey.SUBSTANCE_USE in s.surveys]
    exact = sum(s.exact for s in sites)
    return {
        "Sites in the newest edition": len(sites),
        "Sites that offer intensive outpatient care": len(iops),
        "Sites in both directories": sum(len(s.surveys) == 2 for s in sites),
        "Sites without a telephone": sum(not s.phones for s in sites),
        "Sites with an exact point": exact,
        "Sites without an exact point": len(sites) - exact,
        "Substance use sites with a street-level point": _share(substance),
        "IOPs with a street-level point": _share(iops),
        "Of sites that publish their address, with a street-level point": _share(published),
        "Sites whose address is withheld": len(sites) - len(published),
    }


def _share(sites: Sequence[Site]) -> str:
    good = sum(s.facts["point"].method in STREET_LEVEL_METHODS for s in sites)
    return f"{good:,} of {len(sites):,} ({100 * good / max(1, len(sites)):.1f} %)"


def _with_fate(
    quality: SourceQuality, resolved: Resolved, site_of: Mapping[str, Site]
) -> dict[str, Any]:
    """What a file held and what became of it: sites made, rows merged, rows without a site."""
    ids = [i for (source, _), i in resolved.placed.items() if source == quality.source]
    sites = [site_of[i] for i in set(ids) if i in site_of]
    return {
        "source": quality.source,
        "rows": quality.rows,
        "rejected": dict(quality.rejects),
        "rejected_rows": [list(r) for r in quality.reject_rows],
        "sites": len(sites),
        "merged": len(ids) - len(set(ids)),
        "unmatched": len(resolved.unmatched_extras.get(quality.source, ())),
        "without_phone": quality.without_phone,
        "without_exact_point": sum(not site.exact for site in sites),
        "invalid_phones": quality.invalid_phones,
        "zip_not_in_state": quality.zip_not_in_state,
        "far_from_zip": quality.far_from_zip,
        "unknown_codes": dict(quality.unknown_codes),
    }
