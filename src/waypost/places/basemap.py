"""The ground of our own map: main roads with their numbers, water, land, borders.

Everything is in the package, packed, and then in memory: a map is cut without a request to anyone.
A line is stored as points in thousandths of a degree (about 350 feet); every 32 points have their
own box, so that a cut looks only at what its box touches.

Source: public domain; `data/NOTICE.md` names each publisher. Roads are from the 1990s, as the page
says; an operator may replace them with newer ones (`waypost sources roads`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
DEGREE = 1000
"""Units of a stored coordinate in a degree."""
ROADS_FILE = "roads.npz"
"""In a data folder: an operator's own roads, in place of the carried ones."""
PIECE = 32
"""Points that share a box."""
LAYERS = ("roads", "coast", "abroad", "lakes", "rivers", "states", "counties")


class RoadKind(IntEnum):
    """What sort of road a line is."""

    FREEWAY = 1
    US_ROUTE = 2
    STATE_ROUTE = 3
    OTHER = 4


@dataclass(frozen=True)
class Layer:
    """Lines of one kind: all points (lat, lon) in a row, where each line starts and the last ends.

    ``ranks`` is a road's kind or a river's rank, 0 elsewhere; ``names`` is the place of a line's
    name in the basemap's list, -1 where it has none.
    """

    points: Ints
    starts: npt.NDArray[np.int64]
    ranks: npt.NDArray[np.int8]
    names: npt.NDArray[np.int16]

    @cached_property
    def pieces(self) -> npt.NDArray[np.int64]:
        """Where each piece starts, and one past the last point."""
        counts = self._pieces_of_line
        before = np.cumsum(counts) - counts
        inner = np.arange(counts.sum()) - np.repeat(before, counts)
        return np.append(np.repeat(self.starts[:-1], counts) + PIECE * inner, self.starts[-1])

    @cached_property
    def _pieces_of_line(self) -> npt.NDArray[np.int64]:
        counts: npt.NDArray[np.int64] = -(-np.diff(self.starts) // PIECE)
        return counts

    @cached_property
    def line_of_piece(self) -> npt.NDArray[np.int64]:
        """The line that each piece belongs to."""
        return np.repeat(np.arange(len(self.starts) - 1), self._pieces_of_line)

    @cached_property
    def line_boxes(self) -> Ints:
        """South, west, north, east of each whole line."""
        firsts = np.cumsum(self._pieces_of_line) - self._pieces_of_line
        low = np.minimum.reduceat(self.boxes[:2], firsts, axis=1)
        boxes: Ints = np.vstack([low, np.maximum.reduceat(self.boxes[2:], firsts, axis=1)])
        return boxes

    @cached_property
    def boxes(self) -> Ints:
        """South, west, north, east of each piece and of the step that leads out of it."""
        first, last = self.pieces[:-1], self.pieces[1:]
        low = np.minimum.reduceat(self.points, first)
        high = np.maximum.reduceat(self.points, first)
        ends = np.minimum(last, self.starts[self.line_of_piece + 1] - 1)
        low = np.minimum(low, self.points[ends])
        high = np.maximum(high, self.points[ends])
        boxes: Ints = np.ascontiguousarray(np.hstack([low, high]).T)
        return boxes


def touching(boxes: Ints, box: tuple[float, float, float, float]) -> npt.NDArray[np.intp]:
    """Which of these boxes a box (south, west, north, east in degrees) touches."""
    south, west = (math.floor(DEGREE * edge) for edge in box[:2])
    north, east = (math.ceil(DEGREE * edge) for edge in box[2:])
    near = np.flatnonzero((boxes[0] <= north) & (boxes[2] >= south))
    touched: npt.NDArray[np.intp] = near[(boxes[1, near] <= east) & (boxes[3, near] >= west)]
    return touched


def joined(layers: Mapping[str, Layer], ranks: Mapping[str, npt.NDArray[np.int8]]) -> Layer:
    """Layers one after another as a single one, their lines ranked anew; only roads keep names.

    Cutting one layer out of a map takes about as long as cutting all of them (`make bench`, map).
    """
    sizes = [np.diff(layer.starts) for layer in layers.values()]
    names = [
        layer.names if key == "roads" else np.full_like(layer.names, -1)
        for key, layer in layers.items()
    ]
    return Layer(
        np.concatenate([layer.points for layer in layers.values()]),
        np.concatenate([[0], np.cumsum(np.concatenate(sizes))]),
        np.concatenate([ranks[key] for key in layers]).astype(np.int8),
        np.concatenate(names),
    )


@dataclass(frozen=True, eq=False)
class Basemap:
    """Every layer by its name, and the names that lines have ("I-10", "TX-118")."""

    layers: Mapping[str, Layer]
    names: tuple[str, ...]


def pack(path: Path, layers: Mapping[str, Layer], names: tuple[str, ...]) -> None:
    """Write layers as one compressed file: first points, then the steps from point to point."""
    arrays: dict[str, Any] = {"names": np.array(names, dtype=np.str_)}
    for key, layer in layers.items():
        steps = np.diff(layer.points, axis=0, prepend=layer.points[:1])
        firsts = layer.starts[:-1]
        steps[firsts] = 0
        arrays[f"{key}_first"] = layer.points[firsts]
        arrays[f"{key}_steps"] = steps.astype(np.int16)
        arrays[f"{key}_sizes"] = np.diff(layer.starts).astype(np.int32)
        arrays[f"{key}_ranks"], arrays[f"{key}_names"] = layer.ranks, layer.names
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def unpack(path: Path) -> Basemap:
    """The basemap that `pack` wrote; raises OSError, KeyError or ValueError at anything else."""
    with np.load(path, allow_pickle=False) as arrays:
        keys = [key for key in LAYERS if f"{key}_first" in arrays]
        layers = {key: _layer(arrays, key) for key in keys}
        return Basemap(layers, tuple(arrays["names"].tolist()))


def _layer(arrays: Mapping[str, npt.NDArray[np.generic]], key: str) -> Layer:
    first = arrays[f"{key}_first"].astype(np.int32)
    sizes = arrays[f"{key}_sizes"].astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    walked = np.cumsum(arrays[f"{key}_steps"].astype(np.int32), axis=0, dtype=np.int32)
    # The sum runs over all lines, so what the lines before added is subtracted again.
    points = walked + np.repeat(first - walked[starts[:-1]], sizes, axis=0)
    ranks, names = arrays[f"{key}_ranks"], arrays[f"{key}_names"]
    return Layer(points, starts, ranks.astype(np.int8), names.astype(np.int16))


@cache
def carried_basemap() -> Basemap:
    """The basemap of the package."""
    with as_file(files("waypost.places") / "data" / "basemap.npz") as path:
        return unpack(path)


def with_roads(basemap: Basemap, roads: Basemap) -> Basemap:
    """The same ground with other roads."""
    return Basemap({**basemap.layers, "roads": roads.layers["roads"]}, roads.names)
