"""What a reader of a 271 looks for first, picked out of all that it says; nothing is reckoned."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from waypost.x12.answer import Answer271
from waypost.x12.benefit import Benefit
from waypost.x12.parts import Organization
from waypost.x12.standing import Standing, standing

T = TypeVar("T")
PLAN = frozenset(("30",))
SHARES = frozenset("ABEFI")  # coinsurance, copayment, exclusion, limitation, not covered
LEFT = frozenset("CG")  # deductible, out-of-pocket maximum
REMAINING = frozenset(("29", "33"))
YEARLY = frozenset(("22", "23", "25"))


@dataclass(frozen=True)
class Summary:
    """`care` is the standing of the care asked about, `named` the service types that name it.

    `shares` are what the person pays or may use of this care, `left` what is left of deductible
    and out-of-pocket maximum of the whole plan. `authorization` is Y, N, U, "" not said;
    Y when any line of this care says so. `contacts` are whom the payer refers to.
    """

    plan: Standing
    care: Standing
    named: tuple[str, ...]
    plan_names: tuple[str, ...]
    shares: tuple[Benefit, ...]
    left: tuple[Benefit, ...]
    authorization: str
    contacts: tuple[Organization, ...]


def summarize(answer: Answer271, types: Collection[str]) -> Summary:
    """The summary for some service types. An amount is shown with its network and level as sent."""
    of_care = [one for one in answer.benefits if not set(types).isdisjoint(one.service_types)]
    said = {code for one in of_care for code in one.service_types}
    return Summary(
        plan=_plan_standing(answer),
        care=standing(answer, types),
        named=tuple(code for code in sorted(types) if code in said),
        plan_names=_once(one.plan_name for one in answer.benefits if one.plan_name),
        shares=_once(one for one in of_care if one.code in SHARES),
        left=_once(
            one
            for one in answer.benefits
            if one.code in LEFT and one.period in REMAINING and _whole(one)
        ),
        authorization=_authorization(of_care),
        contacts=_once(
            entity for one in answer.benefits if one.code in ("U", "R") for entity in one.entities
        ),
    )


def deductible_met(answer: Answer271) -> int | None:
    """Cents of one person's deductible in network that are met: the total less what is left.

    `None` unless the answer gives exactly one total and one rest for the whole plan.
    """
    total, rest = _one_amount(answer, "C", YEARLY), _one_amount(answer, "C", REMAINING)
    return total - rest if total is not None and rest is not None and total >= rest else None


def out_of_pocket_left(answer: Answer271) -> int | None:
    """Cents that one person may still pay in network this year; `None` unless said just once."""
    return _one_amount(answer, "G", frozenset(("29",)))


def _one_amount(answer: Answer271, code: str, periods: Collection[str]) -> int | None:
    amounts = {
        one.cents
        for one in answer.benefits
        if one.code == code
        and one.period in periods
        and one.coverage_level == "IND"
        and one.network in ("Y", "W")
        and _whole(one)
    }
    return amounts.pop() if len(amounts) == 1 else None


def _plan_standing(answer: Answer271) -> Standing:
    """The plan's own standing; that of everything where the plan itself is not named."""
    plan = standing(answer, PLAN)
    return standing(answer) if plan is Standing.NOT_SAID else plan


def _whole(one: Benefit) -> bool:
    return not one.service_types or "30" in one.service_types


def _authorization(benefits: list[Benefit]) -> str:
    said = {one.authorization for one in benefits}
    return next((code for code in ("Y", "U", "N") if code in said), "")


def _once(items: Iterable[T]) -> tuple[T, ...]:
    """Each once, in their order; a payer repeats itself. Values here cannot all be hashed."""
    kept: list[T] = []
    for one in items:
        if one not in kept:
            kept.append(one)
    return tuple(kept)
