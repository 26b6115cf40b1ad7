"""The carried tables of ZIPs, cities and counties, read once."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from waypost.places.spelling import plain
from waypost.places.states import STATE_NAMES


class ZipRow(NamedTuple):
    """A ZIP with its point, its post office's place, its county and time zone."""

    zip: str
    lat: float
    lon: float
    place: str
    state: str
    county: str
    county_fips: str
    timezone: str


class CityRow(NamedTuple):
    """A city or town, also by its `plain` name; ``population`` is 0 where it is not known."""

    name: str
    plain: str
    state: str
    lat: float
    lon: float
    population: int
    timezone: str


class CountyRow(NamedTuple):
    """A county or what stands for one; ``name`` carries its kind ("Travis County")."""

    fips: str
    name: str
    state: str
    population: int | None
    lat: float
    lon: float
    timezone: str


def _rows(name: str, *columns: str) -> Iterator[tuple[str, ...]]:
    """The values of these columns; a worker starts with this, so it is kept quick."""
    data = gzip.decompress((files("waypost.places") / "data" / name).read_bytes())
    header, *lines = data.decode("utf-8").splitlines()
    pick = itemgetter(*map(header.split(",").index, columns))
    # Only a line with quotation marks needs more than a split, and hardly any has them.
    yield from (pick(next(csv.reader([x])) if '"' in x else x.split(",")) for x in lines)


@cache
def zips() -> Mapping[str, ZipRow]:
    """Every civilian ZIP by its five digits."""
    columns = ("zip", "lat", "lon", "place", "state", "county", "county_fips", "timezone")
    return {
        code: ZipRow(code, float(lat), float(lon), place, state, county, fips, zone)
        for code, lat, lon, place, state, county, fips, zone in _rows("zips.csv.gz", *columns)
        if state in STATE_NAMES
    }


@cache
def cities() -> tuple[CityRow, ...]:
    """Cities and towns, the largest first; the larger of two of one name in one state.

    Post offices that no table of towns names stand at the end: a person in a small place types
    the name in their address.
    """
    columns = ("name", "state", "lat", "lon", "population", "timezone")
    rows = [
        CityRow(name, plain(name), state, float(lat), float(lon), int(people or 0), zone)
        for name, state, lat, lon, people, zone in _rows("places.csv.gz", *columns)
        if state in STATE_NAMES
    ]
    rows.sort(key=lambda c: (-c.population, c.state, c.name))
    first: dict[tuple[str, str], CityRow] = {}
    for row in rows:
        first.setdefault((row.plain, row.state), row)
    for office in {(z.place, z.state): z for z in zips().values()}.values():
        name, state = plain(office.place), office.state
        if (name, state) not in first:
            first[name, state] = CityRow(
                office.place, name, state, office.lat, office.lon, 0, office.timezone
            )
    return tuple(first.values())


_SEATS = {"02063": "99686", "02066": "99588"}
"""Two census areas of 2019 without a published point: the ZIP of their largest place stands in."""


@cache
def counties() -> Mapping[str, CountyRow]:
    """Every county by its FIPS code; uninhabited islands are left out."""
    columns = ("fips", "name", "state", "pop2023", "lat", "lon", "tz")
    rows = (_county(*row) for row in _rows("counties.csv.gz", *columns))
    return {row.fips: row for row in rows if row}


def _county(
    fips: str, name: str, state: str, people: str, lat: str, lon: str, zone: str
) -> CountyRow | None:
    population = int(people) if people else None
    if lat:
        return CountyRow(fips, name, state, population, float(lat), float(lon), zone)
    seat = zips().get(_SEATS.get(fips, ""))
    if not seat:
        return None
    return CountyRow(fips, name, state, population, seat.lat, seat.lon, seat.timezone)


def county_name(row: ZipRow) -> str:
    """The county's full name; the ZIP table's short name where the county table has none.

    Connecticut's ZIPs carry the planning regions of 2022, its county table the old counties.
    """
    county = counties().get(row.county_fips)
    return county.name if county else row.county


@cache
def counties_of_zips() -> frozenset[str]:
    """The FIPS codes of the counties that some ZIP lies in."""
    return frozenset(row.county_fips for row in zips().values())


@cache
def zip_points(state: str = "") -> tuple[tuple[str, ...], npt.NDArray[np.float64]]:
    """ZIPs, of a state where one is named, and their points in degrees, shape (N, 2)."""
    rows = [r for r in zips().values() if not state or r.state == state]
    return tuple(r.zip for r in rows), np.array([(r.lat, r.lon) for r in rows])


def nearest_zip(lat: float, lon: float, state: str = "") -> tuple[ZipRow, float]:
    """The ZIP whose point is nearest, in a state where one is named, and the miles to it."""
    names, points = zip_points(state)
    dlon = (points[:, 1] - lon + 180) % 360 - 180
    near = np.hypot(points[:, 0] - lat, dlon * np.cos(np.radians(lat))) * 69.09
    i = int(np.argmin(near))
    return zips()[names[i]], float(near[i])
