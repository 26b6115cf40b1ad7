"""Which rows in reach fit the choices, and how many each option would leave."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from waypost.search.query import Query, Words
from waypost.search.reach import Rows
from waypost.search.table import FacetTable

Tally = npt.NDArray[np.signedinteger]
CHUNK = 512
"""Blocks counted at once, so that they fit the processor's cache and sums fit in 16 bits."""


def fitting(
    table: FacetTable, query: Query, blocks: Rows, reach: Words
) -> tuple[Words, Mapping[str, Words]]:
    """The mask of what fits, and for each group with choices, the mask without that group's."""
    for name in query.all_of:
        reach = reach & table.words(name, blocks)
    for name in query.none_of:
        reach = reach & ~table.words(name, blocks)
    chosen = {group: _either(table, names, blocks) for group, names in query.any_of.items()}
    mask = reach
    for either in chosen.values():
        mask = mask & either
    return mask, {group: _all_but(reach, chosen, group) for group in chosen}


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
    runs = table.runs(wanted)
    for start, end in runs:
        _count(table, blocks, mask, start, end, counts)
    for group, open_mask in open_masks.items():
        if group in wanted:
            start, end = table.spans[group]
            counts[start:end] = 0
            _count(table, blocks, open_mask, start, end, counts)
    return np.concatenate([counts[start:end] for start, end in runs] or [counts[:0]])


def _count(
    table: FacetTable, blocks: Rows, mask: Words, start: int, end: int, counts: Tally
) -> None:
    live = np.flatnonzero(mask)
    whole = len(blocks) == table.block_count and 2 * len(live) > len(blocks)
    if not whole and len(live) < len(mask):  # gathering blocks costs as much as counting them
        blocks, mask = blocks[live], mask[live]
    section = table.section(start, end)
    for low in range(0, len(blocks), CHUNK):
        high = low + CHUNK
        chosen = slice(low, high) if whole else blocks[low:high]
        words = section[chosen] & mask[low:high, None]
        # 512 blocks of 64 rows: at most 32,768, so that 16 bits hold every sum.
        counts[start:end] += np.bitwise_count(words).sum(axis=0, dtype=np.uint16)
