"""Find care: a need in, ranked options with reasons out. The one call every door makes.

Rank depends on the need and the facts alone:

* ``nearest``: great-circle miles, then the site's id.
* ``best``: how many of the chosen options the site is known to offer, then miles, then id.
* ``name``: the name in alphabetical order, then the site's id.

A choice within a facet is "any of"; facets are joined by "all of". The count beside an option is
what would be found with that option alone in its facet and everything else unchanged, so that
counts within a facet may be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import numpy.typing as npt

from waypost.directory.facets import known_for
from waypost.directory.site import Site
from waypost.navigation.answer import (
    Answer,
    Change,
    ChangeKind,
    Option,
    Reason,
    Snapshot,
    Standing,
)
from waypost.navigation.need import MAX_RADIUS, NOT_FACETS, Need, Sort
from waypost.places.place import Found, Place, PlaceKind, Resolution
from waypost.search.index import Hits, Query

FEW = 5
"""Fewer results than this, and changes that would find more are offered."""

WIDER_STEPS = (50.0, 100.0, 250.0, MAX_RADIUS)
MAX_NAME_MATCHES = 5_000


def find_care(snapshot: Snapshot, need: Need, now: datetime) -> Answer:
    """Answer ``need`` from ``snapshot``; ``now`` is the door's clock, kept for the reader."""
    resolution = snapshot.gazetteer.resolve(need.place) if need.place else None
    if resolution is not None and not isinstance(resolution, Found):
        return Answer(need, now, snapshot.version, resolution, None, (), 0, {}, ())
    place = resolution.place if isinstance(resolution, Found) else None
    query = build_query(snapshot, need, place)
    hits = _search(snapshot, need, query)
    options = _options(snapshot, need, place, hits)
    changes = _changes(snapshot, need, place) if hits.total < FEW else ()
    return _answer(need, now, snapshot.version, resolution, place, options, hits, changes)


def _answer(
    need: Need,
    now: datetime,
    version: str,
    resolution: Resolution | None,
    place: Place | None,
    options: tuple[Option, ...],
    hits: Hits,
    changes: tuple[Change, ...],
) -> Answer:
    return Answer(
        need, now, version, resolution, place, options, hits.total, dict(hits.counts), changes
    )


def build_query(snapshot: Snapshot, need: Need, place: Place | None) -> Query:
    """The engine's query for a need at a resolved place.

    A state or a county means all of it, whatever the radius: its border is the limit.
    """
    whole = place is not None and place.kind in (PlaceKind.STATE, PlaceKind.COUNTY)
    chosen = {
        facet: frozenset(f"{facet}:{option}" for option in options)
        for facet, options in need.choices
    }
    best = need.sort is Sort.BEST
    return Query(
        lat=place.point.lat if place else None,
        lon=place.point.lon if place else None,
        radius_miles=None if whole or place is None else need.radius_miles,
        any_of=chosen,
        none_of=frozenset(need.without),
        rows=_allowed_rows(snapshot, need, place if whole else None),
        weights=dict.fromkeys(need.chosen_columns, 1) if best else None,
        limit=need.page_size,
        offset=(need.page - 1) * need.page_size,
        count_groups=tuple(g for g in snapshot.index.groups if g not in NOT_FACETS),
    )


def _allowed_rows(
    snapshot: Snapshot, need: Need, area: Place | None
) -> npt.NDArray[np.uint64] | None:
    masks = []
    if area is not None and area.kind is PlaceKind.STATE:
        masks.append(snapshot.rows_in_state(area.state))
    elif area is not None and area.county_fips:
        masks.append(snapshot.rows_in_county(area.county_fips))
    if need.text:
        masks.append(_named(snapshot, need.text))
    if not masks:
        return None
    return masks[0] if len(masks) == 1 else masks[0] & masks[1]


def _named(snapshot: Snapshot, text: str) -> npt.NDArray[np.uint64]:
    rows = [row for row, _ in snapshot.names.find(text, MAX_NAME_MATCHES)]
    return row_mask(np.asarray(rows, dtype=np.int64), snapshot.index.size)


def row_mask(rows: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.uint64]:
    """Rows as the engine's mask: one bit a row in words of 64."""
    bits = np.zeros(-(-size // 64) * 64, dtype=np.uint8)
    bits[rows] = 1
    return np.packbits(bits, bitorder="little").view(np.uint64)


def _search(snapshot: Snapshot, need: Need, query: Query) -> Hits:
    if need.sort is not Sort.NAME:
        return snapshot.index.search(query)
    everything = snapshot.index.search(
        replace(query, limit=snapshot.index.size, offset=0, weights=None)
    )
    order = np.argsort(snapshot.name_order()[everything.rows], kind="stable")
    page = order[query.offset : query.offset + query.limit]
    miles = everything.miles[page] if everything.miles is not None else None
    return replace(everything, rows=everything.rows[page], miles=miles)


def _options(snapshot: Snapshot, need: Need, place: Place | None, hits: Hits) -> tuple[Option, ...]:
    rows = hits.rows.tolist()
    miles: Sequence[float | None] = [None] * len(rows)
    if place is not None and hits.miles is not None:
        miles = hits.miles.tolist()
    first = (need.page - 1) * need.page_size + 1
    chosen = sorted(need.chosen_columns)
    options = []
    for i, (row, site, distance) in enumerate(zip(rows, snapshot.sites(rows), miles, strict=True)):
        reasons = _reasons(site, chosen, snapshot.index.matches_at(row))
        score = sum(reason.standing is Standing.OFFERED for reason in reasons)
        options.append(Option(first + i, site, distance, site.exact, reasons, score))
    return tuple(options)


def _reasons(
    site: Site, chosen: Sequence[str], offered: frozenset[str] | set[str]
) -> tuple[Reason, ...]:
    asked = known_for(site.surveys)
    return tuple(
        Reason(
            column,
            Standing.OFFERED
            if column in offered
            else Standing.NOT_LISTED
            if column in asked
            else Standing.UNKNOWN,
        )
        for column in chosen
    )


def _changes(snapshot: Snapshot, need: Need, place: Place | None) -> tuple[Change, ...]:
    """Changes that would find something, each counted, the smallest change first."""
    found = []
    for kind, detail, other in _candidates(need, place):
        total = snapshot.index.count(build_query(snapshot, other, place))
        if total > 0:
            found.append(Change(kind, detail, other, total))
    return tuple(_without_repeats(found))


def _candidates(need: Need, place: Place | None) -> list[tuple[ChangeKind, str, Need]]:
    radius = need.radius_miles
    found: list[tuple[ChangeKind, str, Need]] = []
    if place is not None and radius is not None:
        found += [
            (ChangeKind.WIDER, f"{step:g}", replace(need, radius_miles=step, page=1))
            for step in WIDER_STEPS
            if step > radius
        ]
    found += [
        (ChangeKind.OPEN_FACET, facet, need.with_choices(facet, ())) for facet, _ in need.choices
    ]
    found += [
        (
            ChangeKind.ALLOW,
            column,
            replace(need, without=tuple(w for w in need.without if w != column), page=1),
        )
        for column in need.without
    ]
    if need.text:
        found.append((ChangeKind.DROP_TEXT, need.text, replace(need, text="", page=1)))
    return found


def _without_repeats(changes: Sequence[Change]) -> list[Change]:
    """The smallest two distances that find something are enough."""
    wider = [change for change in changes if change.kind is ChangeKind.WIDER][:2]
    return wider + [change for change in changes if change.kind is not ChangeKind.WIDER]
