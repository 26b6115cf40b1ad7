"""Find care on the published directory, beside its twin: real sites, real services."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from twins import navigation_twin as twin
from waypost.directory.facets import FACETS, Join, option
from waypost.directory.site import Site
from waypost.navigation.find_care import FEW, find_care
from waypost.navigation.need import WISHES, Need, Sort, tidy
from waypost.places.place import Found
from waypost.publishing.reader import Snapshot
from waypost.values.geo import Point

NOW = datetime(2026, 3, 1, tzinfo=UTC)

NEEDS = {
    "Medicaid near Austin": Need(
        "78701", choices=tidy({"level": ["iop"], "payment": ["medicaid"]})
    ),
    "nearest to Adak": Need("99546", radius_miles=None),
    "Guam, any level": Need("96910", choices=()),
    "all of Vermont by name": Need("Vermont", sort=Sort.NAME),
    "a county, best fit": Need(
        "Cook County, IL",
        choices=tidy({"level": ["iop"], "payment": ["medicaid", "private"], "group": ["women"]}),
        sort=Sort.BEST,
    ),
    "any of two, none of one, page 2": Need(
        "10001",
        choices=tidy({"level": ["iop", "php"], "language": ["spanish"]}),
        without=("payment:no-charge",),
        page=2,
        page_size=5,
    ),
    "a name with an error": Need("Texas", text="recovry", choices=()),
}


@pytest.fixture(scope="module")
def sites(snapshot: Snapshot) -> list[Site]:
    return snapshot.sites(range(snapshot.index.size))


@pytest.mark.parametrize("name", NEEDS)
def test_find_care_on_the_real_directory_equals_its_twin(
    name: str, snapshot: Snapshot, sites: list[Site]
) -> None:
    need = NEEDS[name]
    answer = find_care(snapshot, need, NOW)
    assert isinstance(answer.resolution, Found)
    expected = twin.find_care(sites, need, answer.place, NOW)
    assert [o.site.id for o in answer.options] == expected.ids
    assert [o.miles for o in answer.options] == pytest.approx(expected.miles, abs=1e-6)
    assert answer.total == expected.total > 0
    assert dict(answer.counts) == expected.counts
    shown = [[(r.column, r.standing.value) for r in o.reasons] for o in answer.options]
    assert shown == expected.reasons


def by_vectors(a: Point, b: Point) -> float:
    """Great-circle miles from the angle between two vectors: another formula than the engine's."""

    def vector(p: Point) -> tuple[float, float, float]:
        phi, lam = math.radians(p.lat), math.radians(p.lon)
        return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)

    (ax, ay, az), (bx, by, bz) = vector(a), vector(b)
    cross = math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)
    return math.atan2(cross, ax * bx + ay * by + az * bz) * 3958.7613


@pytest.mark.parametrize(
    "place",
    ["51.9,179.9", "Adak, AK", "Utqiagvik, AK", "96910", "96799", "99950", "78701", "00901"],
)
def test_distances_are_right_to_a_tenth_of_a_percent_everywhere(
    place: str, snapshot: Snapshot, sites: list[Site]
) -> None:
    """The Aleutians across the antimeridian, Guam and Samoa beyond it, the Arctic, the Caribbean."""
    answer = find_care(snapshot, Need(place, radius_miles=None, choices=(), page_size=200), NOW)
    assert answer.place is not None and len(answer.options) == 200
    for found in answer.options:
        expected = by_vectors(answer.place.point, found.site.point)
        assert found.miles == pytest.approx(expected, rel=1e-3, abs=1e-3)
    nearest = min(by_vectors(answer.place.point, s.point) for s in sites)
    assert answer.options[0].miles == pytest.approx(nearest, rel=1e-3, abs=1e-3)


def pages(snapshot: Snapshot, need: Need) -> Iterator[str]:
    first = find_care(snapshot, need, NOW)
    for page in range(1, first.pages + 1):
        answer = find_care(snapshot, Need(need.place, sort=need.sort, page=page), NOW)
        yield from (option.site.id for option in answer.options)


@pytest.mark.parametrize("sort", Sort)
def test_the_pages_hold_every_program_once_and_the_total_is_true(
    sort: Sort, snapshot: Snapshot
) -> None:
    need = Need("60601", sort=sort)
    shown = list(pages(snapshot, need))
    assert len(shown) == len(set(shown)) == find_care(snapshot, need, NOW).total > 40


@pytest.mark.parametrize(
    "need",
    [
        Need("85003", choices=tidy({"level": ["iop"], "payment": ["medicaid"]})),
        Need("Ohio", choices=tidy({"payment": ["private"], "language": ["spanish", "sign"]})),
        Need("98101", radius_miles=None, text="recovery", without=("payment:no-charge",)),
    ],
)
def test_every_count_is_what_choosing_it_finds(need: Need, snapshot: Snapshot) -> None:
    """Every option of every facet, one by one: beside any others where all of them must be
    offered, in place of them where one is enough."""
    chosen_now = dict(need.choices)
    counts = find_care(snapshot, need, NOW).counts
    options = [option for facet in FACETS for option in facet.options]
    assert set(counts) == {option.column for option in options}
    for one in options:
        if one.column in need.without:
            assert counts[one.column] == 0
            continue
        beside = chosen_now.get(one.facet, ()) if need.joins(one.facet) is Join.ALL else ()
        asked = need.with_choices(one.facet, sorted({*beside, one.key}))
        chosen = find_care(snapshot, asked, NOW)
        if one.facet in WISHES:  # it hides nothing; its count is of those that say so themselves
            assert chosen.total == find_care(snapshot, need, NOW).total
            continue
        assert chosen.total == counts[one.column], one.column


def test_any_of_two_finds_what_either_finds(snapshot: Snapshot, sites: list[Site]) -> None:
    need = Need("Ohio", choices=tidy({"level": ["iop"], "payment": ["medicaid", "cash"]}))
    one, other = (
        find_care(snapshot, need.with_choices("payment", [key]), NOW).total
        for key in ("medicaid", "cash")
    )
    total = find_care(snapshot, need, NOW).total
    codes = {key: option(f"payment:{key}").codes for key in ("medicaid", "cash")}
    iops = [s for s in sites if s.state == "OH" and "OIT" in s.codes]
    both = sum(all(codes[key] & s.codes for key in codes) for s in iops)
    assert total == one + other - both > max(one, other)


@pytest.mark.parametrize(
    "typed", ["c", "re", "st", "center", "health serv", "recovry", "hazelden", "bethesda"]
)
def test_a_name_is_found_in_the_whole_directory(
    typed: str, snapshot: Snapshot, sites: list[Site]
) -> None:
    expected = sum(twin.named(s, typed) for s in sites)
    assert find_care(snapshot, Need(text=typed, choices=()), NOW).total == expected > 0


@pytest.mark.parametrize("county", ["Hartford", "New Haven", "Fairfield", "Windham"])
def test_connecticuts_old_counties_still_find_what_is_near(county: str, snapshot: Snapshot) -> None:
    """Its sites lie in the planning regions of 2022, which nobody names in an address."""
    answer = find_care(snapshot, Need(f"{county} County, CT"), NOW)
    assert answer.total > 0
    assert {option.site.state for option in answer.options} & {"CT"}


def test_few_results_offer_changes_with_true_counts(snapshot: Snapshot) -> None:
    need = Need("59715", radius_miles=10, choices=tidy({"level": ["iop"], "language": ["spanish"]}))
    answer = find_care(snapshot, need, NOW)
    assert answer.total < FEW
    assert answer.changes
    for change in answer.changes:
        assert find_care(snapshot, change.need, NOW).total == change.total > 0
