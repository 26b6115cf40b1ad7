"""A map drawn by us: borders and town names from carried public-domain data, pins as in the list.

The picture is an SVG in the page itself, so that it needs no request, prints, and can be walked
through with the keyboard. A script may pan and zoom it; without one it stands still. Where the
operator names a tile server of their own, its pictures lie under the pins instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from markupsafe import Markup, escape

from waypost.navigation.answer import Answer, Option
from waypost.places.outlines import Label, labels_within, outlines_within
from waypost.places.place import PlaceKind
from waypost.values.geo import Point
from waypost.web.find.map_frame import HEIGHT, MILES_PER_DEGREE, WIDTH, Frame, frame_of
from waypost.web.find.map_tiles import on_sheet, tiles

FAR_MILES = 1_000
MOST_REACH_MILES = 100
TOWNS, TOWNS_CLOSER = 10, 36
"""Towns named at first, and once a script has brought the map closer."""
COUNTIES_UNTIL = 2.5
"""Miles per unit; from farther away county borders are a net that hides the land."""


@dataclass(frozen=True, slots=True)
class MapPicture:
    """What stands inside the SVG, its size, and whom to credit for its ground."""

    inside: Markup
    width: int
    height: int
    credit: str


def map_picture(answer: Answer) -> MapPicture | None:
    """The map of this page of an answer, or None where there is nothing to draw."""
    place = answer.place
    if place is None or not answer.options:
        return None
    area = place.kind in (PlaceKind.STATE, PlaceKind.COUNTY)
    near = [o for o in answer.options if area or o.miles is None or o.miles <= FAR_MILES]
    frame = frame_of([*([] if area and near else [place.point]), *(o.site.point for o in near)])
    parts = [background(frame)]
    if not area:
        parts += _here(frame, place.point, answer.need.radius_miles)
    parts += [_pin(frame, o) for o in reversed(near)]
    credit = settings.WAYPOST_TILE_CREDIT if settings.WAYPOST_TILE_URL else ""
    return MapPicture(Markup("").join(parts), int(WIDTH), int(HEIGHT), credit)


def _here(frame: Frame, point: Point, radius: float | None) -> list[Markup]:
    x, y = frame.xy(point.lat, point.lon)
    here = Markup('<circle class="here" cx="{:.1f}" cy="{:.1f}" r="4"/>').format(x, y)
    if radius is None or radius > MOST_REACH_MILES:
        return [here]
    reach = Markup('<circle class="reach" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>')
    return [reach.format(x, y, radius / frame.miles_per_unit), here]


def _pin(frame: Frame, option: Option) -> Markup:
    x, y = frame.xy(option.site.point.lat, option.site.point.lon)
    css, number = "pin" if option.exact else "pin about", option.number
    return Markup(  # noqa: S704 - only the name is not ours, and it is escaped
        f'<a class="{css}" href="#option-{number}" aria-label="{number}. '
        f'{escape(option.site.name)}"><circle cx="{x:.1f}" cy="{y:.1f}" r="9"/>'
        f'<text x="{x:.1f}" y="{y:.1f}">{number}</text></a>'
    )


def background(frame: Frame) -> Markup:
    """The ground of a frame: land, borders and towns, or the operator's tiles."""
    if settings.WAYPOST_TILE_URL:
        return _tiled(frame, settings.WAYPOST_TILE_URL)
    return _drawn(frame.center.lat, frame.center.lon, frame.miles_per_unit)


def _tiled(frame: Frame, template: str) -> Markup:
    picture = Markup(
        '<image href="{}" x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}" '
        'preserveAspectRatio="none"/>'
    )
    return Markup("").join(
        picture.format(t.href, t.x, t.y, t.width, t.height)
        for t in tiles(frame, template)
        if on_sheet(t)
    )


@lru_cache(maxsize=256)
def _drawn(lat: float, lon: float, miles_per_unit: float) -> Markup:
    frame = Frame(Point(lat, lon), miles_per_unit)
    box = frame.box()
    tolerance = miles_per_unit / MILES_PER_DEGREE
    paths: dict[str, list[str]] = {"county": [], "state": []}
    for outline in outlines_within(*box, tolerance=tolerance):
        paths[outline.kind].append(_path(frame, outline.points))
    if miles_per_unit > COUNTIES_UNTIL:
        paths["county"] = []
    shapes = [
        Markup('<rect class="land" width="400" height="300"/>'),
        *(Markup('<path class="%s" d="%s"/>') % (k, "".join(d)) for k, d in paths.items() if d),
        *_towns(frame, labels_within(*box, limit=TOWNS_CLOSER)),
    ]
    return Markup("").join(shapes)


def _path(frame: Frame, points: Iterable[tuple[float, float]]) -> str:
    steps = [frame.xy(lat, lon) for lat, lon in points]
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in steps)


def _towns(frame: Frame, labels: Iterable[Label]) -> list[Markup]:
    """Names that do not lie on one another; the largest towns first."""
    placed: list[tuple[float, float]] = []
    drawn = []
    for label in labels:
        x, y = frame.xy(label.point.lat, label.point.lon)
        if not (24 < x < WIDTH - 24 and 8 < y < HEIGHT - 8):
            continue
        near = any(abs(x - a) < 56 and abs(y - b) < 12 for a, b in placed)
        css = "town small" if near or len(placed) >= TOWNS else "town"
        if css == "town":
            placed.append((x, y))
        text = f'<text class="{css}" x="{x:.0f}" y="{y:.0f}">{escape(label.name)}</text>'
        drawn.append(Markup(text))  # noqa: S704 - only the name is not ours, and it is escaped
    return drawn
