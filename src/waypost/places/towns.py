"""Cities, towns and post offices by name; those that share one in a state are told apart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

from waypost.places.known import stands_for_post_office
from waypost.places.spelling import plain, squeezed
from waypost.places.tables import CityRow, county_name, nearest_zip, towns, zips

FAR_MILES = 40.0
"""Two entries of one name that are farther apart than this are two towns."""

LESSER = 5
"""A town this many times smaller than its namesake is not meant where its county is not named; one
that has a post office of the name always may be."""

Key = tuple[str, str]


@cache
def cities() -> tuple[CityRow, ...]:
    """Cities and towns, the largest first, each by a name that no other of its state has.

    Post offices that no table of towns names stand at the end: a person in a small place types
    the name in their address.
    """
    first: dict[Key, CityRow] = {}
    namesakes: dict[Key, list[CityRow]] = {}
    for row in towns():
        largest = first.setdefault((row.plain, row.state), row)
        if row.population * LESSER >= largest.population and _far(row, [largest]):
            namesakes.setdefault((row.plain, row.state), []).append(row)
    joined = {(squeezed(name), state): town for (name, state), town in first.items()}
    for office in _offices():
        key = (office.plain, office.state)
        town = joined.get((squeezed(office.plain), office.state))
        if town and not _far(office, [town]):
            continue
        if key not in first:
            first[key] = office
        elif _far(office, [first[key], *namesakes.get(key, ())]):
            namesakes.setdefault(key, []).append(office)
    rows = [row for key, row in first.items() if key not in namesakes]
    for key, more in namesakes.items():
        rows += _with_counties([first[key], *more])
    return tuple(sorted(rows, key=lambda c: (-c.population, c.state, c.name)))


def _offices() -> Iterable[CityRow]:
    """Post offices as towns whose size is not known; one with a known name is that place."""
    already_placed = stands_for_post_office()
    for office in {(z.place, z.state): z for z in reversed([*zips().values()])}.values():
        if (plain(office.place), office.state) in already_placed:
            continue
        yield CityRow(office.place, plain(office.place), office.state, office.lat, office.lon, 0,
                      office.timezone)  # fmt: skip


def _far(row: CityRow, rows: Iterable[CityRow]) -> bool:
    return all(_miles(row, other) > FAR_MILES for other in rows)


def _miles(a: CityRow, b: CityRow) -> float:
    """Miles as on a flat map, exact enough to tell near from far."""
    east = (a.lon - b.lon) * math.cos(math.radians(a.lat))
    return 69.1 * math.hypot(a.lat - b.lat, east)


def _with_counties(rows: Iterable[CityRow]) -> list[CityRow]:
    """Namesakes with their county in the name: "Bryn Mawr (Delaware County)"."""
    by_name: dict[str, CityRow] = {}
    for row in rows:
        near, _ = nearest_zip(row.lat, row.lon, row.state)
        name = f"{row.name} ({county_name(near)})"
        by_name.setdefault(name, row._replace(name=name, plain=plain(name), bare=row.plain))
    if len(by_name) == 1:
        return [next(iter(rows))]
    return list(by_name.values())
