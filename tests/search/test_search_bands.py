"""Blocks that a circle touches: none that holds a row inside it is left out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.search.bands import BLOCK, band_starts, block_spans, order_rows
from waypost.search.earth import (
    chord_squared,
    longitude_reach,
    miles_from,
    miles_of_chord_squared,
)
from waypost.search.index import build_index
from waypost.search.reach import blocks_near, within
from waypost.values.geo import Point, miles_between

lats = st.floats(-90, 90)
lons = st.floats(-180, 180)
radii = st.floats(0.01, 12_000)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), lats, lons, radii)
def test_no_row_in_reach_lies_outside_the_spans(
    seed: int, lat: float, lon: float, miles: float
) -> None:
    rng = np.random.default_rng(seed)
    some_lats = np.clip(rng.normal(lat, 20, 300), -90, 90)
    some_lons = (rng.normal(lon, 60, 300) + 180) % 360 - 180
    order = order_rows(some_lats, some_lons)
    some_lats, some_lons = some_lats[order], some_lons[order]
    spans = block_spans(band_starts(some_lats), some_lons, lat, lon, miles)
    assert all(a < b for a, b in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    rows = np.flatnonzero(miles_from(lat, lon, some_lats, some_lons) <= miles)
    covered = {block for a, b in spans for block in range(a, b)}
    assert {int(row) // BLOCK for row in rows} <= covered


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), lats, lons, radii)
def test_within_is_what_measuring_every_row_gives(
    seed: int, lat: float, lon: float, miles: float
) -> None:
    rng = np.random.default_rng(seed)
    spread = rng.choice([0.05, 1.0, 30.0])
    some_lats = np.clip(rng.normal(lat, spread, 200), -90, 90)
    some_lons = (rng.normal(lon, spread, 200) + 180) % 360 - 180
    index = build_index(some_lats, some_lons, {"g": ("g:a",)}, [()] * 200)
    blocks = blocks_near(index, lat, lon, miles)
    bits = np.unpackbits(
        within(index, lat, lon, miles, blocks).view(np.uint8), bitorder="little"
    ).reshape(-1, BLOCK)
    rows = {
        int(b) * BLOCK + i
        for b, line in zip(blocks, bits, strict=True)
        for i in np.flatnonzero(line).tolist()
    }
    true = np.flatnonzero(miles_from(lat, lon, index.lats, index.lons) <= miles)
    assert {row for row in rows if row < index.size} == set(true.tolist())


@given(lats, lons, lats, lons)
def test_many_distances_equal_one_distance(a: float, b: float, c: float, d: float) -> None:
    many = miles_from(a, b, np.array([c]), np.array([d]))
    assert many[0] == pytest.approx(miles_between(Point(a, b), Point(c, d)), abs=1e-6)


@given(st.floats(0, 12_436))
def test_a_chord_and_its_miles_are_the_same_thing(miles: float) -> None:
    assert miles_of_chord_squared(chord_squared(miles)) == pytest.approx(miles, abs=1e-3)


def test_a_circle_over_a_pole_spans_all_longitudes() -> None:
    assert longitude_reach(89.9, 25) == 180
    assert longitude_reach(0, 69.1) == pytest.approx(1.0, rel=1e-3)
    assert longitude_reach(60, 69.1) == pytest.approx(2.0, rel=1e-3)
