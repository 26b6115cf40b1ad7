"""Distances over many points at once.

A radius is first tested on float32 unit vectors (fast, accurate to about 0.0003 miles); then points
near the edge and points to be shown are measured in float64 by the haversine formula.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from waypost.values.geo import EARTH_RADIUS_MILES

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
SLACK_MILES = 0.001
HALF_WAY_ROUND = math.pi * EARTH_RADIUS_MILES


def unit_vector(lat: float, lon: float) -> tuple[float, float, float]:
    """A point in degrees as a unit vector."""
    phi, lam = math.radians(lat), math.radians(lon)
    flat = math.cos(phi)
    return flat * math.cos(lam), flat * math.sin(lam), math.sin(phi)


def unit_vectors(lats: Floats, lons: Floats) -> Floats32:
    """Points in degrees as unit vectors: shape (3, N)."""
    phi, lam = np.radians(lats), np.radians(lons)
    flat = np.cos(phi)
    return np.stack([flat * np.cos(lam), flat * np.sin(lam), np.sin(phi)]).astype(np.float32)


def chord_squared(miles: float) -> float:
    """The squared chord, in earth radii, that spans ``miles`` along a great circle."""
    angle = min(max(miles, 0.0), HALF_WAY_ROUND) / EARTH_RADIUS_MILES
    return (2 * math.sin(angle / 2)) ** 2


def miles_of_chord_squared(chord: float) -> float:
    """The great-circle miles that a squared chord in earth radii spans."""
    return 2 * math.asin(min(1.0, math.sqrt(chord) / 2)) * EARTH_RADIUS_MILES


def chords_squared(lat: float, lon: float, xs: Floats32, ys: Floats32, zs: Floats32) -> Floats32:
    """Squared chords, in earth radii, from a point in degrees to unit vectors."""
    x, y, z = unit_vector(lat, lon)
    total = xs - np.float32(x)
    total *= total
    for axis, coordinate in ((ys, y), (zs, z)):
        part = axis - np.float32(coordinate)
        part *= part
        total += part
    return total


def miles_from(lat: float, lon: float, lats: Floats, lons: Floats) -> Floats:
    """Great-circle miles from one point to many (haversine, float64)."""
    phi, phis = math.radians(lat), np.radians(lats)
    half_dlat = (phis - phi) / 2
    half_dlon = np.radians(lons - lon) / 2
    h = np.sin(half_dlat) ** 2 + math.cos(phi) * np.cos(phis) * np.sin(half_dlon) ** 2
    return np.asarray(2 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(np.minimum(1.0, h))))


def longitude_reach(lat: float, miles: float) -> float:
    """How many degrees of longitude a circle of ``miles`` about ``lat`` spans to each side."""
    angle = miles / EARTH_RADIUS_MILES
    if angle >= math.pi / 2 or abs(lat) + math.degrees(angle) >= 90:
        return 180.0
    return math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(lat)))))
