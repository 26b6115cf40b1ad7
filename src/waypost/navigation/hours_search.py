"""Hours in a query of the engine: who fits, who does not, who does not say, and who is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from waypost.navigation.answer import SearchedSnapshot
from waypost.navigation.engine_query import build_query
from waypost.navigation.hours import Shown
from waypost.navigation.hours_fit import HoursCount, offer_question
from waypost.navigation.need import Need
from waypost.places.place import Place
from waypost.search.offers import OfferQuestion
from waypost.search.query import Query, Words
from waypost.search.reach import blocks_near


@dataclass(frozen=True, slots=True)
class HoursMasks:
    """A query without hours, and the rows that fit and that do not; None where none are asked."""

    without: Query
    fit: Words | None
    do_not: Words | None

    def query(self, need: Need) -> Query:
        """The query with what the need hides hidden, and what fits a reason under weights."""
        if self.fit is None or self.do_not is None:
            return self.without
        query = replace(self.without, bonus=self.fit)
        if need.hours.shown is Shown.ALL:
            return query
        said = self.fit | self.do_not
        return _among(query, self.fit if need.hours.shown is Shown.FIT else said)

    def counted(self, snapshot: SearchedSnapshot) -> HoursCount | None:
        """How many of everything that fits in all else fit, do not, or do not say."""
        if self.fit is None or self.do_not is None:
            return None
        fit = snapshot.index.count(_among(self.without, self.fit))
        do_not = snapshot.index.count(_among(self.without, self.do_not))
        return HoursCount(fit, do_not, snapshot.index.count(self.without) - fit - do_not)


def _among(query: Query, rows: Words) -> Query:
    return replace(query, rows=rows if query.rows is None else query.rows & rows)


def count_shown(snapshot: SearchedSnapshot, need: Need, place: Place | None, now: datetime) -> int:
    """How many programs a need at a place would show."""
    asked = offer_question(need, place, now)
    masks = hours_masks(snapshot, build_query(snapshot, need, place), asked)
    return snapshot.index.count(masks.query(need))


def hours_masks(
    snapshot: SearchedSnapshot, query: Query, asked: OfferQuestion | None
) -> HoursMasks:
    """Look at the offers in the query's reach; at all of them where it has none."""
    if asked is None:
        return HoursMasks(query, None, None)
    index, blocks = snapshot.index, None
    if query.lat is not None and query.lon is not None and query.radius_miles is not None:
        blocks = blocks_near(index, query.lat, query.lon, query.radius_miles)
    return HoursMasks(query, *snapshot.offers.masks(asked, index.block_count, blocks))
