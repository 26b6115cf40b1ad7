"""What the SQL rivals share: bits in whole numbers, distances, and counts in one statement."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from bench.search_directories import Directory
from bench.search_questions import Question
from waypost.search.earth import longitude_reach
from waypost.values.geo import EARTH_RADIUS_MILES

BITS = 62
"""Bits a number holds: SQL's are signed."""

Has = Callable[[str], str]


def words(directory: Directory) -> npt.NDArray[np.int64]:
    """The facets of each site as numbers of 62 bits."""
    columns = len(directory.columns)
    packed = np.zeros((len(directory.lats), -(-columns // BITS)), dtype=np.int64)
    for i in range(columns):
        packed[:, i // BITS] |= directory.table[:, i].astype(np.int64) << (i % BITS)
    return packed


def bit_test(directory: Directory) -> Has:
    """SQL that is true where a site has a column, its facets packed by `words`."""
    at = {name: i for i, name in enumerate(directory.columns)}

    def has(name: str) -> str:
        return f"(w{at[name] // BITS} & {1 << (at[name] % BITS)}) <> 0"

    return has


def haversine(question: Question, least: str) -> str:
    """SQL for the miles from a question's place to ``lat``, ``lon``."""
    lat, lon = question.lat, question.lon
    return (
        f"2 * {EARTH_RADIUS_MILES} * asin({least}(1.0, sqrt("
        f"pow(sin(radians(lat - {lat!r}) / 2), 2) + cos(radians({lat!r})) * cos(radians(lat)) "
        f"* pow(sin(radians(lon - ({lon!r})) / 2), 2))))"
    )


def box(question: Question, miles: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a circle; none of the questions is at the date line."""
    high = math.degrees(miles / EARTH_RADIUS_MILES)
    wide = longitude_reach(question.lat, miles)
    return (
        question.lat - high,
        question.lat + high,
        question.lon - wide,
        question.lon + wide,
    )


def masks(question: Question, has: Has) -> dict[str, str]:
    """SQL for "fits", and for each chosen facet "fits, that facet open"."""
    chosen = {g: f"({' OR '.join(map(has, names))})" for g, names in question.choices}
    found = {"": " AND ".join(chosen.values())}
    for group in chosen:
        found[group] = " AND ".join(s for other, s in chosen.items() if other != group) or "true"
    return found


def near_misses(question: Question, has: Has) -> str:
    """SQL for all that any count needs: what fits with one facet open."""
    return " OR ".join(f"({sql})" for group, sql in masks(question, has).items() if group)


def counted(directory: Directory, question: Question, has: Has) -> Iterable[str]:
    """SQL conditions, the total's first, then one for each column."""
    names = {group: f"m{i}" for i, group in enumerate(masks(question, has))}
    yield names[""]
    for group, columns in directory.facets.items():
        mask = names.get(group, names[""])
        yield from (f"{mask} AND {has(column)}" for column in columns)


def mask_columns(question: Question, has: Has) -> str:
    """SQL that names each mask m0, m1, ..."""
    return ", ".join(f"({sql}) AS m{i}" for i, sql in enumerate(masks(question, has).values()))
