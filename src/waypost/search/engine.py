"""Answers a query: the rows in reach, the facets, the counts, the page."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from waypost.search.query import Hits, Query, Words
from waypost.search.ranking import nearest, ranked
from waypost.search.reach import reachable, rows_of
from waypost.search.remembered import Everywhere
from waypost.search.table import FacetTable, UnknownColumn
from waypost.search.tally import Tally, fitting, fitting_but_one, tally


def count(table: FacetTable, query: Query) -> int:
    """How many rows fit."""
    blocks, reach = reachable(table, query)
    return int(np.bitwise_count(fitting(table, query, blocks, reach)).sum())


def mask_of(table: FacetTable, query: Query) -> Words:
    """Which rows fit, as a mask over all blocks."""
    blocks, reach = reachable(table, query)
    mask = fitting(table, query, blocks, reach)
    if blocks is table.all_blocks:
        return mask
    everywhere = np.zeros(table.block_count, dtype=np.uint64)
    everywhere[blocks] = mask
    return everywhere


def search(table: FacetTable, query: Query) -> Hits:
    """The page, the total and the counts."""
    wanted = _wanted(table, query)
    if query.radius_miles is None or query.lat is None:
        return _anywhere(table, query, wanted)
    blocks, reach = reachable(table, query)
    mask, open_masks = fitting_but_one(table, query, blocks, reach)
    counts = tally(table, blocks, mask, open_masks, wanted)
    fits = rows_of(table, blocks, mask)
    rows, miles = ranked(table, query, fits)
    return Hits(rows, miles, len(fits), _named(table, wanted, counts), _totals(open_masks))


def _anywhere(table: FacetTable, query: Query, wanted: tuple[str, ...]) -> Hits:
    """What fits in the whole country, where the counts do not depend on the place."""
    fit = _everywhere(table, query, wanted)
    rows, miles = ranked(table, query, nearest(table, query, fit.mask, fit.total))
    return Hits(rows, miles, fit.total, _named(table, wanted, fit.tally), fit.without)


def _everywhere(table: FacetTable, query: Query, wanted: tuple[str, ...]) -> Everywhere:
    key = (frozenset(query.any_of.items()), query.all_of, query.none_of, wanted)
    cached = table.remembered.get(key) if query.rows is None else None
    if cached is not None:
        return cached
    blocks, reach = reachable(table, query)
    mask, open_masks = fitting_but_one(table, query, blocks, reach)
    counts = tally(table, blocks, mask, open_masks, wanted)
    everywhere = np.zeros(table.block_count, dtype=np.uint64)
    everywhere[blocks] = mask
    total = int(np.bitwise_count(mask).sum())
    fit = Everywhere(everywhere, total, counts.astype(np.int32), _totals(open_masks))
    if query.rows is None:
        table.remembered.put(key, fit)
    return fit


def _totals(open_masks: Mapping[str, Words]) -> dict[str, int]:
    return {group: int(np.bitwise_count(mask).sum()) for group, mask in open_masks.items()}


def _wanted(table: FacetTable, query: Query) -> tuple[str, ...]:
    if query.count_groups is None:
        return tuple(table.groups)
    for group in query.count_groups:
        if group not in table.groups:
            raise UnknownColumn(group)
    return query.count_groups


def _named(table: FacetTable, wanted: tuple[str, ...], counts: Tally) -> dict[str, int]:
    return dict(zip(table.counted(wanted), counts.tolist(), strict=True))
