"""The data quality report: what each source held, what became of it, and what looks wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waypost.directory.assemble import Assembled
from waypost.directory.choosing import STREET_LEVEL_METHODS
from waypost.directory.locate import Agreement
from waypost.directory.resolve import Resolved
from waypost.directory.rows import SourceRows
from waypost.directory.site import Site, Survey
from waypost.values.phone import read_phone

CALL_CENTER_SITES = 8
"""A number on this many sites of unlike names in several states looks like a call center's."""


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """What one file held."""

    source: str
    rows: int
    rejects: Mapping[str, int]
    reject_rows: tuple[tuple[int, str], ...]
    without_phone: int
    invalid_phones: int
    zip_not_in_state: int
    unknown_codes: Mapping[str, int]


def source_quality(held: SourceRows, state_of_zip: Mapping[str, str]) -> SourceQuality:
    """Count what one file held."""
    reasons = Counter(reject.reason for reject in held.rejects)
    numbers = [text for row in held.rows for _, text in row.phones]
    phones = [read_phone(text) for text in numbers]
    return SourceQuality(
        held.source.id,
        len(held.rows) + len(held.rejects),
        dict(sorted(reasons.items())),
        tuple((r.number, r.reason) for r in held.rejects[:200]),
        sum(not row.phones for row in held.rows),
        sum(phone is None or not phone.valid for phone in phones),
        sum(state_of_zip.get(row.zip, row.state) != row.state for row in held.rows),
        held.unknown_codes,
    )


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
    nowhere: int,
) -> dict[str, Any]:
    """The whole report as plain JSON values."""
    current = [a for a in assembled if a.site.current]
    sites = [a.site for a in current]
    apart = Agreement(tuple(miles for a in current for miles in a.apart))
    centers = call_center_numbers(sites)
    totals: dict[str, Any] = {
        "Sites in the newest edition": len(sites),
        "Sites that offer intensive outpatient care": sum("OIT" in s.codes for s in sites),
        "Sites in both directories": sum(len(s.surveys) == 2 for s in sites),
        "Sites that are gone since an older edition": len(assembled) - len(sites),
        "Rows of the newest edition that repeat another": resolved.changes[-1].repeated,
        "Listings left out because nothing says where they are": nowhere,
        "Sites without a telephone": sum(not s.phones for s in sites),
        "Sites with an exact point": sum(s.exact for s in sites),
        "Substance use sites with a street-level point": _share(sites, Survey.SUBSTANCE_USE),
        "IOPs with a street-level point": _share([s for s in sites if "OIT" in s.codes], None),
        "Of sites that publish their address, with a street-level point": _share(
            [s for s in sites if not _withheld(s)], None
        ),
        "Sites whose address is withheld": sum(_withheld(s) for s in sites),
        "Addresses placed by two sources or more": len(apart.miles),
        "Sources agree within, median (miles)": f"{apart.median_miles:.2f}",
        "Sources agree within, 95th percentile (miles)": f"{apart.percentile_miles(0.95):.2f}",
        "Numbers that stand on many unrelated sites": len(centers),
    }
    methods = Counter(s.facts["point"].method for s in sites)
    return {
        "totals": totals,
        "points_by_method": dict(methods.most_common()),
        "sources": [_plain(q) for q in by_source],
        "call_center_signs": centers,
        "unmatched_locator_rows": dict(resolved.unmatched_extras),
    }


def _withheld(site: Site) -> bool:
    return not any(c.isalnum() for c in site.street)


def _share(sites: Sequence[Site], survey: Survey | None) -> str:
    some = [s for s in sites if survey is None or survey in s.surveys]
    good = sum(s.facts["point"].method in STREET_LEVEL_METHODS for s in some)
    return f"{good:,} of {len(some):,} ({100 * good / max(1, len(some)):.1f} %)"


def _plain(quality: SourceQuality) -> dict[str, Any]:
    return {
        "source": quality.source,
        "rows": quality.rows,
        "rejected": dict(quality.rejects),
        "rejected_rows": [list(r) for r in quality.reject_rows],
        "without_phone": quality.without_phone,
        "invalid_phones": quality.invalid_phones,
        "zip_not_in_state": quality.zip_not_in_state,
        "unknown_codes": dict(quality.unknown_codes),
    }


def as_markdown(quality: Mapping[str, Any]) -> str:
    """The report as Markdown."""
    lines = ["# Data quality report", "", "| measure | count |", "|---|---:|"]
    lines += [f"| {name} | {_shown(value)} |" for name, value in quality["totals"].items()]
    lines += ["", "## Points by method", "", "| method | sites |", "|---|---:|"]
    lines += [f"| {m} | {n:,} |" for m, n in quality["points_by_method"].items()]
    lines += ["", "## Sources", ""]
    lines += ["| source | rows | rejected | no phone | invalid phones | ZIP not in state |"]
    lines += ["|---|---:|---:|---:|---:|---:|"]
    for q in quality["sources"]:
        rejected = sum(q["rejected"].values())
        lines.append(
            f"| {q['source']} | {q['rows']:,} | {rejected:,} | {q['without_phone']:,} | "
            f"{q['invalid_phones']:,} | {q['zip_not_in_state']:,} |"
        )
    lines += ["", "## Rejected rows", ""]
    lines += [
        f"- {q['source']}, row {number}: {reason}"
        for q in quality["sources"]
        for number, reason in q["rejected_rows"]
    ]
    lines += ["", "## Numbers that stand on many unrelated sites", ""]
    lines += [
        f"- {number}: {count} sites" for number, count in quality["call_center_signs"].items()
    ]
    return "\n".join(lines) + "\n"


def as_json(quality: Mapping[str, Any]) -> str:
    """The report as JSON."""
    return json.dumps(quality, indent=2, ensure_ascii=False) + "\n"


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
