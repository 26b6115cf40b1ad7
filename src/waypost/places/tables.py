"""The carried tables of ZIPs, cities and counties, read once."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from waypost.places.states import STATE_NAMES


@dataclass(frozen=True, slots=True)
class ZipRow:
    """A ZIP with its point, its post office's place, its county and time zone."""

    zip: str
    lat: float
    lon: float
    place: str
    state: str
    county: str
    county_fips: str
    timezone: str


@dataclass(frozen=True, slots=True)
class CityRow:
    """A city or town."""

    name: str
    state: str
    lat: float
    lon: float
    population: int
    timezone: str


@dataclass(frozen=True, slots=True)
class CountyRow:
    """A county or what stands for one; ``name`` carries its kind ("Travis County")."""

    fips: str
    name: str
    state: str
    population: int | None
    lat: float
    lon: float
    timezone: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    data = (files("waypost.places") / "data" / name).read_bytes()
    text = io.TextIOWrapper(gzip.GzipFile(fileobj=io.BytesIO(data)), "utf-8", newline="")
    yield from csv.DictReader(text)


@cache
def zips() -> Mapping[str, ZipRow]:
    """Every civilian ZIP by its five digits."""
    return {
        r["zip"]: ZipRow(
            r["zip"],
            float(r["lat"]),
            float(r["lon"]),
            r["place"],
            r["state"],
            r["county"],
            r["county_fips"],
            r["timezone"],
        )
        for r in _rows("zips.csv.gz")
        if r["state"] in STATE_NAMES
    }


@cache
def cities() -> tuple[CityRow, ...]:
    """Cities and towns, the largest first; the larger of two of one name in one state."""
    rows = [
        CityRow(
            r["name"],
            r["state"],
            float(r["lat"]),
            float(r["lon"]),
            int(r["population"] or 0),
            r["timezone"],
        )
        for r in _rows("places.csv.gz")
        if r["state"] in STATE_NAMES
    ]
    rows.sort(key=lambda c: (-c.population, c.state, c.name))
    first: dict[tuple[str, str], CityRow] = {}
    for row in rows:
        first.setdefault((row.name, row.state), row)
    return tuple(first.values())


_SEATS = {"02063": "99686", "02066": "99588"}
"""Two census areas of 2019 without a published point: the ZIP of their largest place stands in."""


@cache
def counties() -> Mapping[str, CountyRow]:
    """Every county by its FIPS code; uninhabited islands are left out."""
    return {r["fips"]: _county(r) for r in _rows("counties.csv.gz") if r["lat"] or _seat(r)}


def _seat(row: Mapping[str, str]) -> ZipRow | None:
    return zips().get(_SEATS.get(row["fips"], ""))


def _county(row: Mapping[str, str]) -> CountyRow:
    seat = None if row["lat"] else _seat(row)
    return CountyRow(
        row["fips"],
        row["name"],
        row["state"],
        int(row["pop2023"]) if row["pop2023"] else None,
        seat.lat if seat else float(row["lat"]),
        seat.lon if seat else float(row["lon"]),
        seat.timezone if seat else row["tz"],
    )


def county_name(row: ZipRow) -> str:
    """The county's full name; the ZIP table's short name where the county table has none.

    Connecticut's ZIPs carry the planning regions of 2022, its county table the old counties.
    """
    county = counties().get(row.county_fips)
    return county.name if county else row.county


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
