"""Deductibles and out-of-pocket maximums of Medicare Advantage plan pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from waypost.plans.advantage_cost import CostSpan, span_of
from waypost.plans.cost_share import BadCostShare
from waypost.values.money import BadAmount, read_dollars

MAX_LENGTH = 600

_INSIDE = frozenset({"", "In-network", "Annual deductible", "per year for in-network services"})
_BOTH = frozenset(
    {
        "In and Out-of-network",
        "In and out-of-network",
        "per year from in-network and out-of-network providers",
    }
)
_LIMIT = re.compile(
    r"(?P<amounts>\$[\d,.]+(?: or \$[\d,.]+)*)(?: (?P<scope>[A-Za-z -]+))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Limits:
    """A yearly amount in cents by network; None where the page names none."""

    inside: CostSpan | None = None
    both: CostSpan | None = None
    outside: CostSpan | None = None

    @property
    def in_network(self) -> CostSpan | None:
        """What applies to care in the network: its own limit, or the one for both together."""
        return self.inside if self.inside is not None else self.both


@lru_cache(maxsize=4096)
def read_limits(text: str) -> Limits:
    """Read a deductible or an out-of-pocket maximum such as ``$9,250 In-network``.

    Raises:
        BadCostShare: wording that the pages of 2026 do not use.
    """
    if text == "Not Applicable":
        return Limits()
    by_scope: dict[str, CostSpan] = {}
    for piece in text.split(" ; "):
        match = _LIMIT.fullmatch(piece) if len(piece) <= MAX_LENGTH else None
        scope = _scope(match["scope"] or "") if match else ""
        if match is None or not scope or scope in by_scope:
            raise BadCostShare(text)
        try:
            by_scope[scope] = span_of(match["amounts"], read_dollars)
        except BadAmount as error:
            raise BadCostShare(text) from error
    return Limits(**by_scope)


def _scope(words: str) -> str:
    if words in _INSIDE:
        return "inside"
    if words in _BOTH:
        return "both"
    return "outside" if words == "Out-of-network" else ""
