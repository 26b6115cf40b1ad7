"""Where a site stands: believable points only, the area where nothing better is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builders import AREAS, DAYTON, edition, row, source
from waypost.directory.address_book import AddressBook
from waypost.directory.areas import Areas
from waypost.directory.assemble import Assembled, assemble
from waypost.directory.choosing import DISAGREE, FAR, OUTVOTED
from waypost.directory.grouping import group_edition
from waypost.directory.locate import Agreement, agreement, on_earth
from waypost.directory.resolve import resolve
from waypost.directory.rows import AddressPoint, Row, SourceRows
from waypost.directory.site import Claim, Survey
from waypost.values.geo import Point

NEAR = AddressPoint("list", 2021, "", "12 main st", "dayton", "OH", "45402", 39.75, -84.18)


_SMALL = replace(AREAS.by_zip["45402"], reach=6.0, anchors=(Point(39.90, -84.19),))
SMALL = Areas({"45402": _SMALL}, {("dayton", "OH"): _SMALL})


@pytest.mark.parametrize(
    ("lat", "lon", "yes"),
    [
        (39.75, -84.18, True),
        (39.83, -84.19, True),  # five miles north
        (39.95, -84.19, True),  # near the middle of the area, far from its people
        (39.67, -84.30, False),  # eight miles off
        (-84.18, 39.75, False),  # swapped
        (39.75, 84.18, False),  # a sign lost: China
        (41.5, -81.7, False),  # Cleveland
    ],
)
def test_what_a_zip_can_hold(lat: float, lon: float, yes: bool) -> None:
    assert SMALL.by_zip["45402"].holds(Point(lat, lon)) is yes


def test_an_address_may_lie_near_its_town_instead() -> None:
    areas = Areas(SMALL.by_zip, {("xenia", "OH"): replace(AREAS.by_zip["45402"],
                                 point=Point(39.68, -83.93), reach=6.0)})  # fmt: skip
    here = Point(39.69, -83.94)
    assert areas.can_hold("45402", "xenia", "OH", here)
    assert not areas.can_hold("45402", "dayton", "OH", here)
    assert areas.can_hold("99999", "nowhere", "OH", here)  # nothing says otherwise


def test_a_place_amid_the_people_of_another_zip_is_of_that_one() -> None:
    """Yelm Highway in Olympia: 14 miles from Yelm, whose ZIP reaches farther, and one from others."""
    wide = {"45402": replace(AREAS.by_zip["45402"], reach=20.0)}
    here = Point(39.92, -84.19)  # eleven miles
    for away, yes in ((0.2, False), (0.9, False), (1.5, True), (11.0, True)):
        areas = Areas(wide, {}, lambda place, away=away: away)
        assert areas.can_hold("45402", "", "OH", here) is yes
        assert areas.can_hold("45402", "", "OH", Point(39.80, -84.19))  # near enough by itself


@pytest.mark.parametrize(
    ("lat", "lon"), [(0.0, 0.0), (91.0, 0.0), (float("nan"), -84.18), (39.75, float("inf"))]
)
def test_coordinates_that_are_none(lat: float, lon: float) -> None:
    assert not on_earth(lat, lon)
    assert on_earth(39.75, -84.18)


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
    assert about.facts["point"].method == "where people of the ZIP live"


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
        claim("z", 39.0, "where people of the ZIP live"),
    ]
    assert agreement(claims) == [pytest.approx(0)]
    assert Agreement((1.0, 2.0, 9.0)).median_miles == 2.0
    assert Agreement((1.0, 2.0, 9.0)).percentile_miles(0.95) == 9.0
    assert Agreement(()).median_miles == Agreement(()).percentile_miles(0.5) == 0.0


def spot(name: str, lat: float, lon: float = -84.19, year: int = 2021) -> AddressPoint:
    """A list's point of 12 Main Street."""
    return AddressPoint(name, year, "", "12 main st", "dayton", "OH", "45402", lat, lon)


def point_claims_of(made: Assembled) -> dict[str, str]:
    """The method of each list's claim to the point."""
    return {c.source: c.method for c in made.claims if c.field == "point"}


def test_a_newer_list_does_not_win_with_a_point_of_another_town() -> None:
    """Ashland, Kentucky: the newest list stands 27 miles away, an older one at the right place."""
    book = AddressBook.of([spot("newer", 39.40, year=2021), spot("older", 39.75, year=2020)])
    one = made(row(), book=book, areas=SMALL)
    assert one.site.exact and one.site.point.lat == 39.75
    assert point_claims_of(one) == {
        "points-newer": FAR,
        "points-older": "same street and ZIP",
        "zip-people": "where people of the ZIP live",
    }


def test_a_single_point_far_from_zip_and_town_is_not_believed() -> None:
    """Orem, Utah: one list, 27 miles off; the site stands about where its ZIP's people live."""
    one = made(row(), book=AddressBook.of([spot("only", 39.40)]), areas=SMALL)
    assert not one.site.exact and one.site.point == DAYTON
    assert point_claims_of(one)["points-only"] == FAR


def test_where_the_surest_rule_finds_only_far_points_the_next_one_is_asked() -> None:
    near = AddressPoint("other", 2020, "", "14 main st", "dayton", "OH", "45402", 39.75, -84.19)
    one = made(row(), book=AddressBook.of([spot("only", 39.40), near]), areas=SMALL)
    assert one.site.facts["point"].method == "same street, number nearby"
    assert not one.site.exact and one.site.point.lat == 39.75


def test_the_place_for_which_more_lists_speak_is_taken() -> None:
    lists = [spot("a", 39.7601), spot("b", 39.7605), spot("c", 39.82, year=2025)]
    one = made(row(), book=AddressBook.of(lists), areas=SMALL)
    assert one.site.exact and one.site.point.lat in (39.7601, 39.7605)
    assert point_claims_of(one)["points-c"] == OUTVOTED


def test_a_list_that_repeats_anothers_finding_does_not_count_twice() -> None:
    lists = [spot("a", 39.82), spot("b", 39.82), spot("c", 39.765)]
    one = made(row(), book=AddressBook.of(lists), areas=SMALL)
    assert not one.site.exact and one.site.point.lat == 39.765  # the nearest to the ZIP, about
    assert one.site.facts["point"].method == DISAGREE
    assert point_claims_of(one)["points-a"] == point_claims_of(one)["points-b"] == OUTVOTED


def test_lists_that_agree_within_two_miles_stay_exact() -> None:
    one = made(row(), book=AddressBook.of([spot("a", 39.76), spot("b", 39.78)]), areas=SMALL)
    assert one.site.exact and {OUTVOTED, DISAGREE}.isdisjoint(point_claims_of(one).values())


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 0, 2]], ids=["abc", "cba", "bac"])
def test_the_order_of_lists_decides_nothing(order: list[int]) -> None:
    lists = [spot("a", 39.82), spot("b", 39.70), spot("c", 39.765)]
    one = made(row(), book=AddressBook.of([lists[i] for i in order]), areas=SMALL)
    assert (one.site.point.lat, one.site.facts["point"].source) == (39.765, "points-c")


def test_an_operators_list_brings_its_point_but_no_name_and_no_address() -> None:
    listed = row(2, name="HARBOR RECOVERY HOLDINGS LLC", lat=39.75, lon=-84.18, codes=None,
                 phones=(), website="harbor.example", method="listed elsewhere")  # fmt: skip
    resolved = resolve(edition("2024", row()), [SourceRows(source("2026", "list"), (listed,))])
    (record,) = resolved.records.values()
    sources = {"s2024": source(), "s2026": source("2026", "s")}
    record.extra[:] = [replace(listed, source="s2026")]
    one = assemble(record, "2024", sources, AddressBook.of([]), AREAS)
    assert one is not None
    assert (one.site.name, one.site.street) == ("Harbor Recovery", "12 Main Street")
    assert one.site.exact and one.site.facts["point"].method == "listed elsewhere"
    assert one.site.website == "http://harbor.example"
