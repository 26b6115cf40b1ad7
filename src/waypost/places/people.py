"""Estimates where the people of a ZIP live, from its towns and from addresses in it.

The Census Bureau publishes the middle of a ZIP's area. In the West and in Alaska that is in empty
country, up to 600 miles from the town where everybody lives, and a search from there finds nothing.
The carried data gives a better point, the geometric median of

- the ZIP's own towns, weighted by population,
- addresses of programs that are known to be in the ZIP,
- the published middle, which counts for little, but is used alone where nothing else is known.

A geometric median stays with the majority: one wrong address moves it little, and it is never
halfway to an empty middle. `waypost sources points` prints how far off both are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from waypost.places.spelling import plain
from waypost.places.tables import MILES_PER_DEGREE, CityRow, published_middles, towns

Spot = tuple[float, float]
"""A latitude and a longitude in degrees."""

PEOPLE_OF_AN_ADDRESS = 3_000
"""A town weighs one known address for so many people,"""
LEAST, MOST = 0.5, 3.0
"""between so much and so much: a program's address says where care is, not how many live there."""

OTHER_TOWN = 0.5
"""A town that is in a ZIP but does not give it its name counts half."""

MIDDLE = 0.3
CITY_MIDDLE = 1.0
"""The weight of the published middle; more in a city of many ZIPs, whose areas are small."""

CITY_ZIPS = 4
"""A town of more ZIPs is a city: its own point says nothing of where one of its ZIPs is,"""
LOST_MILES = 40.0
"""unless the ZIP's middle is so far from it that it must be wrong."""

OWN_TOWN_MILES = 20.0
"""A town of the ZIP's name so near is its own; farther off it must lie in the ZIP's county."""

NEIGHBORS = 6
REACH_FACTOR = 1.25
LEAST_REACH, MOST_REACH = 6.0, 40.0
"""A ZIP reaches as far as the sixth nearest other ZIP's middle and a quarter more, in miles: 99.6 %
of the carried addresses lie so near, and of those that do not most are of another town."""

STEPS = 60
CLOSE = 1e-5
"""Steps of the median and the change, in degrees, at which it is found (three feet)."""


class Weighted(NamedTuple):
    """A place where people of a ZIP live, and how much it counts."""

    lat: float
    lon: float
    weight: float


@dataclass
class ZipTowns:
    """A ZIP's published middle, the towns with its name, and the other towns in it."""

    zip: str
    middle: Weighted
    reach: float
    named: list[Weighted] = field(default_factory=list)
    others: list[Weighted] = field(default_factory=list)

    def holds(self, lat: float, lon: float) -> bool:
        """Whether an address at this point can be in the ZIP: near its middle or its own town."""
        anchors = (self.middle, *self.named)
        return any(flat_miles(lat, lon, a.lat, a.lon) <= self.reach for a in anchors)

    def people_point(self, spots: Iterable[Spot]) -> Spot:
        """Where its people live, given addresses in it; those that cannot be in it are left out."""
        addresses = [Weighted(lat, lon, 1.0) for lat, lon in spots if self.holds(lat, lon)]
        return geometric_median([self.middle, *self.named, *self.others, *addresses])


def flat_miles(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Miles as on a flat map: within a percent over the size of a ZIP."""
    east = ((lon - other_lon + 180) % 360 - 180) * math.cos(math.radians(lat))
    return MILES_PER_DEGREE * math.hypot(lat - other_lat, east)


def geometric_median(places: Sequence[Weighted]) -> Spot:
    """The point with the least sum of weighted distances to all places (Weiszfeld's algorithm).

    Degrees of longitude are shortened as at the first place; no ZIP spans the antimeridian.
    """
    shorten = math.cos(math.radians(places[0].lat))
    points = [(p.lat, p.lon * shorten, p.weight) for p in places]
    total = sum(w for *_, w in points)
    x, y = (sum(p[i] * p[2] for p in points) / total for i in (0, 1))
    for _ in range(STEPS):
        pulls = [w / max(1e-6, math.hypot(a - x, b - y)) for a, b, w in points]
        pull = sum(pulls)
        new_x = sum(p * a for p, (a, _, _) in zip(pulls, points, strict=True)) / pull
        new_y = sum(p * b for p, (_, b, _) in zip(pulls, points, strict=True)) / pull
        moved = math.hypot(new_x - x, new_y - y)
        x, y = new_x, new_y
        if moved < CLOSE:
            break
    # Near a place the steps grow short before they reach it.
    near = min(points, key=lambda p: math.hypot(p[0] - x, p[1] - y))
    x, y = min((x, y), near[:2], key=lambda at: _sum_of_miles(points, *at))
    return x, y / shorten


def _sum_of_miles(points: Iterable[tuple[float, float, float]], x: float, y: float) -> float:
    return sum(w * math.hypot(a - x, b - y) for a, b, w in points)


@dataclass(frozen=True, slots=True)
class _Middles:
    """The Census Bureau's middles, from south to north, and the county of each."""

    lats: npt.NDArray[np.float64]
    lons: npt.NDArray[np.float64]
    counties: list[str]

    def nearest(self, lat: float, lon: float, count: int) -> tuple[list[int], list[float]]:
        """The nearest middles and the miles to them, in their order."""
        reach, across = 0.125, math.cos(math.radians(lat))
        while True:
            low, high = np.searchsorted(self.lats, (lat - reach, lat + reach))
            east = ((self.lons[low:high] - lon + 180) % 360 - 180) * across
            away = np.hypot(self.lats[low:high] - lat, east)
            near = np.flatnonzero(away <= reach)
            if len(near) >= count or high - low == len(self.lats):
                closest = near[np.argsort(away[near], kind="stable")[:count]]
                return (low + closest).tolist(), (away[closest] * MILES_PER_DEGREE).tolist()
            reach *= 2


def _middles() -> _Middles:
    rows = sorted((m for m in published_middles().values() if m.census), key=lambda m: m.lat)
    return _Middles(
        np.array([m.lat for m in rows]), np.array([m.lon for m in rows]),
        [m.county_fips for m in rows],
    )  # fmt: skip


def reach_miles(distances: Sequence[float]) -> float:
    """How far a ZIP reaches, from the miles to the nearest middles, its own among them."""
    neighbors = [miles for miles in distances if miles > 0.01]
    sixth = neighbors[min(len(neighbors), NEIGHBORS) - 1] if neighbors else 0.0
    return min(MOST_REACH, max(LEAST_REACH, REACH_FACTOR * sixth))


@cache
def zip_towns() -> Mapping[str, ZipTowns]:
    """Every civilian ZIP with its towns."""
    by_zip = zips_and_namesakes()
    _lay_others(by_zip, {(plain(m.place), m.state) for m in published_middles().values()})
    return by_zip


def zips_and_namesakes() -> dict[str, ZipTowns]:
    """Every civilian ZIP with the towns of its name, without the other towns in it."""
    middles = _middles()
    by_name: dict[tuple[str, str], list[CityRow]] = {}
    for town in towns():
        by_name.setdefault((town.plain, town.state), []).append(town)
    sharing: dict[tuple[str, str], int] = {}
    for m in published_middles().values():
        key = (plain(m.place), m.state)
        sharing[key] = sharing.get(key, 0) + m.census
    by_zip = {}
    for code, m in published_middles().items():
        _, away = middles.nearest(m.lat, m.lon, NEIGHBORS + 1)
        key = (plain(m.place), m.state)
        zip_town = ZipTowns(code, Weighted(m.lat, m.lon, MIDDLE), reach_miles(away))
        if key in by_name:
            town = _nearest_town(by_name[key], m.lat, m.lon)
            _name(zip_town, town, max(1, sharing[key]), m.county_fips, middles, census=m.census)
        by_zip[code] = zip_town
    return by_zip


def _nearest_town(namesakes: Iterable[CityRow], lat: float, lon: float) -> CityRow:
    return min(namesakes, key=lambda town: flat_miles(lat, lon, town.lat, town.lon))


def _name(
    zip_town: ZipTowns, town: CityRow, zips: int, county: str, middles: _Middles, *, census: bool
) -> None:
    """Count the town that gives a ZIP its name, if it really is the ZIP's own."""
    away = flat_miles(zip_town.middle.lat, zip_town.middle.lon, town.lat, town.lon)
    if away > max(OWN_TOWN_MILES, zip_town.reach):
        around, _ = middles.nearest(town.lat, town.lon, 5)
        if county not in {middles.counties[i] for i in around}:
            return  # another town of the same name
    if census and zips > CITY_ZIPS and away <= LOST_MILES:
        zip_town.middle = zip_town.middle._replace(weight=CITY_MIDDLE)
        return
    if census and zips > 1 and zip_town.reach < away <= LOST_MILES:
        return  # the middle of a suburb that shares the town's name
    people = town.population / zips / PEOPLE_OF_AN_ADDRESS
    zip_town.named.append(Weighted(town.lat, town.lon, min(MOST, max(LEAST, people))))


def _lay_others(by_zip: Mapping[str, ZipTowns], names: Iterable[tuple[str, str]]) -> None:
    """Give each town that no ZIP is named after to the ZIP whose point so far is nearest."""
    already_named = set(names)
    by_state: dict[str, list[str]] = {}
    for code, m in published_middles().items():
        if m.census:
            by_state.setdefault(m.state, []).append(code)
    points = {s: np.array([by_zip[z].people_point(()) for z in zs]) for s, zs in by_state.items()}
    for town in towns():
        if (
            town.state in points
            and (town.plain, town.state) not in already_named
            and town.population
        ):
            east = (points[town.state][:, 1] - town.lon) * math.cos(math.radians(town.lat))
            away = np.hypot(points[town.state][:, 0] - town.lat, east)
            weight = OTHER_TOWN * min(MOST, town.population / PEOPLE_OF_AN_ADDRESS)
            zip_town = by_zip[by_state[town.state][int(np.argmin(away))]]
            zip_town.others.append(Weighted(town.lat, town.lon, weight))
