"""What a state's Medicare Advantage plans charge for a visit, where no plan is named."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from waypost.plans.advantage import AUTHORIZATION, COLUMNS, segments, states_of
from waypost.plans.advantage_cost import AdvantageShare, read_advantage_cost
from waypost.plans.advantage_limits import read_limits
from waypost.values.level_of_care import LevelOfCare

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class UsualAdvantage:
    """One service over the plan segments of a place; ``state`` '' is the whole country.

    Cents in the network. ``middle`` is the copay that half of the segments with a copay do not
    exceed; the maximums are the lowest and the highest yearly one. Points are basis points.
    """

    key: str
    state: str
    plans: int
    lowest: int
    middle: int
    highest: int
    by_percent: int  # how many charge a percentage instead of a copay
    asks_first: int  # basis points of the segments that name prior authorization
    least_maximum: int
    most_maximum: int


@cache
def usual_advantage(state: str, care: LevelOfCare) -> tuple[UsualAdvantage, ...]:
    """Each service that stands in for the care; none if no segment of the state is carried."""
    rows = [row for row in segments().values() if not state or state in states_of(row)]
    counted = (_usual(key, column, state, care, rows) for key, column in COLUMNS[care])
    return tuple(usual for usual in counted if usual is not None)


def _usual(
    key: str, column: str, state: str, care: LevelOfCare, rows: list[Row]
) -> UsualAdvantage | None:
    shares = [share for row in rows if (share := read_advantage_cost(row[column]).inside)]
    copays = [share.copay for share in shares if share.copay is not None]
    maximums = [m for row in rows if (m := read_limits(row["max_out_of_pocket"]).in_network)]
    if not copays or not maximums:
        return None
    asks = sum(row[AUTHORIZATION[care]] == "1" for row in rows)
    return UsualAdvantage(
        key,
        state,
        len(rows),
        min(copay.low for copay in copays),
        round(statistics.median(copay.high for copay in copays)),
        max(copay.high for copay in copays),
        _by_percent(shares),
        asks * 10_000 // len(rows),
        min(maximum.low for maximum in maximums),
        max(maximum.high for maximum in maximums),
    )


def _by_percent(shares: Iterable[AdvantageShare]) -> int:
    return sum(share.copay is None for share in shares)
