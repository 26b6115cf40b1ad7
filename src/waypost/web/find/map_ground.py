"""The ground of a map: land, water, borders and roads, and where names and shields would stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from markupsafe import Markup

from waypost.places.basemap import Basemap, RoadKind
from waypost.places.labels import Label, labels_within
from waypost.places.map_cut import MapSheet, Stretch, cut_lines, cut_rings
from waypost.values.geo import Point
from waypost.web.find.map_frame import HEIGHT, WIDTH, Frame

FINER = 2
"""Steps of a drawn line in one unit of the map."""
ROADS_UNTIL = {RoadKind.OTHER: 0.35, RoadKind.STATE_ROUTE: 0.45, RoadKind.US_ROUTE: 1.3}
"""Miles per unit; from farther away the smaller roads are a net that hides the larger."""
COUNTIES_UNTIL, SMALL_RIVERS_UNTIL = 0.9, 0.6
LARGE_RIVER = 8
SHORTEST_SIGNED = 36
"""Units that a road must run through the map to carry its number there."""
TOWNS = 36
MOST_SHIELDS = 24
ALONG = (0.5, 0.3, 0.7, 0.15, 0.85)
"""Where along a stretch a number may stand, as parts of it."""


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


@lru_cache(maxsize=256)
def ground(basemap: Basemap, frame: Frame) -> Ground:
    """The ground of a frame, drawn once for all who look at it."""
    south, west, north, east = frame.box()
    sheet = MapSheet((south, west, north, east), int(WIDTH) * FINER, int(HEIGHT) * FINER)
    roads = list(_roads(basemap, frame, sheet))
    shapes = [*_land_and_water(basemap, frame, sheet), *(_shape(css, cut) for css, cut in roads)]
    return Ground(
        Markup(  # noqa: S704 - numbers, and the names of our own classes
            f'<g aria-hidden="true" transform="scale({1 / FINER})">{"".join(shapes)}</g>'
        ),
        tuple(_shields(basemap, [cut for _, cut in reversed(roads)])),
        tuple(labels_within(south, west, north, east, limit=TOWNS)),
    )


def _shape(css: str, cut: Stretch) -> str:
    path = cut.path()
    return f'<path class="{css}" d="{path}"/>' if path else ""


def _land_and_water(basemap: Basemap, frame: Frame, sheet: MapSheet) -> Iterator[str]:
    layers, far = basemap.layers, frame.miles_per_unit
    yield _shape("abroad", cut_rings(layers["abroad"], sheet))
    yield _shape("land", cut_rings(layers["coast"], sheet))
    yield _shape("lake", cut_rings(layers["lakes"], sheet))
    rivers = layers["rivers"]
    shown = rivers.ranks <= (100 if far <= SMALL_RIVERS_UNTIL else LARGE_RIVER)
    yield _shape("river", cut_lines(rivers, sheet, shown))
    if far <= COUNTIES_UNTIL:
        yield _shape("county", cut_lines(layers["counties"], sheet))
    yield _shape("state", cut_lines(layers["states"], sheet))


def _roads(basemap: Basemap, frame: Frame, sheet: MapSheet) -> Iterator[tuple[str, Stretch]]:
    """The roads by class, the smallest first, so that the largest lie on top.

    All classes are cut at once and told apart afterward, which is twice as fast (`make bench`).
    """
    roads, far = basemap.layers["roads"], frame.miles_per_unit
    kinds = [k for k in sorted(RoadKind, reverse=True) if far <= ROADS_UNTIL.get(k, np.inf)]
    cut = cut_lines(roads, sheet, roads.ranks <= kinds[0].value)
    ranks = roads.ranks[cut.lines]
    for kind in kinds:
        yield f"road r{kind.value}", cut.only(ranks == kind.value)


def _shields(basemap: Basemap, cuts: list[Stretch]) -> Iterator[Shield]:
    """One shield for each number, with the places where it may stand, the best first: along its
    longest stretch on the map, from the middle outward, then along its other stretches."""
    names = basemap.layers["roads"].names
    spots: dict[int, list[tuple[float, float]]] = {}
    for cut in cuts:
        sizes = np.diff(cut.starts)
        if not len(sizes):
            continue
        steps = np.hypot(np.diff(cut.xs, prepend=0), np.diff(cut.ys, prepend=0))
        steps[cut.starts[:-1]] = 0
        lengths = np.add.reduceat(steps, cut.starts[:-1]) / FINER
        for i in np.argsort(-lengths, kind="stable").tolist():
            name = int(names[cut.lines[i]])
            if lengths[i] < SHORTEST_SIGNED:
                break
            if name < 0 or (name not in spots and len(spots) == MOST_SHIELDS):
                continue
            at_points = (int(cut.starts[i] + part * (sizes[i] - 1)) for part in ALONG)
            spots.setdefault(name, []).extend(
                (float(cut.xs[k]) / FINER, float(cut.ys[k]) / FINER) for k in at_points
            )
    for name, places in spots.items():
        yield _shield(basemap.names[name], tuple(dict.fromkeys(places)))


def _shield(name: str, spots: tuple[tuple[float, float], ...]) -> Shield:
    """ "I-10", "US-62" and "TX-118" have the shield of their system."""
    system, _, number = name.partition("-")
    return Shield({"I": "i", "US": "us"}.get(system, "st"), number, spots)


def at(frame: Frame, point: Point) -> tuple[float, float]:
    """Where a point stands on the map."""
    return frame.xy(point.lat, point.lon)
