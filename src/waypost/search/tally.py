"""Which rows in reach fit the choices, and how many each option would leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from waypost.search.bands import BLOCK
from waypost.search.query import Query, Words
from waypost.search.reach import Rows
from waypost.search.table import FacetTable

Tally = npt.NDArray[np.signedinteger]
CHUNK = 512
"""Blocks counted at once, so that they fit the processor's cache and sums fit in 16 bits."""


def fitting(table: FacetTable, query: Query, blocks: Rows, reach: Words) -> Words:
    """The mask of what fits."""
    for either in _limits(table, query, blocks):
        reach = reach & either
    return _always(table, query, blocks, reach)


def fitting_but_one(
    table: FacetTable, query: Query, blocks: Rows, reach: Words
) -> tuple[Words, Mapping[str, Words]]:
    """The mask of what fits and, for each group with choices, the mask without that group's."""
    reach = _always(table, query, blocks, reach)
    chosen = dict(zip(query.any_of, _limits(table, query, blocks), strict=True))
    mask = reach
    for either in chosen.values():
        mask = mask & either
    return mask, {group: _all_but(reach, chosen, group) for group in chosen}


def _always(table: FacetTable, query: Query, blocks: Rows, reach: Words) -> Words:
    """What has every column that is required, and none of those that are refused."""
    for name in query.all_of:
        reach = reach & table.words(name, blocks)
    for name in query.none_of:
        reach = reach & ~table.words(name, blocks)
    return reach


def _limits(table: FacetTable, query: Query, blocks: Rows) -> Iterator[Words]:
    """For each group with choices, what has one of them."""
    return (_either(table, names, blocks) for names in query.any_of.values())


def _either(table: FacetTable, names: frozenset[str], blocks: Rows) -> Words:
    first, *rest = sorted(names)
    either = table.words(first, blocks)
    for name in rest:
        either = either | table.words(name, blocks)
    return either


def _all_but(reach: Words, chosen: Mapping[str, Words], group: str) -> Words:
    for other, either in chosen.items():
        if other != group:
            reach = reach & either
    return reach


def tally(
    table: FacetTable,
    blocks: Rows,
    mask: Words,
    open_masks: Mapping[str, Words],
    wanted: tuple[str, ...],
) -> Tally:
    """The counts of the wanted groups' columns; a group's own choices do not limit its counts.

    They are in the order of `FacetTable.counted`.
    """
    counts = np.zeros(len(table.names), dtype=np.int64)
    for start, end in table.runs(tuple(group for group in wanted if group not in open_masks)):
        _count(table, blocks, mask, start, end, counts)
    for group in open_masks.keys() & set(wanted):
        _count(table, blocks, open_masks[group], *table.spans[group], counts)
    return np.concatenate([counts[start:end] for start, end in table.runs(wanted)] or [counts[:0]])


def _count(
    table: FacetTable, blocks: Rows, mask: Words, start: int, end: int, counts: Tally
) -> None:
    live = np.flatnonzero(mask)
    if len(blocks) == table.block_count and 2 * len(live) > len(blocks):
        _count_whole(table, mask, start, end, counts)
        return
    if len(live) < len(mask):  # gathering blocks costs as much as counting them
        blocks, mask = blocks[live], mask[live]
    section = table.section(start, end)
    for low in range(0, len(blocks), CHUNK):
        high = low + CHUNK
        words = section[blocks[low:high]] & mask[low:high, None]
        # 512 blocks of 64 rows: at most 32,768, so that 16 bits hold every sum.
        counts[start:end] += np.bitwise_count(words).sum(axis=0, dtype=np.uint16)


def _count_whole(table: FacetTable, mask: Words, start: int, end: int, counts: Tally) -> None:
    """Count most of a large table a few columns at a time, each as one run of memory."""
    columns = table.by_column(start, end)
    at_once = max(1, CHUNK * BLOCK // len(mask))
    for low in range(0, end - start, at_once):
        words = columns[low : low + at_once] & mask
        sums = np.bitwise_count(words).sum(axis=1, dtype=np.uint32)
        counts[start + low : start + low + len(sums)] += sums
