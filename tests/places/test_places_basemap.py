"""The ground of the map: what a cut holds is what looking at every step of every line gives."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.places.basemap import (
    DEGREE,
    LAYERS,
    Layer,
    carried_basemap,
    joined,
    pack,
    unpack,
    with_roads,
)
from waypost.places.map_cut import EDGE, MapSheet, Stretch, cut_lines, cut_rings

CARRIED = carried_basemap()
PLACES = {
    "El Paso": (31.76, -106.49), "Manhattan": (40.76, -73.98), "Alpine": (30.36, -103.66), "Anchorage": (61.2, -149.9),
    "Honolulu": (21.31, -157.86), "San Juan": (18.42, -66.07), "Denver": (39.74, -104.99),
}  # fmt: skip


def sheet(lat: float, lon: float, degrees: float = 0.4) -> MapSheet:
    return MapSheet((lat - degrees, lon - degrees, lat + degrees, lon + degrees), 800, 800)


def layer(*lines: list[tuple[int, int]]) -> Layer:
    sizes = [len(line) for line in lines]
    return Layer(
        np.array([p for line in lines for p in line], dtype=np.int32),
        np.array([0, *np.cumsum(sizes)], dtype=np.int64),
        np.zeros(len(lines), dtype=np.int8),
        np.full(len(lines), -1, dtype=np.int16),
    )


def steps(cut: Stretch) -> set[tuple[int, int, int, int]]:
    """Every step that a cut draws."""
    found = set()
    for first, end in zip(cut.starts[:-1].tolist(), cut.starts[1:].tolist(), strict=True):
        for i in range(first + 1, end):
            found.add((int(cut.xs[i - 1]), int(cut.ys[i - 1]), int(cut.xs[i]), int(cut.ys[i])))
    return found


points = st.lists(
    st.tuples(st.integers(29_000, 33_000), st.integers(-108_000, -104_000)), min_size=2, max_size=90
)


@settings(max_examples=80, deadline=None)
@given(st.lists(points, min_size=1, max_size=5), st.floats(30, 32), st.floats(-107, -105))
def test_a_cut_of_lines_has_every_step_that_may_be_seen_and_no_other(
    lines: list[list[tuple[int, int]]], lat: float, lon: float
) -> None:
    made, page = layer(*lines), sheet(lat, lon)
    seen = set()
    for line in lines:
        xs, ys = page.xy(np.array(line, dtype=np.int32))
        for a, b, x, y in zip(
            xs[:-1].tolist(), ys[:-1].tolist(), xs[1:].tolist(), ys[1:].tolist(), strict=True
        ):
            if (
                max(a, x) >= 0
                and min(a, x) <= 800
                and max(b, y) >= 0
                and min(b, y) <= 800
                and (a, b) != (x, y)
            ):
                seen.add((a, b, x, y))
    assert steps(cut_lines(made, page)) == seen


def inside(xs: list[int], ys: list[int], x: float, y: float) -> bool:
    """Even-odd: whether a ring holds a point."""
    odd = False
    for i in range(len(xs)):
        a, b, c, d = xs[i - 1], ys[i - 1], xs[i], ys[i]
        if (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a:
            odd = not odd
    return odd


@settings(max_examples=80, deadline=None)
@given(points, st.floats(30, 32), st.floats(-107, -105), st.integers(0, 9))
def test_a_cut_ring_fills_what_the_whole_ring_fills(
    ring: list[tuple[int, int]], lat: float, lon: float, seed: int
) -> None:
    made, page = layer([*ring, ring[0]]), sheet(lat, lon)
    cut = cut_rings(made, page)
    xs, ys = page.xy(made.points)
    rng = np.random.default_rng(seed)
    for x, y in (rng.random((25, 2)) * 800 + 0.123).tolist():
        whole = inside(xs.tolist(), ys.tolist(), x, y)
        assert inside(cut.xs.tolist(), cut.ys.tolist(), x, y) == whole


@pytest.mark.parametrize("place", PLACES)
def test_what_is_cut_is_small_and_stays_about_the_sheet(place: str) -> None:
    page, total = sheet(*PLACES[place]), ""
    for name in LAYERS:
        ring = name in ("coast", "abroad", "lakes")
        cut = (cut_rings if ring else cut_lines)(CARRIED.layers[name], page)
        total += cut.path()
        if ring and len(cut.xs):
            beside = (cut.xs < -EDGE) | (cut.xs > 800 + EDGE)
            assert beside.mean() < 0.2  # only the ends of steps that are seen
    assert 300 < len(total) < 45_000
    assert re.fullmatch(r"(M-?\d+ -?\d+l(-?\d+ -?\d+ ?)+)+", total)


@pytest.mark.parametrize(
    ("lat", "lon", "numbers"),
    [
        (31.76, -106.49, {"I-10", "US-54"}), (40.76, -73.98, {"I-95", "I-495"}), (30.36, -103.66, {"US-90", "TX-118"}),
        (61.2, -149.9, {"AK-1"}), (39.74, -104.99, {"I-25", "I-70"}), (21.31, -157.86, {"HI-61"}),
    ],
)  # fmt: skip
def test_a_map_holds_the_roads_that_one_would_name(
    lat: float, lon: float, numbers: set[str]
) -> None:
    roads = CARRIED.layers["roads"]
    cut = cut_lines(roads, sheet(lat, lon))
    named = {CARRIED.names[n] for n in roads.names[cut.lines].tolist() if n >= 0}
    assert numbers <= named


@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [(31.9, -106.4, True), (39.7, -105.0, True), (21.1, -157.8, False), (40.3, -73.5, False), (25.0, -90.0, False), (71.2, -156.5, True)],
)  # fmt: skip
def test_land_is_land_and_sea_is_sea(lat: float, lon: float, land: bool) -> None:
    cut = cut_rings(CARRIED.layers["coast"], sheet(lat, lon, 0.05))
    odd = False
    for first, end in zip(cut.starts[:-1].tolist(), cut.starts[1:].tolist(), strict=True):
        odd ^= inside(cut.xs[first:end].tolist(), cut.ys[first:end].tolist(), 400.5, 400.5)
    assert odd is land


def test_a_map_lies_across_the_antimeridian() -> None:
    west = cut_lines(
        layer([(52_000, 179_900), (52_000, -179_900 + 360_000)]), sheet(52.0, 180.0, 0.3)
    )
    assert len(west.xs) == 2 and west.xs.min() >= 0 and west.xs.max() <= 800
    split = layer([(52_000, 179_850), (52_000, 179_950)], [(52_000, -179_950), (52_000, -179_850)])
    assert len(cut_lines(split, sheet(52.0, 180.0, 0.3)).starts) == 3


def test_packing_loses_nothing(tmp_path: Path) -> None:
    made = layer(
        [(1, 2), (3, 4), (-5, 6)], [(50 * DEGREE, -120 * DEGREE), (50 * DEGREE + 1, -120 * DEGREE)]
    )
    pack(tmp_path / "x.npz", {"roads": made}, ("I-10",))
    read = unpack(tmp_path / "x.npz")
    assert read.names == ("I-10",)
    assert read.layers["roads"].points.tolist() == made.points.tolist()
    assert read.layers["roads"].starts.tolist() == made.starts.tolist()
    both = with_roads(CARRIED, read)
    assert both.layers["coast"] is CARRIED.layers["coast"] and both.names == ("I-10",)


def test_layers_cut_at_once_and_told_apart_are_those_cut_one_by_one() -> None:
    keys = ("rivers", "counties", "states", "roads")
    layers = {key: CARRIED.layers[key] for key in keys}
    ranks = {key: np.full(len(layers[key].ranks), i, dtype=np.int8) for i, key in enumerate(keys)}
    whole = joined(layers, ranks)
    for box in (
        (31.5, -106.9, 32.0, -106.1),
        (40.6, -74.1, 40.9, -73.8),
        (60.9, -150.5, 61.4, -149.3),
    ):
        sheet = MapSheet(box, 800, 600)
        cut = cut_lines(whole, sheet)
        alone = [cut_lines(layer, sheet) for layer in layers.values()]
        paths = cut.paths(whole.ranks[cut.lines], len(keys))
        assert paths == [lines.path() for lines in alone] and paths[-1]
        assert cut.lines.size == sum(lines.lines.size for lines in alone)
        roads = cut.lines[whole.ranks[cut.lines] == keys.index("roads")]
        assert whole.names[roads].tolist() == layers["roads"].names[alone[-1].lines].tolist()
