"""Latitude bands: the order of the rows, and which rows a circle can touch.

Rows are sorted by band and, within a band, by longitude, so that a circle touches one or two
unbroken runs of rows in each of a few bands.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from waypost.search.earth import Floats, longitude_reach
from waypost.values.geo import EARTH_RADIUS_MILES

BAND_DEGREES = 0.25
BANDS = round(180 / BAND_DEGREES)
BLOCK = 64
WIDE_MILES = 700.0
"""Beyond this radius a circle touches so many bands that all rows are examined instead."""

Span = tuple[int, int]


def band_of(lats: Floats) -> npt.NDArray[np.int64]:
    """The band that each latitude lies in, from the south."""
    bands = np.floor((lats + 90) / BAND_DEGREES).astype(np.int64)
    return np.clip(bands, 0, BANDS - 1)


def order_rows(lats: Floats, lons: Floats) -> npt.NDArray[np.int64]:
    """The order of the rows: by band, by longitude, and then as given."""
    return np.lexsort((np.arange(len(lats)), lons, band_of(lats)))


def band_starts(lats: Floats) -> npt.NDArray[np.int64]:
    """Where each band's rows begin in sorted rows; one more entry marks the end."""
    return np.searchsorted(band_of(lats), np.arange(BANDS + 1))


def block_spans(
    starts: npt.NDArray[np.int64], lons: Floats, lat: float, lon: float, miles: float
) -> list[Span]:
    """Spans of blocks of 64 rows that hold every row within ``miles`` of a point."""
    size = len(lons)
    if miles >= WIDE_MILES:
        return [(0, -(-size // BLOCK))] if size else []
    dlat = math.degrees(miles / EARTH_RADIUS_MILES) + 1e-6
    first = max(0, math.floor((lat - dlat + 90) / BAND_DEGREES))
    last = min(BANDS - 1, math.floor((lat + dlat + 90) / BAND_DEGREES))
    reach = longitude_reach(lat, miles) + 1e-6
    spans: list[Span] = []
    for band in range(first, last + 1):
        start, end = int(starts[band]), int(starts[band + 1])
        if start < end:
            spans += _runs(lons, start, end, lon, reach)
    return _merged(spans)


def _runs(lons: Floats, start: int, end: int, lon: float, reach: float) -> list[Span]:
    """The runs of one band within ``reach`` degrees of ``lon``, across the date line too."""
    if reach >= 180:
        return [(start // BLOCK, -(-end // BLOCK))]
    west, east = lon - reach, lon + reach
    sides = [(west, east)]
    if west < -180:
        sides.append((west + 360, 180.0))
    if east > 180:
        sides.append((-180.0, east - 360))
    spans = []
    band = lons[start:end]
    for low, high in sides:
        a = start + int(band.searchsorted(low, "left"))
        b = start + int(band.searchsorted(high, "right"))
        if a < b:
            spans.append((a // BLOCK, -(-b // BLOCK)))
    return spans


def _merged(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch joined, so that no block is counted twice."""
    merged: list[Span] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged
