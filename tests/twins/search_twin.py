"""The search, the slow and obvious way: look at every row, sort, count one by one."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from waypost.search.query import Query
from waypost.values.geo import Point, miles_between


@dataclass(frozen=True)
class TwinSite:
    """A row as it was given: its point and the columns it has."""

    lat: float
    lon: float
    columns: frozenset[str]


@dataclass(frozen=True)
class TwinHits:
    """Positions (in the order given) of one page, their miles, the total and the counts."""

    positions: list[int]
    miles: list[float] | None
    total: int
    counts: dict[str, int]


def fits(
    site: TwinSite, query: Query, any_of: Mapping[str, Collection[str]], allowed: bool
) -> bool:
    """Whether one site is what the query asks for."""
    if not allowed:
        return False
    if (
        query.lat is not None
        and query.lon is not None
        and query.radius_miles is not None
        and distance(query, site) > query.radius_miles
    ):
        return False
    if any(name not in site.columns for name in query.all_of):
        return False
    if any(name in site.columns for name in query.none_of):
        return False
    return all(any(name in site.columns for name in names) for names in any_of.values())


def distance(query: Query, site: TwinSite) -> float:
    """Great-circle miles from the query's place to a site."""
    assert query.lat is not None and query.lon is not None
    return miles_between(Point(query.lat, query.lon), Point(site.lat, site.lon))


def search(
    sites: Sequence[TwinSite],
    groups: Mapping[str, Sequence[str]],
    query: Query,
    allowed: Collection[int] | None = None,
) -> TwinHits:
    """What the engine must answer; ``allowed`` are the positions that ``query.rows`` stands for."""
    may = [allowed is None or i in allowed for i in range(len(sites))]
    found = [i for i, s in enumerate(sites) if fits(s, query, query.any_of, may[i])]
    found.sort(key=lambda i: (-_score(query, sites[i]), _key_miles(query, sites[i]), i))
    page = found[query.offset : query.offset + query.limit]
    miles = None
    if query.lat is not None and query.lon is not None:
        miles = [distance(query, sites[i]) for i in page]
    counts = {
        name: sum(fits(s, query, {**query.any_of, group: {name}}, may[i]) for i, s in sites_of)
        for group, names in groups.items()
        if query.count_groups is None or group in query.count_groups
        for sites_of in [list(enumerate(sites))]
        for name in names
    }
    return TwinHits(page, miles, len(found), counts)


def _score(query: Query, site: TwinSite) -> int:
    return sum(weight for name, weight in (query.weights or {}).items() if name in site.columns)


def _key_miles(query: Query, site: TwinSite) -> float:
    """Miles to a millionth: sites in one building tie, whatever the last bit says."""
    return 0.0 if query.lat is None else round(distance(query, site), 6)


def near_the_edge(query: Query, sites: Sequence[TwinSite]) -> bool:
    """Whether a site lies so near the circle that rounding alone decides on which side."""
    if query.lat is None or query.radius_miles is None:
        return False
    return any(
        math.isclose(distance(query, site), query.radius_miles, rel_tol=1e-12, abs_tol=1e-9)
        for site in sites
    )
