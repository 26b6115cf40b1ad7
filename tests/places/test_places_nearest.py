"""The nearest ZIP, beside the plain way: measure the distance to every one."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.places.tables import nearest_zip, zips

ROWS = list(zips().values())


def plainly(lat: float, lon: float, state: str) -> float:
    def degrees(row_lat: float, row_lon: float) -> float:
        east = (row_lon - lon + 180) % 360 - 180
        return math.hypot(row_lat - lat, east * math.cos(math.radians(lat)))

    return min(degrees(r.lat, r.lon) for r in ROWS if not state or r.state == state) * 69.09


@settings(max_examples=60)
@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(["", "TX", "GU", "AK"]))
def test_it_is_as_near_as_measuring_every_one(lat: float, lon: float, state: str) -> None:
    row, miles = nearest_zip(lat, lon, state)
    assert miles == pytest.approx(plainly(lat, lon, state), abs=1e-6)
    assert not state or row.state == state


@pytest.mark.parametrize(
    ("lat", "lon", "near"), [(30.27, -97.74, "787"), (13.45, 144.75, "969"), (51.88, 179.9, "99")]
)
def test_it_is_found_in_town_on_an_island_and_past_the_antimeridian(
    lat: float, lon: float, near: str
) -> None:
    assert nearest_zip(lat, lon)[0].zip.startswith(near)


def test_of_those_that_share_a_point_the_lowest_is_given() -> None:
    first: dict[tuple[float, float], str] = {}
    for row in ROWS:
        first.setdefault((row.lat, row.lon), row.zip)
    shared = [(point, code) for point, code in first.items() if code.startswith("787")]
    assert shared and all(nearest_zip(*point)[0].zip == code for point, code in shared)
