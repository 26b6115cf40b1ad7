"""Makes places from rows of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from waypost.places.place import Place, PlaceKind
from waypost.places.states import STATE_FIPS, STATE_KEYS, STATE_NAMES
from waypost.places.tables import (
    CityRow,
    CountyRow,
    ZipRow,
    counties,
    counties_of_zips,
    county_name,
    nearest_zip,
    zips,
)
from waypost.values.geo import Point

FARTHEST_MILES = 150.0
"""A point farther than this from every ZIP is not in the United States."""

_SEATS = {
    "FM": (Point(6.92, 158.16), "Pacific/Pohnpei"),  # Palikir
    "MH": (Point(7.09, 171.38), "Pacific/Majuro"),  # Majuro
    "PW": (Point(7.5, 134.62), "Pacific/Palau"),  # Ngerulmud
}
"""The seats of the freely associated states, which the Census Bureau's tables leave out."""


def zip_place(row: ZipRow, stands_for: str = "", among: Sequence[str] = ()) -> Place:
    """A ZIP; one that ``stands_for`` another has the mean point of the ZIPs it is ``among``."""
    point = Point(row.lat, row.lon)
    if stands_for:
        rows = [zips()[z] for z in among]
        point = Point(sum(r.lat for r in rows) / len(rows), sum(r.lon for r in rows) / len(rows))
    return Place(
        PlaceKind.ZIP,
        stands_for or row.zip,
        f"{stands_for or row.zip} ({row.place}, {row.state})",
        point,
        row.state,
        county_name(row) or None,
        row.county_fips or None,
        row.timezone,
    )


@cache
def city_place(row: CityRow) -> Place:
    """A city; its county is that of the nearest ZIP of its state, which is approximate."""
    near, _ = nearest_zip(row.lat, row.lon, row.state)
    key = f"{row.name}, {row.state}"
    return Place(
        PlaceKind.CITY,
        key,
        key,
        Point(row.lat, row.lon),
        row.state,
        county_name(near) or None,
        near.county_fips or None,
        row.timezone,
        row.population,
    )


def county_place(row: CountyRow) -> Place:
    """A county, known by its own point, population and time zone.

    Connecticut's counties gave way to planning regions in 2022, which its ZIPs name, and a few
    counties have no ZIP: what is in those is not known, so only their middle is used.
    """
    key = f"{row.name}, {row.state}"
    has_area = row.state != "CT" and row.fips in counties_of_zips()
    return Place(
        PlaceKind.COUNTY if has_area else PlaceKind.POINT,
        key,
        key,
        Point(row.lat, row.lon),
        row.state,
        row.name,
        row.fips,
        row.timezone,
        row.population,
    )


@cache
def state_place(code: str) -> Place:
    """A state: its point and time zone are those of its largest county, its people all counted."""
    fips = STATE_FIPS[code]
    inside = [c for f, c in counties().items() if f.startswith(fips)]
    name = STATE_NAMES[code]
    people = sum(c.population or 0 for c in inside)
    if inside:
        first = max(inside, key=lambda c: c.population or 0)
        lat = sum(c.lat for c in inside) / len(inside)
        lon = sum(c.lon if c.lon < 0 or code == "GU" else c.lon - 360 for c in inside) / len(inside)
        point = Point(lat, lon if lon >= -180 else lon + 360)
        zone = first.timezone
    else:
        point, zone = _SEATS[code]
    return Place(
        PlaceKind.STATE, STATE_KEYS[code], name, point, code, None, None, zone, people or None
    )


def point_place(lat: float, lon: float) -> Place | None:
    """Coordinates, with the state, county and time zone of the nearest ZIP; None abroad."""
    row, miles = nearest_zip(lat, lon)
    if miles > FARTHEST_MILES:
        return None
    key = f"{lat:g},{lon:g}" if f"{lat:g},{lon:g}" == f"{lat},{lon}" else f"{lat!r},{lon!r}"
    return Place(
        PlaceKind.POINT,
        key,
        f"{lat:.2f}, {lon:.2f} ({row.place}, {row.state})",
        Point(lat, lon),
        row.state,
        county_name(row) or None,
        row.county_fips or None,
        row.timezone,
    )
