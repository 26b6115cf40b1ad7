"""Which rows are in reach: the blocks a circle touches, and the rows of theirs inside it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from waypost.search.bands import BLOCK, block_spans
from waypost.search.earth import SLACK_MILES, chord_squared, chords_squared, miles_from
from waypost.search.query import Query, Words, as_bits, as_words
from waypost.search.table import FacetTable

Rows = npt.NDArray[np.int64]
FLOAT32_MILES = 6_000.0
"""Beyond this radius float32 chords are too inexact in miles, so every row is measured."""


def blocks_near(table: FacetTable, lat: float, lon: float, miles: float) -> Rows:
    """The blocks that a circle may touch, in order."""
    spans = block_spans(table.starts, table.lons, lat, lon, miles + SLACK_MILES)
    if not spans:
        return np.empty(0, dtype=np.int64)
    return np.concatenate([np.arange(low, high) for low, high in spans])


def within(table: FacetTable, lat: float, lon: float, miles: float, blocks: Rows) -> Words:
    """For each block, the mask of its rows within ``miles``; the edge is measured in float64."""
    if miles > FLOAT32_MILES:
        return _measured(table, lat, lon, miles, blocks)
    x, y, z = (axis.take(blocks, axis=0) for axis in table.vectors)
    chord = chords_squared(lat, lon, x, y, z)
    inside = chord <= chord_squared(miles - SLACK_MILES)
    if miles <= SLACK_MILES:
        inside[:] = False
    near = np.flatnonzero((chord <= chord_squared(miles + SLACK_MILES)) ^ inside)
    rows = blocks[near // BLOCK] * BLOCK + near % BLOCK
    near, rows = near[rows < table.size], rows[rows < table.size]
    if len(near):
        exact = miles_from(lat, lon, table.lats[rows], table.lons[rows])
        inside.reshape(-1)[near[exact <= miles]] = True
    return as_words(inside)


def _measured(table: FacetTable, lat: float, lon: float, miles: float, blocks: Rows) -> Words:
    rows = (blocks[:, None] * BLOCK + np.arange(BLOCK)).reshape(-1)
    real = np.minimum(rows, table.size - 1)
    inside = miles_from(lat, lon, table.lats[real], table.lons[real]) <= miles
    return as_words(inside)


def reachable(table: FacetTable, query: Query) -> tuple[Rows, Words]:
    """The blocks with a row in reach and, for each, the mask of the allowed rows in reach."""
    if query.lat is None or query.lon is None or query.radius_miles is None:
        blocks, mask = table.all_blocks, table.whole
    else:
        blocks = blocks_near(table, query.lat, query.lon, query.radius_miles)
        mask = within(table, query.lat, query.lon, query.radius_miles, blocks) & table.whole[blocks]
    if query.rows is not None:
        mask = mask & query.rows[blocks]
    live = np.flatnonzero(mask)
    return (blocks, mask) if len(live) == len(mask) else (blocks[live], mask[live])


def rows_of(table: FacetTable, blocks: Rows, mask: Words) -> Rows:
    """The rows whose bits are set."""
    if blocks is table.all_blocks:
        return _set_bits(mask)
    live = np.flatnonzero(mask)
    bits = _set_bits(mask[live])
    return blocks[live][bits // BLOCK] * BLOCK + bits % BLOCK


def _set_bits(mask: Words) -> Rows:
    return np.flatnonzero(as_bits(mask))
