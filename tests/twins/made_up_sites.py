"""Made-up directories for the engine and its twin: small, odd, and full of ties."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from twins.search_twin import TwinSite
from waypost.search.query import Query

GROUPS = {
    "level": ("level:iop", "level:php", "level:detox"),
    "payment": ("payment:medicaid", "payment:cash", "payment:free", "payment:medicare"),
    "groups": ("groups:women", "groups:veterans"),
    "code": ("code:A", "code:B", "code:C"),
}
COLUMNS = [name for names in GROUPS.values() for name in names]
CENTERS = [
    (30.27, -97.74),  # Austin
    (13.44, 144.79),  # Guam
    (51.88, -176.65),  # Adak, in the Aleutians west of most of Alaska
    (52.92, 172.9),  # Attu, east of the date line's meridian
    (71.29, -156.79),  # Utqiagvik
    (-14.28, -170.7),  # American Samoa
    (40.71, -74.01),
    (89.9, 10.0),  # a circle about the pole spans all longitudes
    (0.0, 180.0),
]


def sites(rng: random.Random, size: int) -> list[TwinSite]:
    """Sites in clumps about a few centers, some in one spot, some anywhere on earth."""
    spots = [_spot(rng) for _ in range(max(1, size // 2))]
    share = rng.choice([0.02, 0.3, 0.9])
    return [
        TwinSite(
            *(rng.choice(spots) if rng.random() < 0.4 else _spot(rng)),
            frozenset(c for c in COLUMNS if rng.random() < share),
        )
        for _ in range(size)
    ]


def _spot(rng: random.Random) -> tuple[float, float]:
    if rng.random() < 0.15:
        return round(rng.uniform(-90, 90), 4), round(rng.uniform(-180, 180), 4)
    lat, lon = rng.choice(CENTERS)
    spread = rng.choice([0.0, 0.05, 0.5, 4.0])
    lat = max(-90.0, min(90.0, lat + rng.uniform(-spread, spread)))
    lon = (lon + rng.uniform(-spread, spread) + 180) % 360 - 180
    return round(lat, 4), round(lon, 4)


def query(rng: random.Random) -> Query:
    """A question of any shape: with and without place, radius, choices, weights, pages."""
    lat, lon = _spot(rng) if rng.random() < 0.9 else (None, None)
    radius = rng.choice([None, None, 0.0004, 0.5, 3.0, 25.0, 100.0, 699.0, 701.0, 3000.0, 12_450.0])
    chosen = {
        group: frozenset(rng.sample(names, rng.randint(1, len(names))))
        for group, names in GROUPS.items()
        if rng.random() < 0.3
    }
    weights = {name: rng.randint(-2, 3) for name in rng.sample(COLUMNS, 3)}
    return Query(
        lat=lat,
        lon=lon,
        radius_miles=None if lat is None else radius,
        any_of=chosen,
        all_of=frozenset(rng.sample(COLUMNS, rng.choice([0, 0, 0, 1, 2]))),
        none_of=frozenset(rng.sample(COLUMNS, rng.choice([0, 0, 0, 1, 2]))),
        weights=rng.choice([None, None, {}, weights]),
        limit=rng.choice([0, 1, 5, 20, 200]),
        offset=rng.choice([0, 0, 0, 1, 7, 40]),
        count_groups=rng.choice([None, None, (), ("payment",), ("code", "level")]),
    )


def replace_rows(query: Query, rows: npt.NDArray[np.uint64]) -> Query:
    """The same question among these rows only."""
    return replace(query, rows=rows)
