"""Hours in a query of the engine: who fits, who does not, who does not say, and who is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from waypost.navigation.answer import SearchedSnapshot
from waypost.navigation.engine_query import build_query
from waypost.navigation.hours import Shown
from waypost.navigation.hours_fit import HoursCount, offer_question
from waypost.navigation.need import Need
from waypost.places.place import Place
from waypost.search.offers import OfferQuestion
from waypost.search.query import Query, Words


@dataclass(frozen=True, slots=True)
class HoursMasks:
    """A query without hours, what fits it, and the rows that fit by their hours and that do not;
    None where none are asked."""

    without: Query
    fitting: Words | None = None
    fit: Words | None = None
    do_not: Words | None = None

    def query(self, need: Need) -> Query:
        """The query with what the need hides hidden, and what fits a reason under weights."""
        if self.fit is None or self.do_not is None:
            return self.without
        query = replace(self.without, bonus=self.fit)
        if need.hours.shown is Shown.ALL:
            return query
        said = self.fit | self.do_not
        return _among(query, self.fit if need.hours.shown is Shown.FIT else said)

    def counted(self) -> HoursCount | None:
        """How many of everything that fits in all else fit, do not, or do not say."""
        if self.fitting is None or self.fit is None or self.do_not is None:
            return None
        masks = (self.fitting & self.fit, self.fitting & self.do_not, self.fitting)
        fit, do_not, everything = (int(np.bitwise_count(mask).sum()) for mask in masks)
        return HoursCount(fit, do_not, everything - fit - do_not)


def _among(query: Query, rows: Words) -> Query:
    return replace(query, rows=rows if query.rows is None else query.rows & rows)


def count_shown(snapshot: SearchedSnapshot, need: Need, place: Place | None, now: datetime) -> int:
    """How many programs a need at a place would show."""
    query = build_query(snapshot, need, place)
    if need.hours.shown is Shown.ALL:  # the hours hide nothing
        return snapshot.index.count(query)
    masks = hours_masks(snapshot, query, offer_question(need, place, now), need.hours.shown)
    return snapshot.index.count(masks.query(need))


def hours_masks(
    snapshot: SearchedSnapshot, query: Query, asked: OfferQuestion | None, shown: Shown
) -> HoursMasks:
    """Look at the offers of what fits in all else.

    Where hours hide programs, the counts of other choices need the offers of what would fit with
    them: all in the query's reach.
    """
    if asked is None:
        return HoursMasks(query)
    index, offers = snapshot.index, snapshot.offers
    fitting = index.mask(query)
    if shown is Shown.ALL:
        return HoursMasks(query, fitting, *offers.masks_among(asked, fitting))
    if query.radius_miles is None:
        return HoursMasks(query, fitting, *offers.masks(asked, index.block_count))
    in_reach = index.mask(replace(query, any_of={}))
    return HoursMasks(query, fitting, *offers.masks_among(asked, in_reach))
