"""Made-up listings, for tests that need a country of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from waypost.directory.areas import AreaFacts, Areas
from waypost.directory.rows import Row, SourceRows
from waypost.directory.site import PhoneKind, Site, SitePhone, Source, Survey
from waypost.values.geo import Point

DAYTON = Point(39.76, -84.19)
AREAS = Areas(
    {"45402": AreaFacts(DAYTON, "OH", "Montgomery County", "39113", "America/New_York")},
    {("dayton", "OH"): AreaFacts(DAYTON, "OH", "Montgomery County", "39113", "America/New_York")},
)


def source(edition: str = "2024", name: str = "s") -> Source:
    """A made-up edition."""
    day = date(int(edition[:4]) - 1, 12, 31)
    return Source(f"{name}{edition}", "Title", "publisher", edition, day, "terms", "file", "0")


def row(number: int = 1, edition: str = "2024", **changes: object) -> Row:
    """A listing of Dayton, Ohio."""
    made = Row(
        f"s{edition}", number, Survey.SUBSTANCE_USE, "Harbor Recovery", "", "12 Main Street", "",
        "Dayton", "OH", "45402", ((PhoneKind.MAIN, "937-555-0101"),), ("OIT", "SA"),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def edition(year: str, *rows: Row) -> dict[str, list[SourceRows]]:
    """One edition of these rows."""
    return {year: [SourceRows(source(year), rows)]}


def listing(**changes: object) -> Site:
    """A published listing of Dayton, Ohio."""
    made = Site("site_1", "Harbor Recovery", "", "12 Main Street", "", "Dayton", "OH", "45402", "Montgomery County",
                "39113", "America/New_York", Point(39.76, -84.19), True,
                (SitePhone(PhoneKind.MAIN, "+19375550101", "(937) 555-0101"),), "", frozenset({"OIT"}),
                frozenset({Survey.SUBSTANCE_USE}), "2022", "2024")  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]
