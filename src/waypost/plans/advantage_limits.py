"""Deductibles, out-of-pocket maximums and hospital stays of Medicare Advantage plan pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from waypost.plans.advantage_cost import Span, span_of
from waypost.plans.cost_share import BadCostShare
from waypost.values.money import BadAmount, read_dollars, read_percent

MAX_STAY_LENGTH = 600

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

    inside: Span | None = None
    both: Span | None = None
    outside: Span | None = None

    @property
    def in_network(self) -> Span | None:
        """What holds for care in the network: its own limit, or the one for both together."""
        return self.inside if self.inside is not None else self.both


@lru_cache(maxsize=4096)
def read_limits(text: str) -> Limits:
    """Read a deductible or an out-of-pocket maximum such as ``$9,250 In-network``.

    Raises:
        BadCostShare: wording that the pages of 2026 do not use.
    """
    if text == "Not Applicable":
        return Limits()
    found: dict[str, Span] = {}
    for piece in text.split(" ; "):
        match = _LIMIT.fullmatch(piece) if len(piece) <= MAX_STAY_LENGTH else None
        scope = _scope(match["scope"] or "") if match else ""
        if match is None or not scope or scope in found:
            raise BadCostShare(text)
        try:
            found[scope] = span_of(match["amounts"], read_dollars)
        except BadAmount as error:
            raise BadCostShare(text) from error
    return Limits(**found)


def _scope(words: str) -> str:
    if words in _INSIDE:
        return "inside"
    if words in _BOTH:
        return "both"
    return "outside" if words == "Out-of-network" else ""


@dataclass(frozen=True, slots=True)
class StayPart:
    """One line of a hospital stay: an amount by day or by stay, for the days it holds."""

    network: str  # "inside" or "outside"
    tier: int  # 0 where the page names none
    amount: str  # verbatim: "$550", "$0 or $550", "40%"
    basis: str  # "day", "stay" or "reserve day"
    first_day: int = 0
    last_day: int = 0


_HEAD = re.compile(r"(In-network:|Out-of-network:|Tier (\d))\s*", re.ASCII)
_STAY = re.compile(
    r"(?P<amount>(?:\$[\d,.]+|[\d.]+%)(?: (?:or|and) (?:\$[\d,.]+|[\d.]+%))?) "
    r"(?P<basis>per day|per stay|Lifetime Reserve Days)"
    r"(?: for days (?P<first>\d{1,3})-(?P<last>\d{1,3}))?\s*",
    re.ASCII,
)
_BASIS = {"per day": "day", "per stay": "stay", "Lifetime Reserve Days": "reserve day"}


@lru_cache(maxsize=4096)
def read_stay(text: str) -> tuple[StayPart, ...]:
    """Read what a hospital stay costs.

    Raises:
        BadCostShare: wording that the pages of 2026 do not use.
    """
    if len(text) > MAX_STAY_LENGTH:
        raise BadCostShare(text)
    parts: list[StayPart] = []
    network, tier, at = "inside", 0, 0
    while at < len(text):
        if head := _HEAD.match(text, at):
            network = "outside" if head[1].startswith("Out") else "inside"
            tier, at = int(head[2] or 0), head.end()
        elif line := _STAY.match(text, at):
            parts.append(_stay_part(text, line, network, tier))
            at = line.end()
        else:
            raise BadCostShare(text)
    return tuple(parts)


def _stay_part(text: str, line: re.Match[str], network: str, tier: int) -> StayPart:
    first, last = int(line["first"] or 0), int(line["last"] or 0)
    try:
        for amount in re.split(r" or | and ", line["amount"]):
            read_percent(amount) if amount.endswith("%") else read_dollars(amount)
    except BadAmount as error:
        raise BadCostShare(text) from error
    if first > last:
        raise BadCostShare(text)
    return StayPart(network, tier, line["amount"], _BASIS[line["basis"]], first, last)
