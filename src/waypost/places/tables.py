"""The carried tables of ZIPs, cities and counties, read once."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from waypost.places.sorted_rows import SortedRows
from waypost.places.spelling import plain
from waypost.places.states import STATE_NAMES

Degrees = npt.NDArray[np.float64]
MILES_PER_DEGREE = 69.09


class ZipRow(NamedTuple):
    """A ZIP with the point where its people live (`people`), its post office's place, its county
    and time zone."""

    zip: str
    lat: float
    lon: float
    place: str
    state: str
    county: str
    county_fips: str
    timezone: str


class Middle(NamedTuple):
    """A ZIP's point as it is published: of the Census Bureau the middle of its area, else GeoNames'
    point of a PO box or of a building with a ZIP of its own."""

    lat: float
    lon: float
    place: str
    state: str
    county_fips: str
    census: bool


class CityRow(NamedTuple):
    """A city or town, also by its `plain` name; ``population`` is 0 where it is not known.

    One that shares its name with another of its state is named with its county, and ``bare`` is the
    plain name that both answer to.
    """

    name: str
    plain: str
    state: str
    lat: float
    lon: float
    population: int
    timezone: str
    bare: str = ""


class CountyRow(NamedTuple):
    """A county or what stands for one; ``name`` carries its kind ("Travis County")."""

    fips: str
    name: str
    state: str
    population: int | None
    lat: float
    lon: float
    timezone: str


_ZONES_ABROAD = {
    "America/Ciudad_Juarez": "America/Denver",
    "America/Creston": "America/Los_Angeles",
    "America/Edmonton": "America/Denver",
    "America/Hermosillo": "America/Phoenix",
    "America/Matamoros": "America/Chicago",
    "America/Moncton": "America/New_York",
    "America/Monterrey": "America/Chicago",
    "America/Regina": "America/Chicago",
    "America/Swift_Current": "America/Denver",
    "America/Tijuana": "America/Los_Angeles",
    "America/Toronto": "America/New_York",
    "America/Vancouver": "America/Los_Angeles",
    "America/Winnipeg": "America/Chicago",
    "Asia/Anadyr": "America/Nome",
    "Pacific/Apia": "Pacific/Pago_Pago",
}
_ZONES_OF_STATES = {
    ("America/Regina", "MT"): "America/Denver",
    ("America/Toronto", "MI"): "America/Detroit",
    ("America/Toronto", "MN"): "America/Chicago",
    ("America/Vancouver", "AK"): "America/Sitka",
}


def zone(name: str, state: str) -> str:
    """A time zone of the United States: the tables give some borderlands the neighbor's, which
    keeps other hours (Regina has no summer time)."""
    if name not in _ZONES_ABROAD:
        return name
    return _ZONES_OF_STATES.get((name, state), _ZONES_ABROAD[name])


def _table(name: str) -> bytes:
    return _unpacked(files("waypost.places") / "data" / name)


def _unpacked(path: Traversable) -> bytes:
    data = path.read_bytes()
    size = int.from_bytes(data[-4:], "little")  # told in advance, it is unpacked in one piece
    return zlib.decompress(data, wbits=31, bufsize=size)


def _rows(name: str, *columns: str) -> Iterator[tuple[str, ...]]:
    """The values of these columns in every line."""
    header, *lines = _table(name).decode("utf-8").splitlines()
    pick = itemgetter(*map(header.split(",").index, columns))
    # Only a line with quotation marks needs more than a split, and hardly any has them.
    yield from (pick(next(csv.reader([x])) if '"' in x else x.split(",")) for x in lines)


@cache
def _people_points() -> Mapping[str, tuple[str, str]]:
    """Points of the ZIPs whose people live away from the published one; see `make points`."""
    return SortedRows(
        _table("zip_points.csv.gz"), ("lat", "lon"), lambda _, lat, lon: (lat, lon), bool
    )


@cache
def published_middles() -> Mapping[str, Middle]:
    """Every civilian ZIP's point as it is published."""
    columns = ("zip", "lat", "lon", "place", "state", "county_fips", "point_source", "is_military")
    return {
        code: Middle(float(lat), float(lon), place, state, fips, source.startswith("census"))
        for code, lat, lon, place, state, fips, source, military in _rows("zips.csv.gz", *columns)
        if military == "False"
    }


@cache
def begin_unpacking() -> Future[bytes]:
    """Unpack the table of ZIPs in a thread of its own, beside what else a worker loads.

    It is ready a thirtieth sooner for that (`make bench`, ratios).
    """
    thread = ThreadPoolExecutor(1)
    table = thread.submit(_unpacked, files("waypost.places") / "data" / "zips.csv.gz")
    thread.shutdown(wait=False)
    return table


@cache
def zips() -> Mapping[str, ZipRow]:
    """Every civilian ZIP by its five digits."""
    columns = ("lat", "lon", "place", "state", "county", "county_fips", "timezone")
    return SortedRows(begin_unpacking().result(), columns, _zip, _is_civilian)


def _is_civilian(line: bytes) -> bool:
    return line.endswith(b",False")  # the last column: military


def _zip(
    code: str, lat: str, lon: str, place: str, state: str, county: str, fips: str, tz: str
) -> ZipRow:
    lat, lon = _people_points().get(code, (lat, lon))
    return ZipRow(code, float(lat), float(lon), place, state, county, fips, zone(tz, state))


def named_points() -> list[tuple[str, float, float]]:
    """Name, latitude and longitude of every town whose size is known, the largest first.

    As `towns`, without what a typed name is compared with, which takes time and no map needs.
    """
    columns = ("name", "state", "lat", "lon", "population")
    rows = [
        (-int(people), state, name, float(lat), float(lon))
        for name, state, lat, lon, people in _rows("places.csv.gz", *columns)
        if people and int(people) and state in STATE_NAMES
    ]
    return [(name, lat, lon) for _, _, name, lat, lon in sorted(rows, key=itemgetter(0, 1, 2))]


@cache
def towns() -> tuple[CityRow, ...]:
    """Every row of the table of cities and towns, the largest first."""
    columns = ("name", "state", "lat", "lon", "population", "timezone")
    rows = [
        CityRow(name, plain(name), state, float(lat), float(lon), int(people or 0), zone(tz, state))
        for name, state, lat, lon, people, tz in _rows("places.csv.gz", *columns)
        if state in STATE_NAMES
    ]
    rows.sort(key=lambda c: (-c.population, c.state, c.name))
    return tuple(rows)


_SEATS = {"02063": "99686", "02066": "99588"}
"""Two census areas of 2019 without a published point: the ZIP of their largest place stands in."""


@cache
def counties() -> Mapping[str, CountyRow]:
    """Every county by its FIPS code; uninhabited islands are left out."""
    columns = ("name", "state", "pop2023", "lat", "lon", "tz")
    return SortedRows(_table("counties.csv.gz"), columns, _county, _is_inhabited)


def _is_inhabited(line: bytes) -> bool:
    """Whether it has a point, or a ZIP whose point stands in."""
    return not line.endswith(b",,,") or line[:5].decode() in _SEATS


def _county(
    fips: str, name: str, state: str, people: str, lat: str, lon: str, tz: str
) -> CountyRow:
    population = int(people) if people else None
    if lat:
        return CountyRow(fips, name, state, population, float(lat), float(lon), zone(tz, state))
    seat = zips()[_SEATS[fips]]
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
def _by_latitude(state: str) -> tuple[tuple[str, ...], Degrees, Degrees]:
    """ZIPs, of a state where one is named, from south to north, and their points in degrees.

    One whose county no table has says too little of what lies near it, where others are there.
    """
    counted = {r.state for r in zips().values() if r.county_fips}
    rows = [r for r in zips().values() if r.county_fips or r.state not in counted]
    rows = [r for r in rows if state in ("", r.state)]
    rows.sort(key=lambda r: r.lat)  # of those that share a point, the lowest ZIP stays first
    return (
        tuple(r.zip for r in rows),
        np.array([r.lat for r in rows]),
        np.array([r.lon for r in rows]),
    )


def nearest_zip(lat: float, lon: float, state: str = "") -> tuple[ZipRow, float]:
    """The ZIP whose point is nearest, in a state where one is named, and the miles to it."""
    names, lats, lons = _by_latitude(state)
    reach, across = 0.25, np.cos(np.radians(lat))
    while True:
        low, high = np.searchsorted(lats, (lat - reach, lat + reach))
        whole = high - low == len(names)
        if high > low:
            east = ((lons[low:high] - lon + 180) % 360 - 180) * across
            near = np.hypot(lats[low:high] - lat, east)
            i = int(np.argmin(near))
            if whole or near[i] <= reach:  # whatever lies outside the belt is farther
                return zips()[names[low + i]], float(near[i]) * MILES_PER_DEGREE
        reach *= 4
