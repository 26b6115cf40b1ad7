"""What one visit costs the person: the arithmetic of copay, deductible, coinsurance, maximum.

The order follows CMS's wording of cost shares (see `cost_share`): a plain copay or a copay "with
deductible" is paid first; then, where the wording names the deductible, what is left of it; then a
copay "after deductible"; then coinsurance on the rest. Nothing is paid beyond the out-of-pocket
maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

from waypost.plans.cost_share import NOT_APPLICABLE, CostShare, Deductible, ShareKind
from waypost.values.money import part_of

NO_LIMIT = 10**15
"""Cents: means "no maximum known", above anything that can be paid."""


@dataclass(frozen=True, slots=True)
class VisitShare:
    """The copay and the coinsurance of one benefit, as the plan words them."""

    copay: CostShare = NOT_APPLICABLE
    coinsurance: CostShare = NOT_APPLICABLE

    @property
    def is_known(self) -> bool:
        """False where the plan names neither."""
        return self.copay.applies or self.coinsurance.applies

    @property
    def needs_price(self) -> bool:
        """True where a part of the price is owed: without the price there is no amount."""
        return self.coinsurance.applies and self.coinsurance.amount > 0

    @property
    def uses_deductible(self) -> bool:
        """True where the wording of either names the deductible."""
        return any(s.deductible is not Deductible.NO for s in (self.copay, self.coinsurance))


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left to pay this year, in cents: of the deductible, and of the maximum."""

    deductible: int = 0
    maximum: int = NO_LIMIT


@dataclass(frozen=True, slots=True)
class Payment:
    """One visit's payment in cents, part by part, and what is left afterward."""

    deductible: int
    copay: int
    coinsurance: int
    total: int
    after: Balance


def pay(price: int, share: VisitShare, balance: Balance) -> Payment:
    """Pay for one visit whose allowed price is ``price`` cents.

    The parts are capped together: ``total`` may be less than their sum once the maximum is near.
    """
    copay, first, last = share.copay, 0, 0
    amount = copay.amount if copay.kind is ShareKind.COPAY else 0
    rest = price
    if copay.deductible is not Deductible.AFTER:
        first = min(amount, rest)
        rest -= first
    deductible = min(balance.deductible, rest) if share.uses_deductible else 0
    rest -= deductible
    if copay.deductible is Deductible.AFTER:
        last = min(amount, rest)
        rest -= last
    coinsurance = part_of(rest, share.coinsurance.amount) if share.coinsurance.applies else 0
    total = min(balance.maximum, first + deductible + last + coinsurance)
    after = Balance(balance.deductible - min(deductible, total), balance.maximum - total)
    return Payment(deductible, first + last, coinsurance, total, after)
