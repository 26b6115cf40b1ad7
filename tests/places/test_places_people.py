"""Where the people of a ZIP live: near its towns and addresses, not in the empty middle."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.editions.zip_points import carried_points, people_points, spots_by_zip
from waypost.places.people import Weighted, ZipTowns, flat_miles, geometric_median, zip_towns
from waypost.places.tables import published_middles, towns, zips
from waypost.values.geo import Point, miles_between


@pytest.fixture(scope="module")
def worked_out() -> Mapping[str, ZipTowns]:
    """Every ZIP with its towns."""
    return zip_towns()


@pytest.mark.parametrize(
    ("code", "town", "state"),
    [
        ("99611", "Kenai", "AK"),
        ("82930", "Evanston", "WY"),
        ("82414", "Cody", "WY"),
        ("99901", "Ketchikan", "AK"),
        ("89801", "Elko", "NV"),
        ("86305", "Prescott", "AZ"),
        ("97601", "Klamath Falls", "OR"),
        ("88203", "Roswell", "NM"),
        ("95223", "Arnold", "CA"),
        ("99519", "Anchorage", "AK"),
        ("99701", "Fairbanks", "AK"),
        ("83716", "Boise", "ID"),
        ("85365", "Yuma", "AZ"),
        ("86340", "Sedona", "AZ"),
        ("99557", "Aniak", "AK"),
        ("79843", "Marfa", "TX"),
    ],
)
def test_a_zip_whose_middle_is_empty_country_stands_where_its_people_are(
    code: str, town: str, state: str
) -> None:
    row = zips()[code]
    here = next(t for t in towns() if (t.name, t.state) == (town, state))
    middle = published_middles()[code]
    assert flat_miles(middle.lat, middle.lon, here.lat, here.lon) > 15
    assert flat_miles(row.lat, row.lon, here.lat, here.lon) < 6


@pytest.mark.parametrize("code", ["91345", "91346", "12121", "36065", "18934", "32899", "79938"])
def test_a_town_of_the_same_name_elsewhere_and_a_far_citys_center_do_not_count(code: str) -> None:
    """Mission Hills is two places of California, Melrose two of New York; El Paso is large."""
    middle, row = published_middles()[code], zips()[code]
    assert flat_miles(middle.lat, middle.lon, row.lat, row.lon) < 2


def test_hardly_a_known_address_is_left_far_from_its_zips_point(
    worked_out: Mapping[str, ZipTowns],
) -> None:
    far = [0, 0]
    for code, spots in spots_by_zip(carried_points()).items():
        for lat, lon in spots:
            if code in worked_out and worked_out[code].holds(lat, lon):
                middle, row = published_middles()[code], zips()[code]
                far[0] += flat_miles(lat, lon, middle.lat, middle.lon) > 15
                far[1] += flat_miles(lat, lon, row.lat, row.lon) > 15
    assert far[0] > 250 and far[1] < 10


def test_the_carried_table_is_what_the_carried_files_give(
    worked_out: Mapping[str, ZipTowns],
) -> None:
    spots = spots_by_zip(carried_points())
    some = {code: made for code, made in worked_out.items() if code[-2:] in ("01", "11", "65")}
    again = people_points(some, spots)
    for code in some:
        row, middle = zips()[code], published_middles()[code]
        lat, lon = again.get(code, (middle.lat, middle.lon))
        assert (row.lat, row.lon) == (pytest.approx(lat, abs=1e-4), pytest.approx(lon, abs=1e-4))


def test_a_program_is_found_from_each_of_these_zips(snapshot) -> None:
    """From 99611, Kenai, nothing was found within 25 miles where “Kenai, AK” found two."""
    from waypost.search.index import Query

    for code in ("99611", "82930", "82414", "99901", "89801", "86305", "97601", "88203"):
        row = zips()[code]
        query = Query(lat=row.lat, lon=row.lon, radius_miles=25.0)
        assert snapshot.index.search(query).total > 0, code


def test_a_sum_of_distances_can_be_no_smaller() -> None:
    places = [Weighted(40, -100, 3), Weighted(41, -100, 1), Weighted(40.2, -100.4, 1)]
    assert geometric_median(places) == (pytest.approx(40, abs=1e-3), pytest.approx(-100, abs=1e-3))


PLACES = st.lists(
    st.builds(Weighted, st.floats(39, 40), st.floats(-101, -100), st.sampled_from([0.3, 1.0, 3.0])),
    min_size=1,
    max_size=8,
)


@given(PLACES)
def test_no_step_aside_sums_up_to_less(places: list[Weighted]) -> None:
    """The slow twin: the point found against its neighbors and against each of the places."""
    shorten = math.cos(math.radians(places[0].lat))

    def total(lat: float, lon: float) -> float:
        return sum(w * math.hypot(a - lat, (b - lon) * shorten) for a, b, w in places)

    lat, lon = geometric_median(places)
    asides = [(lat + d, lon + e) for d in (-0.01, 0, 0.01) for e in (-0.01, 0, 0.01)]
    best = min(total(*aside) for aside in [*asides, *((p.lat, p.lon) for p in places)])
    assert total(lat, lon) <= best + 0.01


def test_one_wrong_address_moves_a_zip_little(worked_out: Mapping[str, ZipTowns]) -> None:
    kenai = worked_out["99611"]
    before = kenai.people_point([])
    nudged = kenai.people_point([(before[0] + 0.3, before[1])])
    assert miles_between(Point(*before), Point(*nudged)) < 1
    assert kenai.people_point([(64.8, -147.7)]) == before  # Fairbanks: not in the ZIP at all


def test_how_far_a_zip_reaches(worked_out: Mapping[str, ZipTowns]) -> None:
    assert worked_out["10001"].reach == 6.0  # Manhattan
    assert 6 < worked_out["84057"].reach < 15  # Orem
    assert worked_out["99611"].reach == 40.0  # Kenai
