"""The names of the largest towns of a box, for a map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from waypost.places.tables import named_points
from waypost.values.geo import Point

Degrees = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Label:
    """A town's name and where it stands."""

    name: str
    point: Point


@cache
def _town_points() -> tuple[tuple[str, ...], Degrees, Degrees]:
    """Names, latitudes and longitudes of the towns whose size is known, the largest first."""
    names, lats, lons = zip(*named_points(), strict=True)
    return names, np.array(lats), np.array(lons)


def labels_within(
    south: float, west: float, north: float, east: float, limit: int = 12
) -> list[Label]:
    """The largest towns of a box, none on top of a larger one."""
    labels: list[Label] = []
    gap_lat, gap_lon = (north - south) / 14, (east - west) / 7
    names, lats, lons = _town_points()
    inside = (lats > south) & (lats < north) & (lons > west) & (lons < east)
    named: list[tuple[float, float]] = []
    rows = np.flatnonzero(inside)
    for i, lat, lon in zip(rows.tolist(), lats[rows].tolist(), lons[rows].tolist(), strict=True):
        for other_lat, other_lon in named:
            if abs(other_lat - lat) <= gap_lat and abs(other_lon - lon) <= gap_lon:
                break
        else:
            named.append((lat, lon))
            labels.append(Label(names[i], Point(lat, lon)))
            if len(labels) == limit:
                break
    return labels
