"""The engine's question and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]


def packed(present: npt.NDArray[np.bool_], blocks: int) -> Words:
    """One boolean per row as bits, 64 per word, lowest bit first; padding rows are absent."""
    bits = np.zeros(blocks * 64, dtype=np.bool_)
    bits[: len(present)] = present
    return as_words(bits)


def as_words(bits: npt.NDArray[np.bool_]) -> Words:
    """Booleans, 64 for each word, as bits: the lowest first."""
    return np.packbits(bits, bitorder="little").view(np.uint64)


def as_bits(words: Words) -> npt.NDArray[np.bool_]:
    """The bits of words, 64 of each, the lowest first."""
    return np.unpackbits(words.view(np.uint8), bitorder="little").view(np.bool_)


def row_mask(rows: npt.NDArray[np.int64], size: int) -> Words:
    """Row numbers as the engine's mask."""
    present = np.zeros(size, dtype=np.bool_)
    present[rows] = True
    return packed(present, -(-size // 64))


@dataclass(frozen=True, slots=True)
class Query:
    """What to find.

    ``lat``/``lon`` in degrees or both None for no place; ``radius_miles`` None means everywhere,
    the nearest first. ``any_of`` maps a group to columns of which one must be present, for every
    group; ``all_of`` must all be present, ``none_of`` all absent. ``rows`` is a mask of allowed
    rows, 64 a word, the lowest bit first. ``weights`` order by the sum of the weights of the
    columns present, the highest first, before distance; under weights a row in the mask ``bonus``
    has one more. ``count_groups`` names the groups whose
    options are counted (None for all of them).
    """

    lat: float | None = None
    lon: float | None = None
    radius_miles: float | None = None
    any_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    all_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    rows: Words | None = None
    weights: Mapping[str, int] | None = None
    limit: int = 20
    offset: int = 0
    count_groups: tuple[str, ...] | None = None
    bonus: Words | None = None

    @property
    def weighted(self) -> bool:
        """Whether anything but distance orders; no weight at all, and the bonus alone may."""
        return self.weights is not None and bool(self.weights or self.bonus is not None)


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of one page in order, their miles (None without a place), the total and the counts.

    A count is the number of rows that the option alone in its group would find, with the choices
    in all other groups unchanged. ``without`` is the total with one group of ``any_of`` left open,
    for each.
    """

    rows: npt.NDArray[np.int64]
    miles: npt.NDArray[np.float64] | None
    total: int
    counts: Mapping[str, int]
    without: Mapping[str, int] = field(default_factory=dict)
