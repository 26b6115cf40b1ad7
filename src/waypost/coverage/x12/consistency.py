"""What a 271 says twice and differently."""

from collections.abc import Iterator, Sequence

from waypost.coverage.x12.answer import Rejection
from waypost.coverage.x12.benefit import Benefit
from waypost.coverage.x12.notes import Note

ACTIVE = frozenset("12345")
INACTIVE = frozenset("678")
REMAINING = frozenset(("29", "33"))


def contradictions(benefits: Sequence[Benefit], rejections: Sequence[Rejection]) -> Iterator[Note]:
    """The notes for an answer that contradicts itself, in a fixed order."""
    if rejections and benefits:
        yield Note.REJECTED_AND_ANSWERED
    sent = [one.elements for one in benefits]
    codes = {elements[1] for elements in sent}
    if not (codes.isdisjoint(INACTIVE) or codes.isdisjoint(ACTIVE)) and _both(benefits):
        yield Note.ACTIVE_AND_INACTIVE
    periods = {elements[6] for elements in sent}
    if not periods.isdisjoint(REMAINING) and _over_total(benefits):
        yield Note.REMAINING_OVER_TOTAL


def _both(benefits: Sequence[Benefit]) -> bool:
    """Whether one service is called active in one place and inactive in another."""
    active = {kind for one in benefits if one.code in ACTIVE for kind in one.service_types}
    return any(not active.isdisjoint(one.service_types) for one in benefits if one.code in INACTIVE)


def _over_total(benefits: Sequence[Benefit]) -> bool:
    """Whether money left exceeds the highest total for the same benefit, level and network."""
    totals: dict[object, int] = {}
    left: list[tuple[object, int]] = []
    for one in benefits:
        cents = one.cents
        if cents is not None:
            elements = one.elements
            key = elements[1:5] + elements[12:13]
            if elements[6] in REMAINING:
                left.append((key, cents))
            elif cents > totals.get(key, -1):
                totals[key] = cents
    return any(cents > totals.get(key, cents) for key, cents in left)
