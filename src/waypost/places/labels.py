"""The names of the largest towns of a box, for a map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from waypost.places.tables import towns
from waypost.values.geo import Point

Degrees = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Label:
    """A town's name and where it stands."""

    name: str
    point: Point


@cache
def _town_points() -> tuple[Degrees, Degrees]:
    """Latitudes and longitudes of the towns whose size is known, the largest first."""
    counted = [town for town in towns() if town.population]
    return np.array([t.lat for t in counted]), np.array([t.lon for t in counted])


def labels_within(
    south: float, west: float, north: float, east: float, limit: int = 12
) -> list[Label]:
    """The largest towns of a box, none on top of a larger one."""
    labels: list[Label] = []
    gap_lat, gap_lon = (north - south) / 14, (east - west) / 7
    lats, lons = _town_points()
    inside = (lats > south) & (lats < north) & (lons > west) & (lons < east)
    rows = towns()
    named: list[tuple[float, float]] = []
    for i in np.flatnonzero(inside).tolist():
        lat, lon = rows[i].lat, rows[i].lon
        for other_lat, other_lon in named:
            if abs(other_lat - lat) <= gap_lat and abs(other_lon - lon) <= gap_lon:
                break
        else:
            named.append((lat, lon))
            labels.append(Label(rows[i].name, Point(lat, lon)))
            if len(labels) == limit:
                break
    return labels
