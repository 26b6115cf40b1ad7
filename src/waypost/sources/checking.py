"""Compares a fresh answer from the locator with our sites in the same ZIP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from waypost.directory.codes import CODES
from waypost.directory.grouping import group_edition
from waypost.directory.matching import MatchedListing, listing, pair_up
from waypost.directory.normalize import name_key, phone_key, street_key
from waypost.directory.rows import Row, SourceRows
from waypost.directory.site import Site, Source
from waypost.sources.catalog import TERMS
from waypost.sources.locator_rows import read_json

SHOWN_SERVICES = 6
CHECK_MILES = 40.0
"""The locator searches by distance; every program in a ZIP is this near to its point."""


@dataclass(frozen=True, slots=True)
class Check:
    """Programs of one ZIP compared: ``new`` are only the locator's, ``gone`` only ours; ``changed``
    are a site and what differs about it; ``same`` counts the rest."""

    listed: int
    known: int
    new: tuple[Row, ...] = ()
    gone: tuple[Site, ...] = ()
    changed: tuple[tuple[Site, tuple[str, ...]], ...] = field(default=())
    same: int = 0


def read_answer(rows: Sequence[object], today: date) -> SourceRows:
    """Rows just fetched, as listings; no rows is a valid answer too."""
    source = Source(
        "locator-now", "FindTreatment.gov today", "SAMHSA", str(today.year), today, TERMS,
        "the locator's answer", "",
    )  # fmt: skip
    return read_json(source, {"rows": rows}) if rows else SourceRows(source, ())


def compare(answer: SourceRows, sites: Sequence[Site], zip_code: str) -> Check:
    """Compare the rows of a ZIP with the sites of that ZIP."""
    in_zip = tuple(row for row in answer.rows if row.zip == zip_code)
    listed, _, _ = group_edition([SourceRows(answer.source, in_zip)])
    ours = [site for site in sites if site.zip == zip_code]
    pairs = pair_up(
        [found_listing for found_listing, _ in listed], [_listing(s) for s in ours], moved=True
    )
    site_of = {match.a: match.b for match in pairs}
    by_id = {site.id: site for site in ours}
    changed = []
    for found_listing, rows in listed:
        if found_listing.key in site_of:
            site = by_id.pop(site_of[found_listing.key])
            words = tuple(_differences(site, rows))
            if words:
                changed.append((site, words))
    return Check(
        listed=len(listed),
        known=len(ours),
        new=tuple(rows[0] for found_listing, rows in listed if found_listing.key not in site_of),
        gone=tuple(by_id.values()),
        changed=tuple(changed),
        same=len(pairs) - len(changed),
    )


def _listing(site: Site) -> MatchedListing:
    numbers = [phone.display for phone in site.phones]
    return listing(
        site.id, site.name, site.name2, site.street, site.street2, site.city, site.state, site.zip,
        numbers,
    )  # fmt: skip


def _differences(site: Site, rows: Sequence[Row]) -> Iterator[str]:
    row = rows[0]
    if name_key(site.name) != name_key(row.name):
        yield f"name: “{site.name}” is now “{row.name}”"
    if site.street and row.street and street_key(site.street) != street_key(row.street):
        yield f"address: “{site.street}” is now “{row.street}”"
    ours = {phone.e164[-10:] for phone in site.phones}
    theirs = {phone_key(text): text for each in rows for _, text in each.phones}
    new = [text for key, text in theirs.items() if key and key not in ours]
    if new:
        yield (
            f"telephone: also {', '.join(new)}"
            if ours & theirs.keys()
            else (
                f"telephone: {', '.join(p.display for p in site.phones) or 'none'} is now "
                f"{', '.join(new)}"
            )
        )
    yield from _services(site, rows)


def _services(site: Site, rows: Sequence[Row]) -> Iterator[str]:
    """Services that only one of the two has, among those that the answering surveys ask about."""
    answering = [row for row in rows if row.codes is not None and row.survey in site.surveys]
    surveys = {row.survey for row in answering}
    theirs = {code for row in answering for code in row.codes or ()}
    ours = {code for code in site.codes if code not in CODES or CODES[code].surveys & surveys}
    if answering and theirs - site.codes:
        yield f"services added: {_named(theirs - site.codes)}"
    if answering and ours - theirs:
        yield f"services no longer listed: {_named(ours - theirs)}"


def _named(codes: Iterable[str]) -> str:
    # Intensive outpatient care, which this directory is about, comes first.
    ordered = sorted(codes, key=lambda code: (code != "OIT", code))
    names = [CODES[code].name if code in CODES else code for code in ordered]
    more = len(names) - SHOWN_SERVICES
    return "; ".join(names[:SHOWN_SERVICES]) + (f"; and {more} more" if more > 0 else "")
