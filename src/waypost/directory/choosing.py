"""Decides which claim is shown, by one pure rule that gives its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waypost.directory.site import Claim

LISTED_ELSEWHERE = "listed elsewhere"
"""The method of a fact from a list that the operator added, such as a state's licenses."""

ZIP_POINT = "where people of the ZIP live"
MIDDLE_OF_TOWN = "middle of the town"

DISAGREE = "lists disagree, nearest to the ZIP"
"""A street-level point that just as many lists put elsewhere."""

OUTVOTED = "other lists put it elsewhere"
FAR = "far from its ZIP and town"
"""Points that are kept as claims, so that anyone can examine them, but are never shown."""

DECIDED = "decided by the operator"
"""The method of a fact that a person of the operator decided, with a reason."""

RANK: Mapping[str, int] = {
    DECIDED: 62,
    "reported and confirmed": 60,
    "asked by telephone": 58,
    "as published": 50,
    "locator export": 45,
    LISTED_ELSEWHERE: 42,
    "same street and ZIP": 40,
    "same street and town": 35,
    "same number, street spelled otherwise": 33,
    "same street, between two numbers": 30,
    "same street, number nearby": 28,
    DISAGREE: 25,
    "same name in the ZIP": 20,
    ZIP_POINT: 10,
    MIDDLE_OF_TOWN: 5,
    OUTVOTED: 2,
    FAR: 1,
}
"""How much a method is trusted where two claims are of the same year."""


def choose(claims: Sequence[Claim]) -> tuple[Claim, str] | None:
    """The claim to show and why, or None where there are no claims.

    A claim with an empty value never wins over one that says something. Then:

    1. for a point, the method comes first (a street-level point beats any ZIP's centroid);
    2. the newer year wins;
    3. in the same year, the more trusted method (`RANK`);
    4. then the source's id in alphabetical order, so that the answer never depends on order.
    """
    if not claims:
        return None

    def order(claim: Claim) -> tuple[object, ...]:
        rank = RANK.get(claim.method, 0)
        method_first = rank if claim.field == "point" else 0
        empty = claim.value in ("", None, [], ())
        return (empty, -method_first, -claim.as_of.year, -rank, claim.source, str(claim.value))

    if len(claims) == 1:
        return claims[0], _reason(claims[0], ())
    ranked = sorted(claims, key=order)
    best = ranked[0]
    return best, _reason(best, ranked[1:])


def _reason(best: Claim, others: Sequence[Claim]) -> str:
    differing = [c for c in others if c.value != best.value]
    if not others:
        return "the only source"
    if not differing:
        return "all sources agree"
    if all(c.as_of.year < best.as_of.year for c in differing):
        return "the newest source"
    if RANK.get(best.method, 0) > max(RANK.get(c.method, 0) for c in differing):
        return f"the most trusted method ({best.method})"
    return "of equal standing, the first source by name"


def mark(claims: Sequence[Claim]) -> tuple[list[Claim], Claim | None]:
    """All claims to one field, the chosen one marked with the reason."""
    chosen = choose(claims)
    if chosen is None:
        return [], None
    best, reason = chosen
    winner = Claim(  # written out: `replace` takes four times as long, for each fact of each site
        best.field, best.value, best.source, best.as_of, best.method, True, reason, best.until
    )
    return [winner if c is best else c for c in claims], winner


EXACT_METHODS = frozenset(
    {
        "reported and confirmed",
        "locator export",
        LISTED_ELSEWHERE,
        "same street and ZIP",
        "same street and town",
        "same number, street spelled otherwise",
    }
)
"""Methods that give the address's own point; points by any other are shown as approximate."""

STREET_LEVEL_METHODS = EXACT_METHODS | {
    "same street, between two numbers",
    "same street, number nearby",
}
"""Methods whose point is at least on the address's street."""

AREA_METHODS = frozenset({ZIP_POINT, MIDDLE_OF_TOWN})
"""Methods that only know the area."""
