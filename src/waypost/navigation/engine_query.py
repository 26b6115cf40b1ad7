"""Turns a need at a resolved place into the engine's query."""

from __future__ import annotations

import operator
from functools import reduce

import numpy as np
import numpy.typing as npt

from waypost.directory.facets import Join
from waypost.navigation.answer import SearchedSnapshot
from waypost.navigation.need import NOT_FACETS, Need, Sort
from waypost.places.place import Place, PlaceKind
from waypost.search.query import Query, row_mask


def build_query(snapshot: SearchedSnapshot, need: Need, place: Place | None) -> Query:
    """The engine's query for a need at a resolved place.

    A state or a county means all of it, whatever the radius: its border is the limit.
    """
    whole = place is not None and has_border(place)
    chosen = {
        facet: frozenset(f"{facet}:{option}" for option in options)
        for facet, options in need.required
    }
    together = {f: columns for f, columns in chosen.items() if need.joins(f) is Join.ALL}
    best = need.sort is Sort.BEST
    weights = dict.fromkeys(need.named_columns | need.special_groups, 1) if best else None
    return Query(
        lat=place.point.lat if place else None,
        lon=place.point.lon if place else None,
        radius_miles=None if whole or place is None else need.radius_miles,
        any_of={facet: columns for facet, columns in chosen.items() if facet not in together},
        all_of=frozenset().union(*together.values()),
        none_of=frozenset(need.without),
        rows=_allowed_rows(snapshot, need, place if whole else None),
        weights=weights,
        limit=need.page_size,
        offset=(need.page - 1) * need.page_size,
        count_groups=tuple(g for g in snapshot.index.groups if g not in NOT_FACETS),
    )


def has_border(place: Place) -> bool:
    """Whether the place is an area, meant as a whole, rather than a point to measure from."""
    return place.kind in (PlaceKind.STATE, PlaceKind.COUNTY)


def _allowed_rows(
    snapshot: SearchedSnapshot, need: Need, area: Place | None
) -> npt.NDArray[np.uint64] | None:
    masks = []
    if area is not None and area.kind is PlaceKind.STATE:
        masks.append(snapshot.rows_in_state(area.state))
    elif area is not None and area.county_fips:
        masks.append(snapshot.rows_in_county(area.county_fips))
    if need.state:
        masks.append(snapshot.rows_in_state(need.state))
    if need.text:
        masks.append(_named(snapshot, need.text))
    return reduce(operator.and_, masks) if masks else None


def _named(snapshot: SearchedSnapshot, text: str) -> npt.NDArray[np.uint64]:
    return row_mask(snapshot.names.matching(text), snapshot.index.size)
