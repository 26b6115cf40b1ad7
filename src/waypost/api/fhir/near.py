"""Near a point: great-circle kilometers, as the National Directory's ``near`` asks.

R4, Location: ``near=latitude|longitude|distance|units``; kilometers where no unit is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waypost.api.fhir.outcome import BadCriterion
from waypost.search.earth import miles_from
from waypost.values.geo import METERS_PER_MILE, BadPoint, Point

KM_PER_MILE = METERS_PER_MILE / 1000
UNITS = {
    "": 1.0,
    "km": 1.0,
    "m": 0.001,
    "mi": KM_PER_MILE,
    "[mi_i]": KM_PER_MILE,
    "[mi_us]": 1609.347218694 / 1000,  # a US survey mile is 5,280 feet of 1200/3937 m
}
USUAL_KM = 50.0
"""Where no distance is asked for, which R4 leaves to the server."""

WRITTEN = (
    "near is written latitude|longitude|distance|units, such as 30.27|-97.74|25|km; units are "
    "km, m, mi, [mi_i] or [mi_us]."
)
_DECIMAL = re.compile(r"[+-]?\d{1,30}(\.\d*)?([eE][+-]?\d{1,3})?|[+-]?\.\d+", re.ASCII)
Kilometers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Circle:
    """A point and how many kilometers around it."""

    point: Point
    km: float


def read_circle(text: str) -> Circle:
    """The circle that a value of ``near`` names.

    Raises:
        BadCriterion: it is none, or its unit is not known.
    """
    parts = [part.strip() for part in text.split("|")]
    if not 2 <= len(parts) <= 4:
        raise BadCriterion(WRITTEN)
    lat, lon, distance, unit = (*parts, "", "")[:4]
    if unit not in UNITS:
        raise BadCriterion(f"The unit “{unit[:20]}” is not known. {WRITTEN}")
    try:
        point = Point(_number(lat), _number(lon))
        km = _number(distance) * UNITS[unit] if distance else USUAL_KM
    except BadPoint as error:
        raise BadCriterion(str(error)) from None
    except ValueError:
        raise BadCriterion(WRITTEN) from None
    if not 0 <= km < float("inf"):
        raise BadCriterion(f"A distance is a number from 0 on. {WRITTEN}")
    return Circle(point, km)


def _number(text: str) -> float:
    """A decimal of FHIR; `ValueError` of what Python alone takes for a number."""
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return float(text)


def kilometers(
    circle: Circle, lats: npt.NDArray[np.float64], lons: npt.NDArray[np.float64]
) -> Kilometers:
    """How far each point is; infinite where it lies outside or is not known."""
    miles = miles_from(circle.point.lat, circle.point.lon, lats, lons)
    km = miles * KM_PER_MILE
    return np.where(km <= circle.km, km, np.inf)
