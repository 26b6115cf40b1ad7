"""What a 271 says twice and differently."""

from collections.abc import Iterator, Sequence

from waypost.coverage.x12.answer import Benefit, Note, Rejection

ACTIVE = {"1", "2", "3", "4", "5"}
INACTIVE = {"6", "7", "8"}
REMAINING = {"29", "33"}


def contradictions(benefits: Sequence[Benefit], rejections: Sequence[Rejection]) -> Iterator[Note]:
    """The notes for an answer that contradicts itself, in a fixed order."""
    if rejections and benefits:
        yield Note.REJECTED_AND_ANSWERED
    inactive = {kind for one in benefits if one.code in INACTIVE for kind in one.service_types}
    if inactive and any(
        not inactive.isdisjoint(one.service_types) for one in benefits if one.code in ACTIVE
    ):
        yield Note.ACTIVE_AND_INACTIVE
    if _over_total(benefits):
        yield Note.REMAINING_OVER_TOTAL


def _over_total(benefits: Sequence[Benefit]) -> bool:
    """Whether money left exceeds the highest total for the same benefit, level and network."""
    left = [one for one in benefits if one.period in REMAINING and one.cents is not None]
    if not left:
        return False
    totals: dict[tuple[object, ...], int] = {}
    for one in benefits:
        if one.cents is not None and one.period not in REMAINING:
            key = _same(one)
            totals[key] = max(one.cents, totals.get(key, 0))
    return any((one.cents or 0) > totals.get(_same(one), one.cents or 0) for one in left)


def _same(one: Benefit) -> tuple[object, ...]:
    """What two EB segments share when one is the total and the other what is left of it."""
    return one.code, one.coverage_level, one.service_types, one.insurance_type, one.network
