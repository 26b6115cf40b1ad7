"""Distances against independent formulas: right to 0.1 %."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from waypost.values.geo import METERS_PER_MILE, BadPoint, Point, miles_between

WGS84_A = 6378137.0
WGS84_F = 1 / 298.257223563

points = st.builds(
    Point, st.floats(-90, 90, allow_nan=False), st.floats(-180, 180, allow_nan=False)
)


def spherical_law_by_vectors(a: Point, b: Point) -> float:
    """Miles on the mean sphere by atan2 of cross and dot products: another algorithm."""

    def vector(p: Point) -> tuple[float, float, float]:
        phi, lam = math.radians(p.lat), math.radians(p.lon)
        return (math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi))

    (ax, ay, az), (bx, by, bz) = vector(a), vector(b)
    cross = math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)
    angle = math.atan2(cross, ax * bx + ay * by + az * bz)
    return angle * 6_371_008.8 / METERS_PER_MILE


def vincenty(a: Point, b: Point) -> float:
    """Miles on the WGS84 ellipsoid (Vincenty 1975, inverse formula)."""
    minor = WGS84_A * (1 - WGS84_F)
    u1 = math.atan((1 - WGS84_F) * math.tan(math.radians(a.lat)))
    u2 = math.atan((1 - WGS84_F) * math.tan(math.radians(b.lat)))
    dlon = math.radians((b.lon - a.lon + 180) % 360 - 180)
    lam = dlon
    for _ in range(200):
        sin_sigma = math.hypot(
            math.cos(u2) * math.sin(lam),
            math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam),
        )
        if sin_sigma == 0:
            return 0.0
        cos_sigma = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_sigma
        cos2_alpha = 1 - sin_alpha**2
        mid = cos_sigma - 2 * math.sin(u1) * math.sin(u2) / cos2_alpha if cos2_alpha else 0.0
        c = WGS84_F / 16 * cos2_alpha * (4 + WGS84_F * (4 - 3 * cos2_alpha))
        before = lam
        lam = dlon + (1 - c) * WGS84_F * sin_alpha * (
            sigma + c * sin_sigma * (mid + c * cos_sigma * (2 * mid**2 - 1))
        )
        if abs(lam - before) < 1e-12:
            break
    k = cos2_alpha * (WGS84_A**2 - minor**2) / minor**2
    big_a = 1 + k / 16384 * (4096 + k * (-768 + k * (320 - 175 * k)))
    big_b = k / 1024 * (256 + k * (-128 + k * (74 - 47 * k)))
    d_sigma = (
        big_b
        * sin_sigma
        * (
            mid
            + big_b
            / 4
            * (
                cos_sigma * (2 * mid**2 - 1)
                - big_b / 6 * mid * (4 * sin_sigma**2 - 3) * (4 * mid**2 - 3)
            )
        )
    )
    return minor * big_a * (sigma - d_sigma) / METERS_PER_MILE


@given(points, points)
def test_miles_equal_the_vector_formula_everywhere(a: Point, b: Point) -> None:
    miles = miles_between(a, b)
    assert miles == pytest.approx(spherical_law_by_vectors(a, b), rel=1e-3, abs=1e-3)
    assert miles == miles_between(b, a)


PAIRS = {
    "across Austin": (Point(30.2672, -97.7431), Point(30.5083, -97.6789)),
    "New York to Los Angeles": (Point(40.7128, -74.006), Point(34.0522, -118.2437)),
    "Anchorage to Fairbanks": (Point(61.2181, -149.9003), Point(64.8378, -147.7164)),
    "Utqiagvik to Deadhorse": (Point(71.2906, -156.7886), Point(70.2002, -148.4597)),
    "Attu to Adak, across the antimeridian": (Point(52.9, 172.91), Point(51.88, -176.65)),
    "two rooms on the antimeridian": (Point(51.95, 179.99), Point(51.95, -179.99)),
    "Guam to Honolulu": (Point(13.4443, 144.7937), Point(21.3069, -157.8583)),
    "San Juan to Saint Thomas": (Point(18.4655, -66.1057), Point(18.3419, -64.9307)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_miles_are_great_circle_miles_to_a_tenth_of_a_percent(name: str) -> None:
    a, b = PAIRS[name]
    assert miles_between(a, b) == pytest.approx(spherical_law_by_vectors(a, b), rel=1e-3)


@pytest.mark.parametrize("name", PAIRS)
def test_the_sphere_stays_within_half_a_percent_of_the_ellipsoid(name: str) -> None:
    a, b = PAIRS[name]
    assert miles_between(a, b) == pytest.approx(vincenty(a, b), rel=5e-3)


def test_known_distances() -> None:
    quarter = math.pi / 2 * 3958.7613
    assert miles_between(Point(0, 0), Point(0, 90)) == pytest.approx(quarter)
    assert miles_between(Point(90, 12), Point(-90, 99)) == pytest.approx(2 * quarter)
    assert miles_between(Point(52, 179), Point(52, -179)) == pytest.approx(85.07, rel=1e-3)


@given(points)
def test_a_point_is_no_miles_from_itself_and_the_date_line_has_two_names(p: Point) -> None:
    assert miles_between(p, p) == 0
    assert miles_between(Point(p.lat, 180), Point(p.lat, -180)) == pytest.approx(0, abs=1e-6)


@given(points, points, points)
def test_a_detour_is_never_shorter(a: Point, b: Point, c: Point) -> None:
    assert miles_between(a, c) <= miles_between(a, b) + miles_between(b, c) + 1e-3


@given(st.floats(), st.floats())
def test_what_is_not_on_the_earth_is_refused_in_a_sentence(lat: float, lon: float) -> None:
    assume(not (-90 <= lat <= 90 and -180 <= lon <= 180))
    with pytest.raises(BadPoint, match="is not a place on the earth: a latitude runs from"):
        Point(lat, lon)
