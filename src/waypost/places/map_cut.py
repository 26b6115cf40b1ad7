"""Cuts a map out of the ground: a box's lines, in a drawing's units, as SVG path data.

All lines of a layer are cut at once with arrays; only what is drawn becomes text. `make bench` has
the time of a 25-mile map.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waypost.places.basemap import DEGREE, Ints, Layer, touching

Box = tuple[float, float, float, float]
Steps = npt.NDArray[np.int64]
FAR = 2000
_NUMBERS = tuple(map(str, range(-FAR, FAR + 1)))


@dataclass(frozen=True, slots=True)
class MapSheet:
    """A box on the earth drawn on a sheet: ``box`` is (south, west, north, east) in degrees.

    ``wide`` and ``high`` are whole units of the sheet; the projection is equirectangular.
    """

    box: Box
    wide: int
    high: int

    def xy(self, points: Ints) -> tuple[Steps, Steps]:
        """Whole units right and down of points (lat, lon) in thousandths of a degree."""
        south, west, north, east = self.box
        across = (points[:, 1] / DEGREE - west + 180) % 360 - 180
        x = np.rint(across * (self.wide / (east - west)))
        y = np.rint((north - points[:, 0] / DEGREE) * (self.high / (north - south)))
        return x.astype(np.int64), y.astype(np.int64)


def _sides(sheet: MapSheet) -> list[Box]:
    """The box itself, or its two sides where it lies across the antimeridian."""
    south, west, north, east = sheet.box
    sides = [sheet.box]
    if west < -180:
        sides.append((south, west + 360, north, 180.0))
    if east > 180:
        sides.append((south, -180.0, north, east - 360))
    return sides


def _touched(boxes: Ints, sheet: MapSheet) -> Steps:
    """The boxes that a sheet touches, in their order."""
    touched = [touching(boxes, side) for side in _sides(sheet)]
    return touched[0] if len(touched) == 1 else np.unique(np.concatenate(touched))


def _runs(firsts: Steps, counts: Steps) -> Steps:
    """The positions of runs: ``counts[i]`` positions from ``firsts[i]``, one run after another."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(firsts - ends + counts, counts)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines cut to a sheet: points in its units, where each line starts and the last ends, and the
    line of the layer that each is of."""

    xs: Steps
    ys: Steps
    starts: Steps
    lines: Steps

    def path(self) -> str:
        """SVG path data; a closed ring needs no closing, since a fill closes it."""
        return self.paths(np.zeros(len(self.lines), dtype=np.int64), 1)[0]

    def paths(self, groups: npt.NDArray[np.integer], count: int) -> list[str]:
        """The path data of each of ``count`` groups, '' for an empty one; ``groups`` has the group
        of each line here.

        "M10 10l3-2 4 1": each line from its first point by small steps, which compress well.
        """
        words = _steps_in_words(self.xs, self.ys)
        texts: list[list[str]] = [[] for _ in range(count)]
        starts, group_of_line = self.starts.tolist(), groups.tolist()
        first_xs, first_ys = self.xs[self.starts[:-1]].tolist(), self.ys[self.starts[:-1]].tolist()
        for i, group in enumerate(group_of_line):
            begin, end = starts[i], starts[i + 1]
            if end - begin > 1:
                steps = " ".join(words[2 * begin + 2 : 2 * end])
                texts[group].append(f"M{first_xs[i]} {first_ys[i]}l{steps}")
        return [" ".join(text) for text in texts]


def _steps_in_words(xs: Steps, ys: Steps) -> list[str]:
    """The step into each point as two words, right and down; into the first point, nothing."""
    steps = np.zeros(2 * len(xs), dtype=np.int64)
    steps[2::2], steps[3::2] = xs[1:] - xs[:-1], ys[1:] - ys[:-1]
    if len(steps) and max(steps.max(), -steps.min()) > FAR:
        return list(map(str, steps.tolist()))
    # Looked up, a number becomes a word in a third of the time that `str` takes.
    return list(map(_NUMBERS.__getitem__, (steps + FAR).tolist()))


def cut_lines(
    layer: Layer, sheet: MapSheet, chosen: npt.NDArray[np.bool_] | None = None
) -> Stretch:
    """The stretches of lines that a sheet shows; ``chosen`` says which of the layer may be."""
    pieces = _touched(layer.boxes, sheet)
    if chosen is not None:
        pieces = pieces[chosen[layer.line_of_piece[pieces]]]
    firsts, line = layer.pieces[pieces], layer.line_of_piece[pieces]
    # Each piece is drawn up to the next one's first point, so that there are no gaps.
    counts = np.minimum(layer.pieces[pieces + 1] + 1, layer.starts[line + 1]) - firsts
    at = _runs(firsts, counts)
    x, y = sheet.xy(layer.points[at])
    # A piece right after the previous one continues its line.
    fresh = np.ones(len(pieces), dtype=np.bool_)
    fresh[1:] = (pieces[1:] != pieces[:-1] + 1) | (line[1:] != line[:-1])
    begins = np.zeros(len(at), dtype=np.bool_)
    begins[(np.cumsum(counts) - counts)[fresh]] = True
    return _visible(x, y, begins, np.repeat(line, counts), sheet)


def _visible(
    x: Steps, y: Steps, begins: npt.NDArray[np.bool_], line: Steps, sheet: MapSheet
) -> Stretch:
    """Only steps that touch the sheet, without points that repeat the one before."""
    if len(x) < 2:
        return Stretch(x[:0], y[:0], np.zeros(1, dtype=np.int64), line[:0])
    shown = _spans(x, 0, sheet.wide) & _spans(y, 0, sheet.high) & ~begins[1:]
    needed = np.zeros(len(x), dtype=np.bool_)
    needed[1:] |= shown
    needed[:-1] |= shown
    # A line starts again where the step into a point is not shown.
    starts = needed.copy()
    starts[1:] &= ~shown
    drawn = needed & (starts | _moves(x, y))
    x, y, starts, line = x[drawn], y[drawn], starts[drawn], line[drawn]
    first = np.flatnonzero(starts)
    return Stretch(x, y, np.append(first, len(x)), line[first])


def _spans(at: Steps, low: int, high: int) -> npt.NDArray[np.bool_]:
    """Which steps from point to point touch ``low`` to ``high``: not both ends below or above."""
    below, above = at < low, at > high
    return ~((below[1:] & below[:-1]) | (above[1:] & above[:-1]))


def _moves(x: Steps, y: Steps) -> npt.NDArray[np.bool_]:
    """Which points are elsewhere than the one before; the first is."""
    moved = np.ones(len(x), dtype=np.bool_)
    moved[1:] = (x[1:] != x[:-1]) | (y[1:] != y[:-1])
    return moved


def cut_rings(layer: Layer, sheet: MapSheet) -> Stretch:
    """Closed rings as a fill needs them: points beside the sheet are moved to its edge.

    A step whose box misses the sheet is entirely on one side of it, so both its ends may be moved
    to that side's edge without a visible change.
    """
    rings = _touched(layer.line_boxes, sheet)
    first = np.searchsorted(layer.line_of_piece, rings)
    pieces = _runs(first, np.searchsorted(layer.line_of_piece, rings, "right") - first)
    firsts, line = layer.pieces[pieces], layer.line_of_piece[pieces]
    seen = np.zeros(len(layer.line_of_piece), dtype=np.bool_)
    seen[_touched(layer.boxes, sheet)] = True
    counts = np.where(seen[pieces], layer.pieces[pieces + 1] - firsts, 1)
    at = _runs(firsts, counts)
    x, y = sheet.xy(layer.points[at])
    of_line = np.repeat(line, counts)
    x, y = _drawn_in(x, y, of_line, sheet)
    begins = np.ones(len(x), dtype=np.bool_)
    begins[1:] = of_line[1:] != of_line[:-1]
    drawn = begins | _moves(x, y)
    x, y, of_line = x[drawn], y[drawn], of_line[drawn]
    first = np.flatnonzero(begins[drawn])
    return Stretch(x, y, np.append(first, len(x)), of_line[first])


EDGE = 8
"""How far outside the sheet hidden points are drawn, in units, so that no border line shows."""


def _drawn_in(x: Steps, y: Steps, of_line: Steps, sheet: MapSheet) -> tuple[Steps, Steps]:
    if len(x) < 2:
        return x, y
    low_x, high_x, low_y, high_y = -EDGE, sheet.wide + EDGE, -EDGE, sheet.high + EDGE
    hit = _spans(x, low_x + 1, high_x - 1) & _spans(y, low_y + 1, high_y - 1)
    hit &= of_line[1:] == of_line[:-1]
    true = np.zeros(len(x), dtype=np.bool_)
    true[1:] |= hit
    true[:-1] |= hit
    drawn_x = np.where(true, x, np.clip(x, low_x, high_x))
    drawn_y = np.where(true, y, np.clip(y, low_y, high_y))
    return drawn_x, drawn_y
