"""What a 271 says twice and differently."""

from collections.abc import Iterator, Sequence

from waypost.x12.answer import Rejection
from waypost.x12.benefit import Benefit
from waypost.x12.notes import Note
from waypost.x12.read_benefit import Money

ACTIVE = frozenset("12345")
INACTIVE = frozenset("678")


def contradictions(
    benefits: Sequence[Benefit], money: Sequence[Money], rejections: Sequence[Rejection]
) -> Iterator[Note]:
    """The notes for an answer that contradicts itself, in a fixed order."""
    if rejections and benefits:
        yield Note.REJECTED_AND_ANSWERED
    codes = {benefit.elements[1] for benefit in benefits}
    if not (codes.isdisjoint(INACTIVE) or codes.isdisjoint(ACTIVE)) and _both(benefits):
        yield Note.ACTIVE_AND_INACTIVE
    if money and _over_total(money):
        yield Note.REMAINING_OVER_TOTAL


def _both(benefits: Sequence[Benefit]) -> bool:
    """Whether one service is called active in one place and inactive in another.

    Lines that name different kinds of insurance, or have dates of their own, can both be right.
    """
    active = [a for a in benefits if a.code in ACTIVE and not a.dates]
    inactive = [a for a in benefits if a.code in INACTIVE and not a.dates]
    return any(_clash(a, b) for a in active for b in inactive)


def _clash(a: Benefit, b: Benefit) -> bool:
    """Whether two lines are about the same service of the same insurance."""
    types = {a.insurance_type, b.insurance_type} - {""}
    return len(types) < 2 and not set(a.service_types).isdisjoint(b.service_types)


def _over_total(money: Sequence[Money]) -> bool:
    """Whether money left exceeds the highest total for the same benefit, level and network."""
    totals: dict[tuple[str, ...], int] = {}
    remaining = []
    for line in money:
        is_left, same, cents = line
        if is_left:
            remaining.append(line)
        elif cents > totals.get(same, -1):
            totals[same] = cents
    return any(cents > totals.get(same, cents) for _, same, cents in remaining)
