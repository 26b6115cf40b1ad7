"""Orders what fits by weight, then miles, then the order in which the rows were given."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from waypost.search.bands import BLOCK
from waypost.search.earth import (
    HALF_WAY_ROUND,
    SLACK_MILES,
    Floats,
    chord_squared,
    chords_squared,
    miles_from,
    miles_of_chord_squared,
)
from waypost.search.query import Query, Words
from waypost.search.reach import Rows, blocks_near, rows_of, within
from waypost.search.table import FacetTable

FIRST_RING_MILES = 8.0
FEW_ROWS = 6_000
"""Up to this many rows, measuring all is faster than searching in widening circles."""


def ranked(table: FacetTable, query: Query, rows: Rows) -> tuple[Rows, Floats | None]:
    """One page of ``rows`` in order, with their miles (None without a place)."""
    end = query.offset + query.limit
    if query.limit <= 0 or query.offset >= len(rows):
        end = 0
    lat, lon = query.lat, query.lon
    miles: Floats | None = None
    if lat is not None and lon is not None:
        rows = rows if query.weighted else _closest(table, lat, lon, rows, end)
        miles = miles_from(lat, lon, table.lats[rows], table.lons[rows])
    order = _order(table, query, rows, miles)[query.offset : end]
    return rows[order], None if miles is None else miles[order]


def _order(table: FacetTable, query: Query, rows: Rows, miles: Floats | None) -> Rows:
    # Rounded to a millionth of a mile, so that sites in one building tie.
    near = np.zeros(len(rows)) if miles is None else miles.round(6)
    if not query.weighted:
        return np.lexsort((table.order[rows], near))
    return np.lexsort((table.order[rows], near, -_scores(table, query, query.weights or {}, rows)))


def _closest(table: FacetTable, lat: float, lon: float, rows: Rows, end: int) -> Rows:
    """A few more rows than the ``end`` closest, because float32 may misorder the last ones."""
    if not 0 < end < len(rows) // 2:
        return rows
    x, y, z = table.vectors.reshape(3, -1).take(rows, axis=1)
    chord = chords_squared(lat, lon, x, y, z)
    edge = float(np.partition(chord, end - 1)[end - 1])
    reach = miles_of_chord_squared(edge) + 2 * SLACK_MILES
    if reach > HALF_WAY_ROUND / 2:
        return rows
    return rows[chord <= chord_squared(reach)]


def _scores(table: FacetTable, query: Query, weights: Mapping[str, int], rows: Rows) -> Rows:
    block, bit = rows // BLOCK, (rows % BLOCK).astype(np.uint64)
    scores = np.zeros(len(rows), dtype=np.int64)
    for name, weight in weights.items():
        present = (table.words(name, block) >> bit) & np.uint64(1)
        scores += weight * present.astype(np.int64)
    if query.bonus is not None:
        scores += ((query.bonus[block] >> bit) & np.uint64(1)).astype(np.int64)
    return scores


def nearest(table: FacetTable, query: Query, mask: Words, total: int) -> Rows:
    """Rows of a mask over all blocks that include the nearest ones, enough for the page.

    They are in the smallest of ever wider circles that has enough rows that fit.
    """
    enough = min(query.offset + query.limit, total)
    if query.lat is None or query.lon is None or query.weighted or total <= FEW_ROWS:
        return rows_of(table, table.all_blocks, mask)
    miles = FIRST_RING_MILES
    while miles < HALF_WAY_ROUND / 4:
        blocks = blocks_near(table, query.lat, query.lon, miles)
        inside = mask[blocks]
        if np.bitwise_count(inside).sum() >= enough:  # only then can the circle have enough
            live = np.flatnonzero(inside)
            inside = inside[live] & within(table, query.lat, query.lon, miles, blocks[live])
            if np.bitwise_count(inside).sum() >= enough:
                return rows_of(table, blocks[live], inside)
        miles *= 2
    return rows_of(table, table.all_blocks, mask)
