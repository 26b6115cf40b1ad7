"""The geo-facet index: built once from sites, it answers a query with a page and all counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from waypost.search.bands import BLOCK, band_starts, order_rows
from waypost.search.earth import unit_vectors
from waypost.search.engine import count, mask_of, search
from waypost.search.query import Hits, Query, Words, packed
from waypost.search.table import FacetTable, UnknownColumn

__all__ = ["Hits", "Index", "Query", "UnknownColumn", "build_index"]

WIDE_GROUP = 128
"""A group with more columns than this gets a part of its own."""

Bools = npt.NDArray[np.bool_]


class Index(FacetTable):
    """A facet table that answers queries."""

    def search(self, query: Query) -> Hits:
        """One page of what fits the query, the total, and the counts of the options."""
        return search(self, query)

    def count(self, query: Query) -> int:
        """How many rows fit the query."""
        return count(self, query)

    def mask(self, query: Query) -> Words:
        """Which rows fit the query, as a mask over all blocks."""
        return mask_of(self, query)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> Index:
        """The index that `to_arrays` stored."""
        groups: dict[str, list[str]] = {}
        for group, name in zip(arrays["groups"].tolist(), arrays["columns"].tolist(), strict=True):
            groups.setdefault(group, []).append(name)
        columns = {group: tuple(names) for group, names in groups.items()}
        return _index(arrays["order"], arrays["lats"], arrays["lons"], arrays["blocks"], columns)


def build_index(
    lats: Sequence[float] | np.ndarray,
    lons: Sequence[float] | np.ndarray,
    columns: Mapping[str, Sequence[str]],
    membership: Sequence[Collection[str]] | Bools,
) -> Index:
    """Index sites at ``lats``/``lons`` degrees.

    ``columns`` maps a group to its columns. ``membership`` says which columns each site has: a
    collection of names for each site, or a table of booleans of shape (sites, columns).
    """
    lat = np.asarray(lats, dtype=np.float64)
    lon = np.asarray(lons, dtype=np.float64)
    order = order_rows(lat, lon)
    groups = {group: tuple(names) for group, names in columns.items()}
    names = [name for group in groups.values() for name in group]
    table = membership if isinstance(membership, np.ndarray) else _table(membership, names)
    return _index(order, lat[order], lon[order], _pack(table, order), groups)


def _index(
    order: npt.NDArray[np.integer],
    lats: npt.NDArray[np.float64],
    lons: npt.NDArray[np.float64],
    blocks: Words,
    groups: Mapping[str, tuple[str, ...]],
) -> Index:
    padded = np.zeros((3, len(blocks) * BLOCK), dtype=np.float32)
    padded[:, : len(lats)] = unit_vectors(lats, lons)
    names = [name for group in groups.values() for name in group]
    return Index(
        size=len(order),
        order=order.astype(np.int32),
        lats=lats,
        lons=lons,
        vectors=padded.reshape(3, -1, BLOCK),
        starts=band_starts(lats),
        parts=_parts(blocks, groups),
        groups=groups,
        position={name: i for i, name in enumerate(names)},
    )


def _parts(blocks: Words, groups: Mapping[str, tuple[str, ...]]) -> tuple[Words, ...]:
    """The columns, cut before and after each group that has very many."""
    cuts, at = [0], 0
    for names in groups.values():
        if len(names) > WIDE_GROUP:
            cuts += [at, at + len(names)]
        at += len(names)
    edges = sorted({*cuts, at})
    return tuple(np.ascontiguousarray(blocks[:, a:b]) for a, b in pairwise(edges)) or (blocks,)


def _table(membership: Sequence[Collection[str]], names: Sequence[str]) -> Bools:
    position = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(membership), len(names)), dtype=np.bool_)
    for row, present in enumerate(membership):
        table[row, [position[name] for name in present]] = True
    return table


def _pack(table: Bools, order: npt.NDArray[np.int64]) -> Words:
    """Booleans (sites, columns) as words (blocks, columns), a column at a time to spare memory."""
    blocks = -(-len(order) // BLOCK)
    words = np.zeros((blocks, table.shape[1]), dtype=np.uint64)
    for column in range(table.shape[1]):
        words[:, column] = packed(table[order, column], blocks)
    return words
