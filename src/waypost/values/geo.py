"""Points on the earth and distances between them.

Coordinates are WGS84 degrees, distances are statute miles along a great circle.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_RADIUS_MILES = 3958.7613
"""Mean earth radius R1 of IUGG 1980 (6371.0088 km) in statute miles."""

METERS_PER_MILE = 1609.344


class BadPoint(ValueError):
    """A latitude or longitude that is not on the earth."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the earth: ``lat`` from -90 to 90, ``lon`` from -180 to 180 degrees."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):  # NaN fails both
            raise BadPoint(
                f"{self.lat}, {self.lon} is not a place on the earth: a latitude runs from -90 "
                "to 90 and a longitude from -180 to 180."
            )


def shown_miles(miles: float | None, *, exact: bool) -> float | None:
    """A distance as an answer states it, to 50 feet; at least a mile where the point is
    approximate, because "0.0 miles" to a place we do not know would mislead."""
    if miles is None:
        return None
    return round(miles if exact else max(1.0, miles), 2)


def in_the_states(lat: float, lon: float) -> bool:
    """Whether a latitude and a longitude can lie in the United States or its territories.

    They reach from Samoa to Alaska and from the Virgin Islands west to Guam, across the
    antimeridian.
    """
    return -15 <= lat <= 72 and (-180 <= lon <= -64 or 130 <= lon <= 180)


def unswapped(lat: float, lon: float) -> tuple[float, float]:
    """Coordinates put in order where they can only have been swapped.

    FindTreatment.gov has rows whose latitude is a longitude (seen in its answers of July 2026).
    """
    if not in_the_states(lat, lon) and in_the_states(lon, lat):
        return lon, lat
    return lat, lon


def miles_between(a: Point, b: Point) -> float:
    """Great-circle distance in statute miles (haversine formula)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_dlat = (lat_b - lat_a) / 2
    half_dlon = math.radians(b.lon - a.lon) / 2
    h = math.sin(half_dlat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_dlon) ** 2
    return 2 * EARTH_RADIUS_MILES * math.asin(min(1.0, math.sqrt(h)))
