"""Find care: takes a need, returns ranked options with reasons. Every door makes this one call.

Rank depends on the need and the facts alone:

* ``nearest``: great-circle miles, then the site's id.
* ``best``: how many of the chosen and preferred options the site is known to offer, a group made
  for just such a person and hours that fit among them, then miles, then id.
* ``name``: the name in alphabetical order, then the site's id.

Within a facet the choices are joined as the facet says, by "all of" or by "any of"; facets are
joined by "all of". The count beside an option of an "any" facet is what would be found with only
that option in its facet and everything else unchanged, so that counts within a facet can be
compared; in an "all" facet it is what would be found with that option chosen too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from waypost.directory.site import Site
from waypost.directory.timetables import columns_known
from waypost.navigation.answer import Answer, RankedSite, Reason, SearchedSnapshot, Standing
from waypost.navigation.changes import find_changes
from waypost.navigation.engine_query import build_query, has_border
from waypost.navigation.hours_fit import fits, hours_fit, offer_question
from waypost.navigation.hours_search import hours_masks
from waypost.navigation.need import Need, Sort
from waypost.places.place import Found, Place
from waypost.search.index import Hits, Query
from waypost.search.offers import OfferQuestion

FEW = 5
"""With fewer results than this, changes that would find more are offered."""


def find_care(snapshot: SearchedSnapshot, need: Need, now: datetime) -> Answer:
    """Answer ``need`` from ``snapshot``; ``now`` is the door's clock, recorded in the answer."""
    resolution = snapshot.gazetteer.resolve(need.place) if need.place else None
    if resolution is not None and not isinstance(resolution, Found):
        return Answer(need, now, snapshot.version, resolution, None, (), 0, {}, ())
    place = resolution.place if resolution else None
    asked = offer_question(need, place, now)
    query = build_query(snapshot, need, place)
    hours = hours_masks(snapshot, query, asked, need.hours.shown)
    hits = _search(snapshot, need, hours.query(need))
    return Answer(
        need=need,
        asked_at=now,
        version=snapshot.version,
        resolution=resolution,
        place=place,
        options=_options(snapshot, need, place, hits, asked),
        total=hits.total,
        counts=dict(hits.counts),
        changes=find_changes(snapshot, need, place, hits, now) if hits.total < FEW else (),
        nearest=_nearest(snapshot, need, place, asked) if hits.total == 0 else None,
        hours=hours.counted(),
        without=hits.without,
    )


def _nearest(
    snapshot: SearchedSnapshot, need: Need, place: Place | None, asked: OfferQuestion | None
) -> RankedSite | None:
    """The nearest program that fits, however far, for where none is within reach."""
    if place is None or need.radius_miles is None or has_border(place):
        return None
    anywhere = replace(need, radius_miles=None, sort=Sort.NEAREST, page=1, page_size=1)
    query = replace(build_query(snapshot, anywhere, place), count_groups=(), limit=1)
    masks = hours_masks(snapshot, query, asked, anywhere.hours.shown)
    hits = snapshot.index.search(masks.query(anywhere))
    return next(iter(_options(snapshot, anywhere, place, hits, asked)), None)


def _search(snapshot: SearchedSnapshot, need: Need, query: Query) -> Hits:
    if need.sort is not Sort.NAME:
        return snapshot.index.search(query)
    everything = snapshot.index.search(
        replace(query, limit=snapshot.index.size, offset=0, weights=None)
    )
    order = np.argsort(snapshot.name_order()[everything.rows], kind="stable")
    page = order[query.offset : query.offset + query.limit]
    miles = everything.miles[page] if everything.miles is not None else None
    return replace(everything, rows=everything.rows[page], miles=miles)


def _options(
    snapshot: SearchedSnapshot,
    need: Need,
    place: Place | None,
    hits: Hits,
    asked: OfferQuestion | None,
) -> tuple[RankedSite, ...]:
    rows = hits.rows.tolist()
    miles: Sequence[float | None] = [None] * len(rows)
    if place is not None and hits.miles is not None:
        miles = hits.miles.tolist()
    first = (need.page - 1) * need.page_size + 1
    named, special = sorted(need.named_columns), sorted(need.special_groups)
    offered = {name: snapshot.index.offer(name, hits.rows).tolist() for name in [*named, *special]}
    options = []
    for i, (site, distance) in enumerate(zip(snapshot.sites(rows), miles, strict=True)):
        shown = [*named, *(name for name in special if offered[name][i])]
        reasons = _reasons(site, {name: offered[name][i] for name in shown})
        fit = None if asked is None else hours_fit(site, asked)
        score = sum(reason.standing is Standing.OFFERED for reason in reasons) + fits(fit)
        options.append(RankedSite(first + i, site, distance, site.exact, reasons, score, fit))
    return tuple(options)


def _reasons(site: Site, offered: Mapping[str, bool]) -> tuple[Reason, ...]:
    known = columns_known(site)
    return tuple(
        Reason(
            column,
            Standing.OFFERED
            if present
            else Standing.NOT_LISTED
            if column in known
            else Standing.UNKNOWN,
        )
        for column, present in offered.items()
    )
