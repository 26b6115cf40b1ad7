"""State and county borders and town names within a box, for a map that we draw ourselves.

Source: us-atlas 2023 (Census Bureau, cartographic boundary files), TopoJSON with shared arcs.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from waypost.places.tables import towns
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


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Stretches of border: all points (lat, lon) in a row, where each stretch starts and the last
    ends, each one's box (south, west, north, east), and whether it bounds a state."""

    points: Path
    starts: npt.NDArray[np.int64]
    boxes: npt.NDArray[np.float64]
    of_states: npt.NDArray[np.bool_]

    def __getitem__(self, i: int) -> Path:
        return self.points[self.starts[i] : self.starts[i + 1]]


@cache
def _arcs() -> _Arcs:
    """Every arc of the map, read at once: a worker's first page waits for it."""
    data = (files("waypost.places") / "data" / "counties-10m.json.gz").read_bytes()
    topology = orjson.loads(gzip.decompress(data))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = topology["arcs"]
    starts = np.zeros(len(arcs) + 1, dtype=np.int64)
    np.cumsum([len(arc) for arc in arcs], out=starts[1:])
    flat = chain.from_iterable(chain.from_iterable(arcs))
    steps = np.fromiter(flat, dtype=np.int64, count=2 * int(starts[-1])).reshape(-1, 2)
    walked = np.cumsum(steps, axis=0)
    # A stretch begins afresh: what the ones before it walked is taken off again.
    before = np.vstack([np.zeros((1, 2), dtype=np.int64), walked[starts[1:-1] - 1]])
    walked -= np.repeat(before, np.diff(starts), axis=0)
    points = np.stack([walked[:, 1] * sy + ty, walked[:, 0] * sx + tx], axis=1)
    low = np.minimum.reduceat(points, starts[:-1])
    high = np.maximum.reduceat(points, starts[:-1])
    of_states = np.zeros(len(arcs), dtype=np.bool_)
    of_states[list(_used(topology["objects"]["states"]))] = True
    return _Arcs(points, starts, np.hstack([low, high]), of_states)


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
    arcs = _arcs()
    boxes = arcs.boxes
    touching = (boxes[:, 0] <= north) & (boxes[:, 2] >= south)
    touching &= (boxes[:, 1] <= east) & (boxes[:, 3] >= west)
    found = []
    for i in np.flatnonzero(touching).tolist():
        kind = "state" if arcs.of_states[i] else "county"
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
    known = [town for town in towns() if town.population]
    return np.array([t.lat for t in known]), np.array([t.lon for t in known])


def labels_within(
    south: float, west: float, north: float, east: float, limit: int = 12
) -> list[Label]:
    """The largest towns of a box, none on top of a larger one."""
    found: list[Label] = []
    gap_lat, gap_lon = (north - south) / 14, (east - west) / 7
    lats, lons = _town_points()
    inside = (lats > south) & (lats < north) & (lons > west) & (lons < east)
    for i in np.flatnonzero(inside).tolist():
        town = towns()[i]
        clear = all(
            abs(o.point.lat - town.lat) > gap_lat or abs(o.point.lon - town.lon) > gap_lon
            for o in found
        )
        if clear:
            found.append(Label(town.name, Point(town.lat, town.lon)))
            if len(found) == limit:
                break
    return found
