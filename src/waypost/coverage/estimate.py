"""A course's cost as an interval: two honest ends, each with its visits shown.

The low end takes what is open in the person's favor (deductible met, lowest price and share), the
high end against it. A plan's price for a visit is seldom public. Where none is known and a part of
it is owed, there is no interval at all: the low end would be $0 merely for lack of a price.
"""

from __future__ import annotations

from dataclasses import dataclass

from waypost.plans.cost_share import Basis
from waypost.plans.visit import Balance, Payment, VisitShare, pay
from waypost.values.money import MAX_CENTS

ANY_PRICE = 10**12
"""Cents: a price above every deductible, for the high end of a copay, which needs no price."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of an interval: the share, the price and the balance that it assumes."""

    share: VisitShare
    price: int
    balance: Balance


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive visits that cost the same: from visit ``first`` to visit ``last``."""

    first: int
    last: int
    payment: Payment


@dataclass(frozen=True, slots=True)
class Estimate:
    """Cents for the whole course; ``high`` is None where nothing limits it."""

    low: int
    high: int | None
    low_runs: tuple[Run, ...]
    high_runs: tuple[Run, ...]

    def open_to(self, most: int | None) -> Estimate:
        """The same low end with a high end of ``most`` or none, for when a part is not known."""
        return Estimate(self.low, most, self.low_runs, ())


def total_at(end: End, visits: int) -> tuple[int, tuple[Run, ...]]:
    """What ``visits`` visits cost at one end, and the visits in runs of equal payment.

    A copay by the stay is owed once, at the first visit.
    """
    balance, total = end.balance, 0
    runs: list[Run] = []
    for number in range(1, visits + 1):
        paid = pay(end.price, _share_of(end.share, number), balance)
        total += paid.total
        balance = paid.after
        if runs and _same(runs[-1].payment, paid):
            runs[-1] = Run(runs[-1].first, number, paid)
        else:
            runs.append(Run(number, number, paid))
    return total, tuple(runs)


def _share_of(share: VisitShare, number: int) -> VisitShare:
    once = share.copay.basis is Basis.STAY and number > 1
    return VisitShare(coinsurance=share.coinsurance) if once else share


def _same(a: Payment, b: Payment) -> bool:
    return (a.deductible, a.copay, a.coinsurance, a.total) == (
        b.deductible,
        b.copay,
        b.coinsurance,
        b.total,
    )


def estimate(low: End, high: End, visits: int) -> Estimate:
    """The interval between two ends; ``high`` is None when it rests on an unlimited price."""
    low_total, low_runs = total_at(low, visits)
    high_total, high_runs = total_at(high, visits)
    open_ended = high_total > MAX_CENTS  # no plan's maximum stopped it
    return Estimate(
        min(low_total, high_total),
        None if open_ended else high_total,
        low_runs,
        () if open_ended else high_runs,
    )
