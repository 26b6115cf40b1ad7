"""The ground of a map: land, water, borders and roads, and where names and shields would stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from waypost.places.basemap import Basemap, Layer, RoadKind, joined
from waypost.places.labels import Label, labels_within
from waypost.places.map_cut import MapSheet, Stretch, cut_lines, cut_rings
from waypost.web.find.map_frame import HEIGHT, WIDTH, Frame

FINER = 2
"""Steps of a drawn line in one unit of the map."""
LARGE_RIVER = 8
SHORTEST_SIGNED = 36
"""Units that a road must run through the map to carry its number there."""
TOWNS = 36
MOST_SHIELDS = 24
_ALONG = np.array((50, 30, 70, 15, 85))
"""Where along a stretch a number may stand, in hundredths of it."""


@dataclass(frozen=True, slots=True)
class Shield:
    """A road's number and where it may stand, the best first: ``kind`` is "i", "us" or "st"."""

    kind: str
    text: str
    spots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What is drawn under everything, and what may be named on it, the most important first."""

    shapes: Markup
    shields: tuple[Shield, ...]
    towns: tuple[Label, ...]


RINGS = {"abroad": "abroad", "coast": "land", "lakes": "lake"}
"""The layers that are filled, with their classes in the style sheet, in the order of drawing."""


class Kind(IntEnum):
    """What a drawn line is, in the order of drawing: the largest roads lie on top."""

    RIVER = 0
    STREAM = 1
    COUNTY = 2
    STATE = 3
    OTHER_ROAD = 4
    STATE_ROUTE = 5
    US_ROUTE = 6
    FREEWAY = 7


CLASSES = ("river", "county", "state", "road r4", "road r3", "road r2", "road r1")
_CLASS_OF_KIND = np.array([0, 0, 1, 2, 3, 4, 5, 6])
_UNTIL = np.array([np.inf, 0.6, 0.9, np.inf, 0.35, 0.45, 1.3, np.inf])
"""Of each kind the farthest map that shows it, in miles per unit; from farther away the smaller
roads are a net that hides the larger."""


@dataclass(frozen=True, slots=True)
class DrawnLayers:
    """All of a basemap's lines as one layer, and all of its rings: each is cut at once and its
    classes told apart afterward, which takes half the time (`make bench`, map)."""

    lines: Layer
    rings: Layer


@lru_cache(maxsize=4)
def drawn_layers(basemap: Basemap) -> DrawnLayers:
    """The layers of a basemap as they are drawn: lines ranked by `Kind`, rings by their order."""
    layers = basemap.layers
    rivers = np.where(layers["rivers"].ranks <= LARGE_RIVER, Kind.RIVER, Kind.STREAM)
    kinds = {
        "rivers": rivers,
        "counties": np.full(len(layers["counties"].ranks), Kind.COUNTY),
        "states": np.full(len(layers["states"].ranks), Kind.STATE),
        "roads": Kind.FREEWAY + RoadKind.FREEWAY - layers["roads"].ranks,
    }
    orders = {key: np.full(len(layers[key].ranks), i) for i, key in enumerate(RINGS)}
    return DrawnLayers(
        joined({key: layers[key] for key in kinds}, kinds),
        joined({key: layers[key] for key in RINGS}, orders),
    )


@lru_cache(maxsize=256)
def ground(basemap: Basemap, frame: Frame) -> Ground:
    """The ground of a frame, drawn once for all who look at it."""
    south, west, north, east = frame.box()
    sheet = MapSheet((south, west, north, east), int(WIDTH) * FINER, int(HEIGHT) * FINER)
    layers = drawn_layers(basemap)
    lines = cut_lines(layers.lines, sheet, _shown(basemap, frame.miles_per_unit))
    kinds = layers.lines.ranks[lines.lines]
    shapes = [*_filled(layers.rings, sheet), *_stroked(lines, kinds)]
    return Ground(
        Markup(  # noqa: S704 - numbers, and the names of our own classes
            f'<g aria-hidden="true" transform="scale({1 / FINER})">{"".join(shapes)}</g>'
        ),
        tuple(_shields(basemap, layers.lines, lines, kinds)),
        tuple(labels_within(south, west, north, east, limit=TOWNS)),
    )


def _shown(basemap: Basemap, far: float) -> npt.NDArray[np.bool_]:
    """Which lines a map of this scale shows."""
    shown: tuple[bool, ...] = tuple((far <= _UNTIL).tolist())
    return _lines_of(basemap, shown)


@lru_cache(maxsize=32)
def _lines_of(basemap: Basemap, shown: tuple[bool, ...]) -> npt.NDArray[np.bool_]:
    lines: npt.NDArray[np.bool_] = np.array(shown)[drawn_layers(basemap).lines.ranks]
    return lines


def _filled(rings: Layer, sheet: MapSheet) -> Iterator[str]:
    cut = cut_rings(rings, sheet)
    paths = cut.paths(rings.ranks[cut.lines], len(RINGS))
    return (_shape(css, path) for css, path in zip(RINGS.values(), paths, strict=True))


def _stroked(lines: Stretch, kinds: npt.NDArray[np.integer]) -> Iterator[str]:
    paths = lines.paths(_CLASS_OF_KIND[kinds], len(CLASSES))
    return (_shape(css, path) for css, path in zip(CLASSES, paths, strict=True))


def _shape(css: str, path: str) -> str:
    return f'<path class="{css}" d="{path}"/>' if path else ""


def _shields(
    basemap: Basemap, layer: Layer, lines: Stretch, kinds: npt.NDArray[np.integer]
) -> Iterator[Shield]:
    """One shield for each number, with the places where it may stand, the best first: along its
    longest stretch on the map, from the middle outward, then along its other stretches."""
    if not len(lines.lines):
        return
    names = layer.names[lines.lines]
    lengths = _lengths(lines)
    # The largest roads first and of a class the longest.
    order = np.lexsort((-lengths, -kinds))
    order = order[(lengths[order] >= SHORTEST_SIGNED) & (names[order] >= 0)]
    first, sizes = lines.starts[order], np.diff(lines.starts)[order]
    along = first[:, None] + _ALONG * (sizes[:, None] - 1) // 100
    xs, ys = (lines.xs[along] / FINER).tolist(), (lines.ys[along] / FINER).tolist()
    spots: dict[int, list[tuple[float, float]]] = {}
    for i, name in enumerate(names[order].tolist()):
        if name in spots or len(spots) < MOST_SHIELDS:
            spots.setdefault(name, []).extend(zip(xs[i], ys[i], strict=True))
    for name, places in spots.items():
        yield _shield(basemap.names[name], tuple(dict.fromkeys(places)))


def _lengths(lines: Stretch) -> npt.NDArray[np.float64]:
    """How long each line is on the map, in its units."""
    steps = np.zeros(len(lines.xs))
    steps[1:] = np.hypot(lines.xs[1:] - lines.xs[:-1], lines.ys[1:] - lines.ys[:-1])
    steps[lines.starts[:-1]] = 0
    lengths: npt.NDArray[np.float64] = np.add.reduceat(steps, lines.starts[:-1]) / FINER
    return lengths


def _shield(name: str, spots: tuple[tuple[float, float], ...]) -> Shield:
    """ "I-10", "US-62" and "TX-118" have the shield of their system."""
    system, _, number = name.partition("-")
    return Shield({"I": "i", "US": "us"}.get(system, "st"), number, spots)
