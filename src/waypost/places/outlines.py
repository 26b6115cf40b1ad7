"""State and county borders and town names within a box, for a map that we draw ourselves.

Source: us-atlas 2023 (Census Bureau, cartographic boundary files), TopoJSON with shared arcs.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from waypost.places.towns import cities
from waypost.values.geo import Point

Path = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outline:
    """A border: ``kind`` "state" or "county", ``points`` (lat, lon) in degrees."""

    kind: str
    points: list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Label:
    """A town's name and where it stands."""

    name: str
    point: Point


@cache
def _arcs() -> tuple[list[Path], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Arcs as (lat, lon) arrays, their boxes (south, west, north, east), and which bound states."""
    data = (files("waypost.places") / "data" / "counties-10m.json.gz").read_bytes()
    topology = json.loads(gzip.decompress(data))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        steps = np.cumsum(np.asarray(arc, dtype=np.float64), axis=0)
        arcs.append(np.stack([steps[:, 1] * sy + ty, steps[:, 0] * sx + tx], axis=1))
    boxes = np.array([[*a.min(axis=0), *a.max(axis=0)] for a in arcs])
    of_states = np.zeros(len(arcs), dtype=np.bool_)
    of_states[list(_used(topology["objects"]["states"]))] = True
    return arcs, boxes, of_states


def _used(collection: dict[str, Any]) -> Iterator[int]:
    """The arcs that a collection's polygons are made of; ~i means arc i backwards."""
    waiting: list[Any] = [shape.get("arcs", []) for shape in collection["geometries"]]
    while waiting:
        item = waiting.pop()
        if isinstance(item, int):
            yield item if item >= 0 else ~item
        else:
            waiting.extend(item)


def outlines_within(
    south: float, west: float, north: float, east: float, tolerance: float = 0.0
) -> list[Outline]:
    """Borders that touch a box, in degrees, thinned to ``tolerance`` degrees a step."""
    arcs, boxes, of_states = _arcs()
    touching = (boxes[:, 0] <= north) & (boxes[:, 2] >= south)
    touching &= (boxes[:, 1] <= east) & (boxes[:, 3] >= west)
    found = []
    for i in np.flatnonzero(touching):
        kind = "state" if of_states[i] else "county"
        points = _thinned(_clipped(arcs[i], south, west, north, east), tolerance)
        if len(points) > 1:
            found.append(Outline(kind, list(map(tuple, points.tolist()))))
    return found


def _clipped(path: Path, south: float, west: float, north: float, east: float) -> Path:
    """The stretch of a path from the first to the last point near the box."""
    pad_lat, pad_lon = (north - south) * 0.1, (east - west) * 0.1
    inside = (path[:, 0] >= south - pad_lat) & (path[:, 0] <= north + pad_lat)
    inside &= (path[:, 1] >= west - pad_lon) & (path[:, 1] <= east + pad_lon)
    at = np.flatnonzero(inside)
    if not len(at):
        return path
    return path[max(0, at[0] - 1) : at[-1] + 2]


def _thinned(path: Path, tolerance: float) -> Path:
    """The path with one point for each square of ``tolerance`` degrees that it enters."""
    if tolerance <= 0 or len(path) < 3:
        return path
    square = np.floor(path / tolerance)
    kept = np.ones(len(path), dtype=np.bool_)
    kept[1:-1] = (square[1:-1] != square[:-2]).any(axis=1)
    return path[kept]


@cache
def _town_points() -> tuple[Path, Path]:
    """Latitudes and longitudes of the towns whose size is known, the largest first."""
    towns = [city for city in cities() if city.population]
    return np.array([t.lat for t in towns]), np.array([t.lon for t in towns])


def labels_within(
    south: float, west: float, north: float, east: float, limit: int = 12
) -> list[Label]:
    """The largest towns of a box, none on top of a larger one."""
    found: list[Label] = []
    gap_lat, gap_lon = (north - south) / 14, (east - west) / 7
    lats, lons = _town_points()
    inside = (lats > south) & (lats < north) & (lons > west) & (lons < east)
    for i in np.flatnonzero(inside).tolist():
        city = cities()[i]
        clear = all(
            abs(o.point.lat - city.lat) > gap_lat or abs(o.point.lon - city.lon) > gap_lon
            for o in found
        )
        if clear:
            found.append(Label(city.name.split(" (")[0], Point(city.lat, city.lon)))
            if len(found) == limit:
                break
    return found
