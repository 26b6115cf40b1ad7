"""What a reader of a 271 looks for first, picked out of all that it says; nothing is calculated.

The order in which a payer sends its lines changes nothing here.
"""

from collections.abc import Iterable
from datetime import date

import msgspec

from waypost.x12.accounts import KINDS, Account, accounts
from waypost.x12.answer import Answer271
from waypost.x12.authorization import Rulings, authorization
from waypost.x12.benefit import Benefit
from waypost.x12.codes import BENEFIT
from waypost.x12.delivery import begins_above
from waypost.x12.levels import Care
from waypost.x12.payer_texts import names_behavioral_care
from waypost.x12.referrals import BY_LINE, Referral, referrals
from waypost.x12.scope import is_intensive, is_of_care, is_of_plan, services_of
from waypost.x12.situation import Coverage, coverage
from waypost.x12.standing import STATUS, is_current

SHARES = frozenset("ABDEFHIJMOPQVY")  # copayment, coinsurance, limits, exclusions, descriptions
NOT_COVERED = frozenset("EIOV")
PRICES = frozenset("AB")
DECIDING = NOT_COVERED | frozenset("TY")  # of the whole plan: card stolen, spend-down too


class Summary(msgspec.Struct, frozen=True):
    """`shares` are what the person pays or may use of the care, what names it best first.

    `intensive` are those of them that name intensive outpatient care itself; `named` are the
    service types that name the care; `care_status` are lines that call the care active or not,
    with a text that may turn it around ("not covered"); `of_plan` are lines about the plan as a
    whole that decide (a spend-down, "not covered", a text on this care) or that hold for want of
    any of the care's own; `accounts` are deductibles and maximums.
    """

    coverage: Coverage
    named: tuple[str, ...]
    plan_names: tuple[str, ...]
    insurance_types: tuple[str, ...]
    intensive: tuple[Benefit, ...]
    shares: tuple[Benefit, ...]
    care_status: tuple[Benefit, ...]
    of_plan: tuple[Benefit, ...]
    accounts: tuple[Account, ...]
    authorization: Rulings
    referrals: tuple[Referral, ...]


def summarize(answer: Answer271, care: Care, day: date | None = None) -> Summary:
    """The summary for some care on a day; without one, the day that the answer names."""
    of_care = [benefit for benefit in answer.benefits if is_of_care(benefit, care)]
    shares = _once(benefit for benefit in of_care if _is_share(benefit))
    said = coverage(answer, care, day)
    in_order = sorted(shares, key=_order)
    ordered = tuple(sorted(in_order, key=lambda line: not is_current(line, said.day)))
    status = (b for b in of_care if b.code in STATUS and b.messages and b not in said.lines)
    return Summary(
        coverage=said,
        named=services_of(of_care, care),
        plan_names=_plan_names(answer),
        insurance_types=_insurance_types(answer),
        intensive=tuple(filter(is_intensive, ordered)) if care.intensive else (),
        shares=ordered,
        care_status=tuple(sorted(_once(status), key=_order)),
        of_plan=tuple(sorted(_of_plan(answer, ordered, care), key=_order)),
        accounts=accounts(answer, care, said.day),
        authorization=authorization(answer, care, said.day),
        referrals=referrals(answer, care, day),
    )


def _is_share(benefit: Benefit) -> bool:
    """Whether a line says what the person pays or may use; an unknown code or a text may."""
    said_elsewhere = benefit.code in STATUS | KINDS | frozenset(BY_LINE)
    by_text = bool(benefit.messages) and not said_elsewhere
    return benefit.code in SHARES or benefit.code not in BENEFIT or by_text


def _of_plan(answer: Answer271, shares: tuple[Benefit, ...], care: Care) -> list[Benefit]:
    """The lines of the whole plan that belong in a summary."""
    has_own = any(benefit.code in PRICES for benefit in shares)
    codes = DECIDING if has_own else DECIDING | PRICES
    lines = (benefit for benefit in answer.benefits if is_of_plan(benefit))
    return _once(
        b for b in lines if not is_of_care(b, care) and (b.code in codes or _speaks_of_care(b))
    )


def _speaks_of_care(benefit: Benefit) -> bool:
    """Whether a text of the whole plan is about this care: so a carve-out may be told."""
    return _is_share(benefit) and any(map(names_behavioral_care, benefit.messages))


def _plan_names(answer: Answer271) -> tuple[str, ...]:
    """The names of the plans that are this payer's own: not of another payer, nor of a service."""
    own = [benefit for benefit in answer.benefits if benefit.code != "R" and benefit.plan_name]
    whole = [benefit for benefit in own if is_of_plan(benefit)]
    return tuple(sorted({benefit.plan_name for benefit in whole or own}))


def _insurance_types(answer: Answer271) -> tuple[str, ...]:
    """The kinds of insurance (EB04) of the lines that say whether the plan is active."""
    lines = [benefit for benefit in answer.benefits if benefit.code in STATUS]
    return tuple(sorted({b.insurance_type for b in lines if is_of_plan(b) and b.insurance_type}))


def _order(benefit: Benefit) -> tuple[object, ...]:
    """Intensive outpatient care, then what is not covered, then the rest by network and tier."""
    networks = ("Y", "W", "", "U", "N")
    network = networks.index(benefit.network) if benefit.network in networks else 3
    return (
        not is_intensive(benefit),
        benefit.code not in NOT_COVERED,
        network,
        benefit.code,
        benefit.service_types,
        begins_above(benefit),
        benefit.elements,
        benefit.messages,
        tuple(repr(place) for place in benefit.settings),
        tuple(repr(place) for place in benefit.deliveries),
    )


def _once(benefits: Iterable[Benefit]) -> list[Benefit]:
    """Each once: a payer repeats itself. A line differs by its texts, places and quantities."""
    kept: list[Benefit] = []
    for benefit in benefits:
        if benefit not in kept:
            kept.append(benefit)
    return kept
