"""A map drawn by us: borders and town names from carried public-domain data, pins as in the list.

The picture is an SVG in the page itself, so that it needs no request, prints, and can be walked
through with the keyboard. A script may pan and zoom it; without one it stands still.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from waypost.navigation.answer import Answer, Option
from waypost.places.outlines import labels_within, outlines_within
from waypost.places.place import PlaceKind
from waypost.values.geo import Point

WIDTH, HEIGHT = 720.0, 400.0
MILES_PER_DEGREE = 69.09
MARGIN = 1.25
SMALLEST_SPAN_MILES = 6.0
TOWNS = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """A box on the earth and the scale that draws it: ``x, y`` of a point in SVG units."""

    center: Point
    miles_per_unit: float

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Equirectangular projection about the center, true to scale there."""
        dlon = (lon - self.center.lon + 180) % 360 - 180
        shrink = math.cos(math.radians(self.center.lat))
        unit = MILES_PER_DEGREE / self.miles_per_unit
        x = WIDTH / 2 + dlon * shrink * unit
        return x, HEIGHT / 2 - (lat - self.center.lat) * unit

    def box(self) -> tuple[float, float, float, float]:
        """South, west, north, east of the drawn box, in degrees."""
        dlat = HEIGHT / 2 * self.miles_per_unit / MILES_PER_DEGREE
        dlon = WIDTH / 2 * self.miles_per_unit / MILES_PER_DEGREE
        dlon /= max(0.05, math.cos(math.radians(self.center.lat)))
        c = self.center
        return c.lat - dlat, c.lon - dlon, c.lat + dlat, c.lon + dlon


def frame_of(center: Point, points: Iterable[Point], radius_miles: float | None) -> Frame:
    """The frame about ``center`` that shows all points and, where there is one, the radius."""
    shrink = math.cos(math.radians(center.lat))
    half_wide = half_high = max(SMALLEST_SPAN_MILES, (radius_miles or 0) if radius_miles else 0)
    for point in points:
        dlon = (point.lon - center.lon + 180) % 360 - 180
        half_wide = max(half_wide, abs(dlon) * shrink * MILES_PER_DEGREE)
        half_high = max(half_high, abs(point.lat - center.lat) * MILES_PER_DEGREE)
    scale = max(half_wide / (WIDTH / 2), half_high / (HEIGHT / 2)) * MARGIN
    # Steps of a tenth keep nearby searches on one drawn background.
    return Frame(center, math.ceil(scale * 100) / 100)


def map_picture(answer: Answer) -> Markup | None:
    """The map of this page of an answer, or None where there is nothing to draw."""
    place = answer.place
    if place is None or not answer.options:
        return None
    area = place.kind in (PlaceKind.STATE, PlaceKind.COUNTY)
    near = [o for o in answer.options if area or o.miles is None or o.miles <= 1_000]
    radius = None if area else answer.need.radius_miles
    reach = radius if radius is not None and radius <= 100 else None
    frame = frame_of(place.point, (o.site.point for o in near), reach)
    parts = [background(frame)]
    if reach:
        r = reach / frame.miles_per_unit
        parts.append(Markup('<circle class="reach" cx="360" cy="200" r="%.1f"/>') % r)
    if not area:
        parts.append(Markup('<circle class="here" cx="360" cy="200" r="5"/>'))
    parts += [_pin(frame, o) for o in reversed(near)]
    return Markup("").join(parts)


def _pin(frame: Frame, option: Option) -> Markup:
    x, y = frame.xy(option.site.point.lat, option.site.point.lon)
    css = "pin" if option.exact else "pin about"
    return Markup(
        '<a class="%s" href="#option-%d" aria-label="%d. %s"><circle cx="%.1f" cy="%.1f" r="10"/>'
        '<text x="%.1f" y="%.1f">%d</text></a>'
    ) % (css, option.number, option.number, option.site.name, x, y, x, y + 3.6, option.number)


def background(frame: Frame) -> Markup:
    """Land, borders and towns of a frame."""
    return _background(frame.center.lat, frame.center.lon, frame.miles_per_unit)


@lru_cache(maxsize=256)
def _background(lat: float, lon: float, miles_per_unit: float) -> Markup:
    frame = Frame(Point(lat, lon), miles_per_unit)
    box = frame.box()
    tolerance = miles_per_unit / MILES_PER_DEGREE
    drawn: dict[str, list[str]] = {"county": [], "state": []}
    for outline in outlines_within(*box, tolerance=tolerance):
        drawn[outline.kind].append(_path(frame, outline.points))
    if miles_per_unit > 2.5:  # from far away county borders are a net that hides the land
        drawn["county"] = []
    shapes = [
        Markup('<rect class="land" width="720" height="400"/>'),
        *(Markup('<path class="%s" d="%s"/>') % (k, "".join(d)) for k, d in drawn.items() if d),
        *(_town(frame, label.name, label.point) for label in labels_within(*box, limit=TOWNS)),
    ]
    return Markup("").join(shapes)


def _path(frame: Frame, points: Iterable[tuple[float, float]]) -> str:
    steps = [frame.xy(lat, lon) for lat, lon in points]
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in steps)


def _town(frame: Frame, name: str, point: Point) -> Markup:
    x, y = frame.xy(point.lat, point.lon)
    return Markup('<text class="town" x="{:.0f}" y="{:.0f}">{}</text>').format(x, y, escape(name))
