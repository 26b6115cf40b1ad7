"""A box on the earth and the scale that draws it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from waypost.values.geo import Point

WIDTH, HEIGHT = 400.0, 300.0
MILES_PER_DEGREE = 69.09
MARGIN = 1.22
SMALLEST_SPAN_MILES = 2.5


@dataclass(frozen=True, slots=True)
class Frame:
    """A box on the earth and the scale that draws it: ``x, y`` of a point in SVG units."""

    center: Point
    miles_per_unit: float

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Equirectangular projection about the center, true to scale there."""
        unit = MILES_PER_DEGREE / self.miles_per_unit
        x = WIDTH / 2 + _east(self.center.lon, lon) * _shrink(self.center.lat) * unit
        return x, HEIGHT / 2 - (lat - self.center.lat) * unit

    def box(self) -> tuple[float, float, float, float]:
        """South, west, north, east of the drawn box, in degrees."""
        dlat = HEIGHT / 2 * self.miles_per_unit / MILES_PER_DEGREE
        dlon = WIDTH / 2 * self.miles_per_unit / MILES_PER_DEGREE / _shrink(self.center.lat)
        c = self.center
        return c.lat - dlat, c.lon - dlon, c.lat + dlat, c.lon + dlon


def frame_of(points: Sequence[Point]) -> Frame:
    """The smallest frame that shows all points with some room; the first may not be missing.

    It is laid about the middle of the points, so that pins stand as far apart as they can.
    """
    first = points[0]
    easts = [_east(first.lon, p.lon) for p in points]
    lats = [p.lat for p in points]
    lat, east = (min(lats) + max(lats)) / 2, (min(easts) + max(easts)) / 2
    lon = (first.lon + east + 180) % 360 - 180
    wide = (max(easts) - min(easts)) * _shrink(lat) * MILES_PER_DEGREE
    high = (max(lats) - min(lats)) * MILES_PER_DEGREE
    scale = max(wide, SMALLEST_SPAN_MILES) / WIDTH, max(high, SMALLEST_SPAN_MILES) / HEIGHT
    # Steps of a hundredth keep nearby searches on one drawn background.
    units = math.ceil(max(scale) * MARGIN * 100) / 100
    return Frame(Point(round(lat, 3), round(lon, 3)), units)


def _east(from_lon: float, lon: float) -> float:
    """Degrees east, the short way around."""
    return (lon - from_lon + 180) % 360 - 180


def _shrink(lat: float) -> float:
    return max(0.05, math.cos(math.radians(lat)))
