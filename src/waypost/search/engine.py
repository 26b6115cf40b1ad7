"""How a query is answered: the rows in reach, the facets, the counts, the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from waypost.search.bands import BLOCK, Span, block_spans
from waypost.search.earth import HALF_WAY_ROUND, SLACK_MILES, chord_squared, miles_from
from waypost.search.query import Hits, Query, Words
from waypost.search.table import FacetTable, UnknownColumn

FIRST_RING_MILES = 8.0
Rows = npt.NDArray[np.int64]


def count(table: FacetTable, query: Query) -> int:
    """How many rows fit."""
    total = 0
    for span in _spans(table, query):
        reach = _reach(table, query, span)
        mask, _ = _facet_masks(table, query, span, reach)
        total += int(np.bitwise_count(mask).sum())
    return total


def search(table: FacetTable, query: Query) -> Hits:
    """The page, the total and the counts."""
    tally = np.zeros(len(table.names), dtype=np.int64)
    wanted = _wanted(table, query)
    masks: list[tuple[Span, Words]] = []
    for span in _spans(table, query):
        reach = _reach(table, query, span)
        mask, open_masks = _facet_masks(table, query, span, reach)
        _tally(table, span, mask, open_masks, wanted, tally)
        masks.append((span, mask))
    total = sum(int(np.bitwise_count(mask).sum()) for _, mask in masks)
    rows = _page_rows(table, query, masks, total)
    miles = _miles(table, query, rows)
    counts = {n: int(tally[i]) for g in wanted for n, i in _columns(table, g)}
    return Hits(rows, miles, total, counts)


def _columns(table: FacetTable, group: str) -> Iterable[tuple[str, int]]:
    return zip(table.groups[group], range(*table.spans[group]), strict=True)


def _wanted(table: FacetTable, query: Query) -> tuple[str, ...]:
    if query.count_groups is None:
        return tuple(table.groups)
    for group in query.count_groups:
        if group not in table.groups:
            raise UnknownColumn(group)
    return query.count_groups


def _spans(table: FacetTable, query: Query) -> list[Span]:
    if query.lat is None or query.lon is None or query.radius_miles is None:
        return [(0, len(table.blocks))] if table.size else []
    miles = query.radius_miles + SLACK_MILES
    return block_spans(table.starts, table.lons, query.lat, query.lon, miles)


def _reach(table: FacetTable, query: Query, span: Span) -> Words:
    """The mask of the allowed rows of a span that lie within the radius."""
    low, high = span
    mask = table.whole[low:high]
    if query.rows is not None:
        mask = mask & query.rows[low:high]
    if query.lat is None or query.lon is None or query.radius_miles is None:
        return mask
    return mask & within(table, query.lat, query.lon, query.radius_miles, span)


def within(table: FacetTable, lat: float, lon: float, miles: float, span: Span) -> Words:
    """The mask of the rows of a span within ``miles``; the edge is measured in float64."""
    low, high = span[0] * BLOCK, span[1] * BLOCK
    chord = _chords(table, lat, lon, low, high)
    inside = chord <= chord_squared(miles - SLACK_MILES) if miles > SLACK_MILES else chord < 0
    near = np.flatnonzero((chord <= chord_squared(miles + SLACK_MILES)) & ~inside) + low
    near = near[near < table.size]
    if len(near):
        exact = miles_from(lat, lon, table.lats[near], table.lons[near])
        inside[near[exact <= miles] - low] = True
    return np.packbits(inside, bitorder="little").view(np.uint64)


def _chords(
    table: FacetTable, lat: float, lon: float, low: int, high: int
) -> npt.NDArray[np.float32]:
    """Squared chords, in earth radii, from a point to the rows from ``low`` to ``high``."""
    phi, lam = np.radians(lat), np.radians(lon)
    flat = np.cos(phi)
    here = (flat * np.cos(lam), flat * np.sin(lam), np.sin(phi))
    total = table.vectors[0, low:high] - np.float32(here[0])
    total *= total
    for axis in (1, 2):
        part = table.vectors[axis, low:high] - np.float32(here[axis])
        part *= part
        total += part
    return total


def _facet_masks(
    table: FacetTable, query: Query, span: Span, reach: Words
) -> tuple[Words, Mapping[str, Words]]:
    """The mask of what fits, and for each group with choices the mask with that group open."""
    rows = table.blocks[span[0] : span[1]]
    for name in query.all_of:
        reach = reach & rows[:, table.column(name)]
    for name in query.none_of:
        reach = reach & ~rows[:, table.column(name)]
    chosen = {}
    for group, names in query.any_of.items():
        columns = [table.column(name) for name in sorted(names)]
        either = rows[:, columns[0]]
        for column in columns[1:]:
            either = either | rows[:, column]
        chosen[group] = either
    mask = reach
    for either in chosen.values():
        mask = mask & either
    return mask, {group: _all_but(reach, chosen, group) for group in chosen}


def _all_but(reach: Words, chosen: Mapping[str, Words], group: str) -> Words:
    for other, either in chosen.items():
        if other != group:
            reach = reach & either
    return reach


def _tally(
    table: FacetTable,
    span: Span,
    mask: Words,
    open_masks: Mapping[str, Words],
    wanted: tuple[str, ...],
    tally: npt.NDArray[np.int64],
) -> None:
    """Add a span's counts: unbroken runs of groups at once, each group with choices by itself."""
    run: list[int] = []
    for group in wanted:
        start, end = table.spans[group]
        if group in open_masks:
            _add(table, span, open_masks[group], start, end, tally)
        elif run and run[1] == start:
            run[1] = end
        else:
            if run:
                _add(table, span, mask, run[0], run[1], tally)
            run = [start, end]
    if run:
        _add(table, span, mask, run[0], run[1], tally)


def _add(
    table: FacetTable, span: Span, mask: Words, start: int, end: int, tally: npt.NDArray[np.int64]
) -> None:
    live = np.flatnonzero(mask)
    if not len(live):
        return
    rows = table.blocks[span[0] : span[1], start:end]
    if len(live) < len(mask):
        rows, mask = rows[live], mask[live]
    bits = np.bitwise_count(rows & mask[:, None])
    tally[start:end] += bits.sum(axis=0, dtype=np.int64)


def _bits_to_rows(span: Span, mask: Words) -> Rows:
    live = np.flatnonzero(mask)
    bits = np.unpackbits(mask[live].view(np.uint8), bitorder="little").reshape(-1, BLOCK)
    block, bit = np.nonzero(bits)
    return (span[0] + live[block]) * BLOCK + bit


def _page_rows(
    table: FacetTable, query: Query, masks: list[tuple[Span, Words]], total: int
) -> Rows:
    end = query.offset + query.limit
    if not total or query.offset >= total or query.limit <= 0:
        return np.empty(0, dtype=np.int64)
    if query.lat is not None and query.weights is None and query.radius_miles is None:
        masks = _nearest_ring(table, query, masks[0], min(end, total))
    rows = np.concatenate([_bits_to_rows(span, mask) for span, mask in masks])
    return _ranked(table, query, rows, end)[query.offset : end]


def _nearest_ring(
    table: FacetTable, query: Query, whole: tuple[Span, Words], enough: int
) -> list[tuple[Span, Words]]:
    """The smallest of ever wider circles that holds ``enough`` of what fits."""
    assert query.lat is not None and query.lon is not None
    miles = FIRST_RING_MILES
    while miles < HALF_WAY_ROUND / 4:
        found, held = [], 0
        for span in block_spans(table.starts, table.lons, query.lat, query.lon, miles):
            mask = whole[1][span[0] : span[1]]
            if mask.any():
                mask = mask & within(table, query.lat, query.lon, miles, span)
                held += int(np.bitwise_count(mask).sum())
                found.append((span, mask))
        if held >= enough:
            return found
        miles *= 2
    return [whole]


def _ranked(table: FacetTable, query: Query, rows: Rows, end: int) -> Rows:
    """The first ``end`` rows in order: weight, then miles, then the order they were given in."""
    ties = table.order[rows]
    if query.lat is None or query.lon is None:
        miles = np.zeros(len(rows))
    else:
        if query.weights is None and len(rows) > 4 * end:
            rows = _closest(table, query.lat, query.lon, rows, end)
            ties = table.order[rows]
        miles = miles_from(query.lat, query.lon, table.lats[rows], table.lons[rows]).round(6)
    keys: tuple[npt.NDArray[np.generic], ...] = (ties, miles)
    if query.weights:
        keys = (ties, miles, -_scores(table, query.weights, rows))
    return rows[np.lexsort(keys)[:end]]


def _closest(table: FacetTable, lat: float, lon: float, rows: Rows, end: int) -> Rows:
    """A few more rows than the ``end`` closest, so that the float64 order is among them."""
    here = np.radians([lat, lon])
    x = np.cos(here[0]) * np.cos(here[1])
    y = np.cos(here[0]) * np.sin(here[1])
    spot = np.array([x, y, np.sin(here[0])], dtype=np.float32)
    gap = table.vectors[:, rows] - spot[:, None]
    chord = np.einsum("ij,ij->j", gap, gap)
    edge = float(np.partition(chord, end - 1)[end - 1])
    reach = 2 * np.arcsin(min(1.0, np.sqrt(edge) / 2)) * 3958.7613 + 2 * SLACK_MILES
    return rows[chord <= chord_squared(reach)]


def _scores(table: FacetTable, weights: Mapping[str, int], rows: Rows) -> Rows:
    block, bit = rows // BLOCK, (rows % BLOCK).astype(np.uint64)
    scores = np.zeros(len(rows), dtype=np.int64)
    for name, weight in weights.items():
        words = table.blocks[block, table.column(name)]
        scores += weight * ((words >> bit) & np.uint64(1)).astype(np.int64)
    return scores


def _miles(table: FacetTable, query: Query, rows: Rows) -> npt.NDArray[np.float64] | None:
    if query.lat is None or query.lon is None:
        return None
    return miles_from(query.lat, query.lon, table.lats[rows], table.lons[rows])
