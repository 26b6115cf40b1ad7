"""Where a site stands: believable points only, the area where nothing better is known."""

from __future__ import annotations

from datetime import date

import pytest

from builders import AREAS, DAYTON, edition, row, source
from waypost.directory.address_book import AddressBook
from waypost.directory.areas import Areas
from waypost.directory.assemble import Assembled, assemble
from waypost.directory.grouping import group_edition
from waypost.directory.locate import Agreement, agreement, believable
from waypost.directory.resolve import resolve
from waypost.directory.rows import AddressPoint, Row, SourceRows
from waypost.directory.site import Claim, Survey

NEAR = AddressPoint("list", 2021, "", "12 main st", "dayton", "OH", "45402", 39.75, -84.18)


@pytest.mark.parametrize(
    ("lat", "lon", "yes"),
    [
        (39.75, -84.18, True),
        (-84.18, 39.75, False),  # swapped
        (0.0, 0.0, False),
        (39.75, 84.18, False),  # a sign lost: China
        (41.5, -81.7, False),  # Cleveland
        (91.0, 0.0, False),
        (float("nan"), -84.18, False),
        (39.75, float("inf"), False),
    ],
)
def test_which_coordinates_are_believed(lat: float, lon: float, yes: bool) -> None:
    assert believable(lat, lon, DAYTON) is yes


def made(*rows: Row, book: AddressBook | None = None, areas: Areas = AREAS) -> Assembled:
    """The one site of these rows."""
    resolved = resolve(edition("2024", *rows))
    (record,) = resolved.records.values()
    one = assemble(record, "2024", {"s2024": source()}, book or AddressBook.of([]), areas)
    assert one is not None
    return one


def test_an_address_point_is_exact_and_a_zip_is_not() -> None:
    exact = made(row(), book=AddressBook.of([NEAR])).site
    assert (exact.exact, exact.point.lat) == (True, 39.75)
    assert exact.facts["point"].method == "same street and ZIP"
    about = made(row()).site
    assert (about.exact, about.point) == (False, DAYTON)
    assert about.facts["point"].method == "ZIP centroid"


@pytest.mark.parametrize(("lat", "lon"), [(-84.18, 39.75), (0.0, 0.0), (41.5, -81.7)])
def test_a_row_with_impossible_coordinates_is_placed_by_its_zip(lat: float, lon: float) -> None:
    site = made(row(lat=lat, lon=lon)).site
    assert site.point == DAYTON and not site.exact


def test_a_rows_own_coordinates_are_used() -> None:
    site = made(row(lat=39.75, lon=-84.18)).site
    assert site.exact and site.facts["point"].method == "locator export"


def test_a_zip_that_no_table_holds_is_placed_in_its_town() -> None:
    site = made(row(zip="45499")).site
    assert site.facts["point"].method == "middle of the town"
    assert (site.county, site.timezone, site.exact) == (
        "Montgomery County",
        "America/New_York",
        False,
    )
    (record,) = resolve(edition("2024", row(zip="45499", city="Nowhere"))).records.values()
    assert assemble(record, "2024", {"s2024": source()}, AddressBook.of([]), AREAS) is None


def test_every_claim_is_kept_and_one_of_each_field_is_chosen() -> None:
    both = made(row(), row(2, survey=Survey.MENTAL_HEALTH, name="Harbor Recovery Inc", codes=("MH",)),
                book=AddressBook.of([NEAR]))  # fmt: skip
    fields = {claim.field for claim in both.claims}
    assert fields >= {"name", "address", "phones", "point", "services:SU", "services:MH"}
    for field in fields:
        (chosen,) = [c for c in both.claims if c.field == field and c.chosen]
        assert chosen.source and chosen.method and chosen.as_of and chosen.reason
    assert both.site.codes == {"OIT", "SA", "MH"}
    assert both.site.surveys == set(Survey)


def test_a_program_that_says_nothing_of_its_services_joins_its_own_row() -> None:
    silent = row(2, codes=None, phones=())
    (found,), repeated, _ = group_edition([SourceRows(source(), (row(), silent))])
    assert repeated == 1
    assert found[1] == [row(), silent]
    alone = made(row(codes=None)).site
    assert alone.codes == frozenset() and alone.surveys == frozenset()  # unknown, not absent


def test_agreement_compares_sources_not_rows() -> None:
    def claim(name: str, lat: float, method: str = "same street and ZIP") -> Claim:
        return Claim("point", (lat, -84.19), name, date(2021, 12, 31), method)

    claims = [
        claim("a", 39.75),
        claim("a", 39.80),
        claim("b", 39.75),
        claim("z", 39.0, "ZIP centroid"),
    ]
    assert agreement(claims) == [pytest.approx(0)]
    assert Agreement((1.0, 2.0, 9.0)).median_miles == 2.0
    assert Agreement((1.0, 2.0, 9.0)).percentile_miles(0.95) == 9.0
    assert Agreement(()).median_miles == Agreement(()).percentile_miles(0.5) == 0.0
