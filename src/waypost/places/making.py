"""Rows of the tables made into places, and the names they answer to."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache

from waypost.places.place import Place, PlaceKind
from waypost.places.spelling import ALIASES, plain
from waypost.places.states import STATE_FIPS, STATE_NAMES
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
from waypost.places.towns import cities
from waypost.values.geo import Point

FARTHEST_MILES = 150.0
"""A point farther than this from every ZIP is not in the United States."""

_SEATS = {
    "FM": (Point(6.92, 158.16), "Pacific/Pohnpei"),  # Palikir
    "MH": (Point(7.09, 171.38), "Pacific/Majuro"),  # Majuro
    "PW": (Point(7.5, 134.62), "Pacific/Palau"),  # Ngerulmud
}
"""The seats of the freely associated states, which the Census Bureau's tables leave out."""

_KINDS = (" county", " parish", " borough", " census area", " municipality", " municipio")
Row = CityRow | CountyRow


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
    counties have no ZIP: what lies in those is not known, and they are their middle alone.
    """
    key = f"{row.name}, {row.state}"
    known = row.state != "CT" and row.fips in counties_of_zips()
    return Place(
        PlaceKind.COUNTY if known else PlaceKind.POINT,
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
    return Place(PlaceKind.STATE, name, name, point, code, None, None, zone, people or None)


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


def to_place(row: Row) -> Place:
    """A row as a place."""
    return city_place(row) if isinstance(row, CityRow) else county_place(row)


@cache
def rows_by_name() -> Mapping[str, tuple[Row, ...]]:
    """Plain names with the cities and counties that answer to them, the largest first."""
    found: dict[str, list[Row]] = {}
    for city in cities():
        found.setdefault(city.plain, []).append(city)
        if city.bare:
            found.setdefault(city.bare, []).append(city)
    for county in counties().values():
        if county.state in STATE_NAMES:
            found.setdefault(plain(county.name), []).append(county)
    for alias, name in ALIASES.items():
        same = found.setdefault(alias, [])
        same[:0] = [r for r in found.get(name, ()) if isinstance(r, CityRow) and r not in same][:1]
    return {name: tuple(rows) for name, rows in found.items()}


class _ByName(Mapping[str, tuple[Place, ...]]):
    """Places by plain name, made only when asked for."""

    def __getitem__(self, name: str) -> tuple[Place, ...]:
        return tuple(map(to_place, rows_by_name()[name]))

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(rows_by_name())

    def __len__(self) -> int:
        return len(rows_by_name())


@cache
def by_name() -> Mapping[str, tuple[Place, ...]]:
    """Plain names with the places that answer to them."""
    rows_by_name()
    return _ByName()


def names_in_state(name: str, state: str) -> tuple[Place, ...]:
    """The cities and counties of a state that answer to a name, a city before a county."""
    rows = [r for r in rows_by_name().get(name, ()) if r.state == state]
    if not rows and not name.endswith(_KINDS):
        for kind in _KINDS:
            rows += [r for r in rows_by_name().get(name + kind, ()) if r.state == state]
    rows.sort(key=lambda r: not isinstance(r, CityRow))
    return tuple(map(to_place, rows))


@cache
def _sorted_names() -> list[str]:
    return sorted(rows_by_name())


def suggestions(beginning: str, state: str, limit: int) -> tuple[Place, ...]:
    """Places whose plain name begins so, the largest first."""
    if not beginning:
        return ()
    names = _sorted_names()
    low = bisect_left(names, beginning)
    high = bisect_left(names, beginning + "\uffff")
    rows = (
        row
        for name in names[low:high]
        for row in rows_by_name()[name]
        if not state or row.state == state
    )
    largest = heapq.nlargest(limit * 2, rows, key=lambda r: r.population or 0)
    places = list(dict.fromkeys(map(to_place, largest)))
    matches = [
        state_place(code)
        for code, name in STATE_NAMES.items()
        if not state and plain(name).startswith(beginning)
    ]
    matches.sort(key=lambda p: -(p.population or 0))
    return tuple((matches[:2] + places)[:limit])
