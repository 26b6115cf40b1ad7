"""Two editions of the country many times over, for measuring how matching grows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waypost.directory.matching import MatchedListing
from waypost.directory.resolve import row_key, to_listing
from waypost.directory.site import Survey
from waypost.sources import catalog

EDITIONS = ("2023", "2024")


def editions() -> tuple[list[MatchedListing], list[MatchedListing]]:
    """The substance use listings of the two newest carried editions."""
    later, earlier = [], []
    for entry in catalog.in_use(Path("/nonexistent")):
        if entry.kind in ("workbook", "csv") and entry.source.edition in EDITIONS:
            side = later if entry.source.edition == EDITIONS[1] else earlier
            rows = sorted(catalog.read(entry).rows, key=row_key)
            some = (r for r in rows if r.survey is Survey.SUBSTANCE_USE)
            side += [to_listing(f"{entry.source.id}:{r.number}", r) for r in some]
    return later, earlier


def times(listings: Sequence[MatchedListing], copies: int) -> list[MatchedListing]:
    """The listings as so many countries: nothing of one country is like anything of another."""
    return [_in_country(one, n) for n in range(copies) for one in listings]


def _in_country(one: MatchedListing, number: int) -> MatchedListing:
    if not number:
        return one
    return MatchedListing(
        f"{one.key}@{number}",
        f"{one.name} {number}x",
        one.name2,
        one.street,
        one.suite,
        one.city,
        f"{one.state}{number}",
        f"{number}-{one.zip}",
        frozenset(f"{number}-{phone}" for phone in one.phones),
    )
