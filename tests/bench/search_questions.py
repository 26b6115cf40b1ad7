"""The questions every engine is asked, and the one form of their answers."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from bench.search_directories import Directory
from waypost.search.earth import miles_from

EMPTY_MILES = 40.0
"""Country is empty where no real site is nearer than this."""

CHOICE_SETS = 24
LIMIT = 20
KINDS = ("25 miles, 3 facets", "nearest, 3 facets", "nearest, empty country")

Choices = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Question:
    """A place, a radius in miles or None for the nearest, and choices in three facets."""

    lat: float
    lon: float
    miles: float | None
    choices: Choices


@dataclass(frozen=True)
class Reply:
    """Positions of the first 20 sites in order, the total, and the count of every option."""

    positions: tuple[int, ...]
    total: int
    counts: tuple[int, ...]


def questions(kind: str, real: Directory, count: int, seed: int = 7) -> list[Question]:
    """Questions of one kind, asked where the real sites are or far from all of them."""
    rng = random.Random(seed)  # what people choose is the same everywhere; places differ
    sets = [_choices(rng, real) for _ in range(CHOICE_SETS)]
    rng = random.Random(f"{kind}{seed}")
    return [
        Question(
            *(_empty(rng, real) if "empty" in kind else _settled(rng, real)),
            25.0 if kind.startswith("25") else None,
            rng.choice(sets),
        )
        for _ in range(count)
    ]


def _choices(rng: random.Random, real: Directory) -> Choices:
    others = rng.sample([g for g in real.facets if g != "level"], 2)
    chosen = [("level", ("level:iop",))]
    for group in others:
        names = real.groups[group]
        chosen.append((group, tuple(sorted(rng.sample(names, min(len(names), rng.randint(1, 2)))))))
    return tuple(chosen)


def _settled(rng: random.Random, real: Directory) -> tuple[float, float]:
    row = rng.randrange(len(real.lats))
    lat = min(90.0, real.lats[row] + rng.uniform(-0.2, 0.2))
    return round(float(lat), 4), round(float(real.lons[row]), 4)


def _empty(rng: random.Random, real: Directory) -> tuple[float, float]:
    while True:
        lat, lon = round(rng.uniform(31, 66), 4), round(rng.uniform(-160, -96), 4)
        nearest = np.min(miles_from(lat, lon, real.lats, real.lons))
        if EMPTY_MILES < nearest < 4 * EMPTY_MILES:
            return lat, lon
