"""Pictures of an operator's own tile server, laid where our map stands.

Tiles are squares of the web's usual projection (Web Mercator, OGC Two Dimensional Tile Matrix
Set); each is stretched to its own box of our frame, which over one tile is off by less than a pin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.parse import urlsplit

from waypost.web.find.map_frame import HEIGHT, WIDTH, Frame

TILE_UNITS = 130.0
"""About how wide a tile should be drawn: half its 256 pixels, so that it is sharp on phones."""
DEEPEST = 16
NORTHMOST = 85.0


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture: its address and its box in SVG units."""

    href: str
    x: float
    y: float
    width: float
    height: float


def tile_origin(template: str) -> str:
    """The one origin that pictures may come from, or '' where no tile server is named."""
    parts = urlsplit(template)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def tiles(frame: Frame, template: str) -> list[Tile]:
    """The tiles that cover a frame, in rows from the north-west."""
    south, west, north, east = frame.box()
    degrees = TILE_UNITS * (east - west) / WIDTH
    zoom = min(DEEPEST, max(0, round(math.log2(360 / degrees))))
    many = 2**zoom
    first, last = _column(west, many), _column(east, many)
    top, bottom = _row(min(north, NORTHMOST), many), _row(max(south, -NORTHMOST), many)
    return [
        _tile(frame, template, zoom, column, row)
        for row in range(max(0, top), min(many - 1, bottom) + 1)
        for column in range(first, last + 1)
    ]


def _tile(frame: Frame, template: str, zoom: int, column: int, row: int) -> Tile:
    many = 2**zoom
    href = template.replace("{z}", str(zoom)).replace("{x}", str(column % many))
    west = column * 360 / many - 180
    x, y = frame.xy(_latitude(row, many), west)
    _, below = frame.xy(_latitude(row + 1, many), west)
    width = (frame.xy(0, frame.center.lon + 1)[0] - WIDTH / 2) * 360 / many
    return Tile(href.replace("{y}", str(row)), x, y, width, below - y)


def _column(lon: float, many: int) -> int:
    return math.floor((lon + 180) / 360 * many)


def _row(lat: float, many: int) -> int:
    return math.floor((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * many)


def _latitude(row: int, many: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / many))))


def on_sheet(tile: Tile) -> bool:
    """Whether any of a tile is seen."""
    return -tile.width < tile.x < WIDTH and -tile.height < tile.y < HEIGHT
