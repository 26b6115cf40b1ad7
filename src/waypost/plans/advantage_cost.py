"""What Medicare Advantage plan pages say a visit costs, read or refused by name.

The forms are those of Medicare.gov's plan pages for contract year 2026, for instance
``In-network: $0-$25 copay ; Out-of-network: 50% coinsurance``. A plan that names several amounts
("$0 or $25") is read as the range that holds them all, because the page does not say which.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from waypost.plans.cost_share import MAX_LENGTH, BadCostShare
from waypost.values.money import BadAmount, read_dollars, read_percent


@dataclass(frozen=True, slots=True)
class CostSpan:
    """The least and the most of an amount: cents, or basis points."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise BadAmount(f"a range that runs backwards: {self.low} to {self.high}")


@dataclass(frozen=True, slots=True)
class AdvantageShare:
    """A visit's price: a copay in cents, a coinsurance in basis points, or one of the two."""

    copay: CostSpan | None = None
    coinsurance: CostSpan | None = None


@dataclass(frozen=True, slots=True)
class AdvantageCost:
    """A visit's price inside and outside the network; None where the page names none."""

    inside: AdvantageShare | None
    outside: AdvantageShare | None


_PART = re.compile(
    r"(?P<amounts>[$\d,.%-]+(?: or [$\d,.%-]+)*) (?P<word>copay|coinsurance)", re.ASCII
)


@lru_cache(maxsize=4096)
def read_advantage_cost(text: str) -> AdvantageCost:
    """Read a visit's cost.

    Raises:
        BadCostShare: wording that the pages of 2026 do not use.
    """
    if len(text) > MAX_LENGTH:
        raise BadCostShare(text)
    shares: dict[str, AdvantageShare] = {}
    try:
        for piece in text.split(" ; "):
            name, colon, rest = piece.partition(": ")
            key = name if colon else "In-network"
            if key not in ("In-network", "Out-of-network") or key in shares:
                raise BadCostShare(text)
            shares[key] = _share(rest if colon else piece)
    except BadAmount as error:
        raise BadCostShare(text) from error
    return AdvantageCost(shares.get("In-network"), shares.get("Out-of-network"))


def _share(text: str) -> AdvantageShare:
    spans: dict[str, CostSpan] = {}
    for part in text.strip().split(", "):
        part_match = _PART.fullmatch(part)
        if part_match is None or part_match["word"] in spans:
            raise BadAmount(f"neither copay nor coinsurance: {part[:60]!r}")
        read = read_dollars if part_match["word"] == "copay" else read_percent
        spans[part_match["word"]] = span_of(part_match["amounts"], read)
    return AdvantageShare(spans.get("copay"), spans.get("coinsurance"))


def span_of(text: str, read: Callable[[str], int]) -> CostSpan:
    """The range that holds every amount of ``$0 or $10-$25``.

    Raises:
        BadAmount: no amounts, or a range that runs backwards.
    """
    spans = []
    for choice in text.split(" or "):
        low, dash, high = choice.partition("-")
        spans.append(CostSpan(read(low), read(high if dash else low)))
    return CostSpan(min(s.low for s in spans), max(s.high for s in spans))
