"""Deductibles and out-of-pocket maximums: total, what is left and what is used, put together."""

from collections.abc import Iterable
from datetime import date

import msgspec

from waypost.x12.answer import Answer271
from waypost.x12.benefit import Benefit
from waypost.x12.fields import is_no_limit
from waypost.x12.levels import Care
from waypost.x12.scope import is_of_care, is_of_plan
from waypost.x12.standing import is_current

KINDS = frozenset("CG")  # EB01: deductible, out-of-pocket maximum
REMAINING = frozenset(("29", "33"))
LIFETIME = frozenset(("32", "33"))
SO_FAR = "24"
YEARLY = frozenset(("", "21", "22", "23", "25"))
IN_NETWORK = frozenset(("Y", "W"))


class Account(msgspec.Struct, frozen=True):
    """One deductible or maximum. `first` names what it is, whom and where it counts for.

    `total`, `left` and `so_far` are the benefits that say the figures, `None` where the payer
    does not. `own` is true for one that counts for the care alone, beside the plan's.
    """

    first: Benefit
    total: Benefit | None
    left: Benefit | None
    so_far: Benefit | None
    own: bool

    @property
    def no_limit(self) -> bool:
        """Whether a figure of nines stands where a limit would be."""
        stated = (self.total, self.left)
        return any(benefit is not None and _is_no_limit(benefit) for benefit in stated)


def accounts(answer: Answer271, care: Care, day: date | None = None) -> tuple[Account, ...]:
    """The accounts of the plan and of the care, those of one person and in network first.

    Those whose own dates leave the day out are left out: last year's deductible is met or not.
    """
    kinds = {line.insurance_type for line in answer.benefits if line.code in KINDS}
    several = len(kinds - {""}) > 1  # a blank kind of insurance may be any of them
    gathered: dict[tuple[object, ...], list[Benefit]] = {}
    for benefit in answer.benefits:
        own = _is_own(benefit, care)
        if not is_current(benefit, day):
            continue
        if benefit.code in KINDS and (own or is_of_plan(benefit)):
            key = (benefit.code, own, benefit.insurance_type if several else "", *_same(benefit))
            same = gathered.setdefault(key, [])
            if benefit not in same:
                same.append(benefit)
    joined = [
        account for key, same in gathered.items() for account in _joined(same, own=bool(key[1]))
    ]
    return tuple(sorted(joined, key=_order))


def _is_own(benefit: Benefit, care: Care) -> bool:
    """Whether an account is the care's own; one of 30 and the care together is the plan's."""
    return is_of_care(benefit, care) and not is_of_plan(benefit)


def _same(benefit: Benefit) -> tuple[object, ...]:
    """What two lines must share to be the total and the rest of one account."""
    return (
        benefit.coverage_level,
        benefit.network,
        frozenset(benefit.service_types),
        benefit.procedure,
        benefit.period in LIFETIME,
    )


def _joined(same: list[Benefit], *, own: bool) -> Iterable[Account]:
    """One account; with two totals or two rests there is no telling which belong together."""
    remaining = [benefit for benefit in same if benefit.period in REMAINING]
    so_far = [benefit for benefit in same if benefit.period == SO_FAR]
    total = [benefit for benefit in same if benefit not in remaining and benefit not in so_far]
    if max(map(len, (remaining, so_far, total))) <= 1:
        yield Account(same[0], _only(total), _only(remaining), _only(so_far), own)
        return
    yield from (Account(benefit, benefit, None, None, own) for benefit in total)
    yield from (Account(benefit, None, benefit, None, own) for benefit in remaining)
    yield from (Account(benefit, None, None, benefit, own) for benefit in so_far)


def _only(benefits: list[Benefit]) -> Benefit | None:
    return benefits[0] if benefits else None


def _order(account: Account) -> tuple[object, ...]:
    """The care's own first, one person's before the family's, in network before out of it."""
    first = account.first
    levels, networks = ("IND", "", "FAM"), ("Y", "W", "", "U", "N")
    level = levels.index(first.coverage_level) if first.coverage_level in levels else 1
    network = networks.index(first.network) if first.network in networks else 3
    figures = (account.total, account.left, account.so_far)
    return (not account.own, level, network, first.code, *map(_text, figures))


def _text(benefit: Benefit | None) -> str:
    return "" if benefit is None else "*".join((*benefit.elements, *benefit.messages))


def _is_no_limit(benefit: Benefit) -> bool:
    return benefit.cents is not None and is_no_limit(benefit.cents)


def deductible_met(answer: Answer271, care: Care, day: date | None = None) -> int | None:
    """Cents of one person's deductible in network that are met: the total less what is left.

    `None` unless the answer gives exactly one total and one rest for the whole plan, and none
    for the care alone: which of two counts first is not said.
    """
    if any(account.own and account.first.code == "C" for account in accounts(answer, care, day)):
        return None
    total = _one_amount(answer, "C", YEARLY, day)
    rest = _one_amount(answer, "C", REMAINING, day)
    return total - rest if total is not None and rest is not None and total >= rest else None


def out_of_pocket_left(answer: Answer271, day: date | None = None) -> int | None:
    """Cents that one person may still pay in network this year; `None` unless said just once."""
    return _one_amount(answer, "G", frozenset(("29",)), day)


def _one_amount(
    answer: Answer271, code: str, periods: frozenset[str], day: date | None
) -> int | None:
    """The one amount of the plan, for one person, in network; nines are no amount."""
    stated = [
        benefit
        for benefit in answer.benefits
        if benefit.code == code
        and benefit.period in periods
        and benefit.coverage_level == "IND"
        and benefit.network in IN_NETWORK
        and is_of_plan(benefit)
        and is_current(benefit, day)
    ]
    amounts = {None if _is_no_limit(benefit) else benefit.cents for benefit in stated}
    return amounts.pop() if len(amounts) == 1 else None
