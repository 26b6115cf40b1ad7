"""Borders and town names for a map that we draw ourselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.places.outlines import labels_within, outlines_within
from waypost.places.tables import towns

AUSTIN = (29.7, -98.5, 30.8, -97.0)


def test_a_box_on_a_state_line_has_its_border() -> None:
    kinds = {outline.kind for outline in outlines_within(40.5, -75.2, 41.5, -74.0)}
    assert kinds == {"state", "county"}


def test_a_box_within_one_state_has_only_counties() -> None:
    assert {outline.kind for outline in outlines_within(*AUSTIN)} == {"county"}


def test_a_box_at_sea_is_empty() -> None:
    assert outlines_within(20, -50, 22, -48) == []
    assert labels_within(20, -50, 22, -48) == []


def test_thinning_leaves_the_ends_and_far_fewer_points() -> None:
    coast = (37.0, -77.5, 39.5, -75.5)  # the Chesapeake Bay
    full = outlines_within(*coast)
    thin = outlines_within(*coast, tolerance=0.1)
    assert len(full) == len(thin)
    for whole, some in zip(full, thin, strict=True):
        assert (whole.points[0], whole.points[-1]) == (some.points[0], some.points[-1])
        assert set(some.points) <= set(whole.points)
    assert sum(len(o.points) for o in thin) < sum(len(o.points) for o in full) * 0.8


def test_the_largest_towns_are_named_and_none_covers_another() -> None:
    labels = labels_within(*AUSTIN, limit=5)
    assert labels[0].name == "Austin"
    assert len(labels) == 5
    for i, a in enumerate(labels):
        for b in labels[:i]:
            apart = abs(a.point.lat - b.point.lat), abs(a.point.lon - b.point.lon)
            assert apart[0] > 1.1 / 14 or apart[1] > 1.5 / 7


@settings(max_examples=60, deadline=None)
@given(st.floats(25, 47), st.floats(-122, -70), st.floats(0.1, 3))
def test_labels_are_what_looking_at_every_town_gives(lat: float, lon: float, size: float) -> None:
    south, west, north, east = lat, lon, lat + size, lon + size
    plain: list[str] = []
    spots: list[tuple[float, float]] = []
    for city in towns():
        inside = south < city.lat < north and west < city.lon < east and city.population
        clear = all(abs(a - city.lat) > size / 14 or abs(o - city.lon) > size / 7 for a, o in spots)
        if inside and clear and len(plain) < 12:
            plain.append(city.name)
            spots.append((city.lat, city.lon))
    assert [label.name for label in labels_within(south, west, north, east)] == plain


@pytest.mark.parametrize("tolerance", [0.0, 0.01, 1.0])
def test_every_border_has_at_least_two_points(tolerance: float) -> None:
    assert all(len(o.points) > 1 for o in outlines_within(24, -125, 50, -66, tolerance))
