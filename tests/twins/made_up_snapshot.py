"""A small made-up directory, published in memory as the real one is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from waypost.directory.site import Claim, Site, Survey
from waypost.directory.timetables import with_timetable
from waypost.places.gazetteer import load_gazetteer
from waypost.places.place import Gazetteer
from waypost.publishing.build import index_sites
from waypost.publishing.site_offers import offer_table
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
SESSIONS = [
    (["mon", "wed", "thu"], "18:00", "21:00"),
    (["tue", "thu"], "17:30", "20:30"),
    (["sat"], "09:00", "12:00"),
    (["mon", "tue", "wed", "thu", "fri"], "09:00", "12:00"),
    (["sun"], "22:30", "01:30"),
    (["wed"], "13:00", "14:30"),
]
TODAY = date(2026, 3, 1)


def timetable(rng: random.Random) -> dict[str, Claim]:
    """What a program says of its hours and places: often nothing, sometimes long ago."""
    tracks = [track(rng, n) for n in range(rng.choice([0, 0, 1, 1, 2, 3]))]
    of = [t["id"] for t in tracks]
    names = rng.sample(["", *of], rng.choice([0, 0, 1, 1, min(2, len(of) + 1)]))
    days = {name: TODAY - timedelta(days=rng.choice([0, 3, 7, 8, 15])) for name in names}
    openings = [opening(rng, name, days[name]) for name in names]
    until = TODAY + timedelta(days=rng.choice([-3, 0, 1, 90]))
    said = {"tracks": tracks, "openings": openings}
    return {f: Claim(f, v, "program", TODAY, "said", until=until) for f, v in said.items()}


def track(rng: random.Random, number: int) -> dict[str, Any]:
    sessions = [
        {"days": days, "start": start, "end": end}
        for days, start, end in rng.sample(SESSIONS, rng.choice([1, 1, 2]))
    ]
    more = {
        "hours_a_week": rng.choice([3, 6, 9, 12]),
        "attendance": rng.choice(["in-person", "telehealth", "either"]),
        "starts_on": (TODAY + timedelta(days=rng.choice([-30, 0, 5, 30]))).isoformat(),
    }
    zone = rng.choice(["America/Chicago", "America/Chicago", "America/Denver", "Pacific/Guam"])
    made = {"id": f"t{number}", "sessions": sessions, "zone": zone}
    return made | {name: more[name] for name in more if rng.random() < 0.5}


def opening(rng: random.Random, name: str, day: date) -> dict[str, Any]:
    more = {
        "places": rng.choice([0, 1, 4]),
        "waiting_days": rng.choice([0, 10]),
        "next_start": (TODAY + timedelta(days=rng.choice([2, 30]))).isoformat(),
    }
    said = rng.sample(sorted(more), rng.choice([1, 1, 2]))
    return {"as_of": day.isoformat(), "track": name} | {key: more[key] for key in said}


def site(rng: random.Random, number: int) -> Site:
    """One site with random services, in one of a few towns or somewhere near it."""
    zip_code, state, fips, lat, lon = rng.choice(SPOTS)
    spread = rng.choice([0.0, 0.02, 0.3])
    surveys = rng.choice([{Survey.SUBSTANCE_USE}, {Survey.MENTAL_HEALTH}, set(Survey)])
    made = Site(
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
        timezone=("America/Chicago", "America/Denver", "Pacific/Guam")[number % 3],
        point=Point(lat + rng.uniform(-spread, spread), lon + rng.uniform(-spread, spread)),
        exact=rng.random() < 0.8,
        phones=(),
        website="",
        codes=frozenset(code for code in USED if rng.random() < 0.5),
        surveys=frozenset(surveys),
        listed_since="2022",
        last_listed="2024",
    )
    said = timetable(rng)
    return with_timetable(made, said) if rng.random() < 0.7 else made


def in_austin(n: int, codes: set[str], lat: float = 30.27, state: str = "TX") -> Site:
    """A program in the middle of Austin, or as far north of it as ``lat`` says."""
    base = site(random.Random(3), n)
    at = replace(base.point, lat=lat, lon=-97.74)
    return replace(base, point=at, state=state, codes=frozenset({"OIT", *codes}))


class MadeUpSnapshot:
    """Answers navigation as a published snapshot does."""

    version = "made-up"

    def __init__(self, sites: Sequence[Site]) -> None:
        self.index, self.names, self.in_order = index_sites(sites)
        self.offers = offer_table(enumerate(self.in_order))

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
