"""Town names for a map that we draw ourselves."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.places.labels import labels_within
from waypost.places.tables import towns

AUSTIN = (29.7, -98.5, 30.8, -97.0)


def test_a_box_at_sea_is_empty() -> None:
    assert labels_within(20, -50, 22, -48) == []


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
