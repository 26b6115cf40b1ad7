"""A small made-up directory, published in memory as the real one is."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from waypost.directory.site import Site, Survey
from waypost.places.gazetteer import load_gazetteer
from waypost.places.place import Gazetteer
from waypost.publishing.build import index_sites
from waypost.values.geo import Point

SPOTS = [
    ("78701", "TX", "48453", 30.27, -97.74),
    ("78702", "TX", "48453", 30.26, -97.71),
    ("78640", "TX", "48209", 30.0, -97.87),
    ("77002", "TX", "48201", 29.76, -95.36),
    ("87101", "NM", "35001", 35.2, -106.64),
    ("96910", "GU", "66010", 13.48, 144.75),
    ("99801", "AK", "02110", 58.36, -134.5),
]
WORDS = ["Hope", "Harbor", "River", "Recovery", "Center", "North", "Oak", "Wellness", "Austin"]
USED = ["OIT", "ORT", "MD", "MC", "PI", "SF", "SS", "CBT", "MOTI", "WN", "VET", "PW", "SP", "AH", "TELE",
        "FEM", "MALE", "CHLD", "ADLT", "AD", "EVENING-GROUPS"]  # fmt: skip


def site(rng: random.Random, number: int) -> Site:
    """One site with random services, in one of a few towns or somewhere near it."""
    zip_code, state, fips, lat, lon = rng.choice(SPOTS)
    spread = rng.choice([0.0, 0.02, 0.3])
    surveys = rng.choice([{Survey.SUBSTANCE_USE}, {Survey.MENTAL_HEALTH}, set(Survey)])
    return Site(
        id=f"site_{number:04d}",
        name=" ".join(rng.sample(WORDS, 2)),
        name2=rng.choice(["", rng.choice(WORDS)]),
        street="1 Main St",
        street2="",
        city="Town",
        state=state,
        zip=zip_code,
        county="County",
        county_fips=fips,
        timezone="America/Chicago",
        point=Point(lat + rng.uniform(-spread, spread), lon + rng.uniform(-spread, spread)),
        exact=rng.random() < 0.8,
        phones=(),
        website="",
        codes=frozenset(code for code in USED if rng.random() < 0.5),
        surveys=frozenset(surveys),
        listed_since="2022",
        last_listed="2024",
    )


class MadeUpSnapshot:
    """Answers navigation as a published snapshot does."""

    version = "made-up"

    def __init__(self, sites: Sequence[Site]) -> None:
        self.index, self.names, self.in_order = index_sites(sites)

    @property
    def gazetteer(self) -> Gazetteer:
        return load_gazetteer()

    def sites(self, rows: Sequence[int]) -> list[Site]:
        return [self.in_order[row] for row in rows]

    def rows_in_state(self, state: str) -> npt.NDArray[np.uint64]:
        return self._mask([s.state == state for s in self.in_order])

    def rows_in_county(self, county_fips: str) -> npt.NDArray[np.uint64]:
        return self._mask([s.county_fips == county_fips for s in self.in_order])

    def _mask(self, rows: list[bool]) -> npt.NDArray[np.uint64]:
        bits = np.zeros(self.index.block_count * 64, dtype=np.bool_)
        bits[: len(rows)] = rows
        return np.packbits(bits, bitorder="little").view(np.uint64)

    def name_order(self) -> npt.NDArray[np.int32]:
        keys = [(s.name.casefold(), s.id) for s in self.in_order]
        ranks = {key: rank for rank, key in enumerate(sorted(keys))}
        return np.array([ranks[key] for key in keys], dtype=np.int32)
