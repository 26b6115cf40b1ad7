"""Who else is named in an answer, and as what: another insurer, a carve-out, a managing plan.

What an entity is follows from the line it stands on (EB01), the services of that line and its
role (NM101), never from its name: the vendor of the pharmacy benefit is nobody to call for care.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from waypost.x12.answer import Answer271
from waypost.x12.benefit import Benefit
from waypost.x12.cautions import replaces_medicare
from waypost.x12.levels import Care
from waypost.x12.parts import X12Organization
from waypost.x12.scope import is_of_care, is_of_plan
from waypost.x12.standing import ACTIVE, days_of


class As(StrEnum):
    """What somebody is named as."""

    REPLACES = "replaces"  # a Medicare Advantage plan, in place of Original Medicare
    PRIMARY = "primary"  # another insurer that pays first
    SECONDARY = "secondary"  # another insurer that pays after this one
    TERTIARY = "tertiary"
    OTHER_INSURER = "other-insurer"  # in which order is not said
    PRIOR_INSURER = "prior-insurer"
    CARVE_OUT = "carve-out"  # to be asked instead of the payer
    MANAGES = "manages"  # runs the benefit on the payer's behalf
    REVIEWS = "reviews"  # authorizes care
    ONLY_PROVIDER = "only-provider"  # services are restricted to it
    PRIMARY_CARE = "primary-care"
    MENTIONED = "mentioned"


class ReferralAbout(StrEnum):
    """Which services somebody is named for."""

    CARE = "care"
    PLAN = "plan"
    OTHER = "other"


class Referral(msgspec.Struct, frozen=True):
    """Somebody who is named. `entity` is `None` where a line names a plan and nobody.

    `over` says that it was so before the day asked about, and is no more.
    """

    as_what: As
    about: ReferralAbout
    benefit: Benefit
    entity: X12Organization | None
    over: bool = False


RANKS = {"PRP": As.PRIMARY, "SEP": As.SECONDARY, "TTP": As.TERTIARY, "P4": As.PRIOR_INSURER}
BY_LINE = {
    "R": As.OTHER_INSURER,
    "U": As.CARVE_OUT,
    "N": As.ONLY_PROVIDER,
    "L": As.PRIMARY_CARE,
    "MC": As.MANAGES,
}
MANAGING = frozenset(("PR", "Y2", "VN", "2B", "1I", "I3", "13", "GP", ""))
MANAGING_A_PLAN = frozenset(("Y2", "2B"))  # on a line of the plan the payer may name itself
MEDICAID = "MC"  # a state that answers names its managed care organization on an active line
INSURERS = frozenset(
    (As.REPLACES, As.PRIMARY, As.SECONDARY, As.TERTIARY, As.OTHER_INSURER, As.PRIOR_INSURER)
)


def referrals(answer: Answer271, care: Care, day: date | None) -> tuple[Referral, ...]:
    """Everybody who is named, each once, the most telling first."""
    named: list[Referral] = []
    medicaid = any(r.code in ACTIVE and r.insurance_type == MEDICAID for r in answer.benefits)
    for benefit in answer.benefits:
        about = _about(benefit, care)
        over = _is_over(benefit, day or answer.day_asked)
        for entity in _entities(benefit):
            as_what = _as_what(benefit, entity, about)
            if replaces_medicare(benefit, answer):
                as_what = As.REPLACES
            if (
                medicaid
                and as_what is As.MENTIONED
                and _is_another_payer(benefit, entity, answer.payer)
            ):
                as_what = As.MANAGES
            referral = Referral(as_what, about, benefit, entity, over)
            if referral not in named:
                named.append(referral)
    order = list(As)
    return tuple(sorted(named, key=lambda r: (order.index(r.as_what), *_text(r))))


def _is_another_payer(
    benefit: Benefit, entity: X12Organization | None, payer: X12Organization | None
) -> bool:
    """Whether an active line names a payer that is not the one that answers: a managing plan."""
    if entity is None or payer is None or entity.role != "PR" or benefit.code not in ACTIVE:
        return False
    same_id = bool(entity.id) and entity.id == payer.id
    return bool(entity.name) and entity.name.upper() != payer.name.upper() and not same_id


def _entities(benefit: Benefit) -> Iterable[X12Organization | None]:
    """The entities of a line; one that says "another payer" or "contact" without any is kept."""
    if benefit.entities:  # the other insured stands beside the insurer
        return [entity for entity in benefit.entities if not entity.private] or benefit.entities[:1]
    return (None,) if benefit.code in ("R", "U") else ()


def _about(benefit: Benefit, care: Care) -> ReferralAbout:
    if is_of_plan(benefit):
        return ReferralAbout.PLAN
    return ReferralAbout.CARE if is_of_care(benefit, care) else ReferralAbout.OTHER


def _as_what(benefit: Benefit, entity: X12Organization | None, about: ReferralAbout) -> As:
    role = entity.role if entity is not None else ""
    if role in RANKS:
        return RANKS[role]
    if role == "X3":
        return As.REVIEWS
    if role == "P3" and benefit.code != "N":
        return As.PRIMARY_CARE
    if benefit.code in BY_LINE:
        return BY_LINE[benefit.code]
    managing = MANAGING_A_PLAN if about is ReferralAbout.PLAN else MANAGING
    return As.MANAGES if role in managing else As.MENTIONED


def _is_over(benefit: Benefit, day: date | None) -> bool:
    last = days_of(benefit.dates).last
    return last is not None and day is not None and last < day


def _text(referral: Referral) -> tuple[str, ...]:
    entity = referral.entity
    return (*((entity.role, entity.name, entity.id) if entity else ()), *referral.benefit.elements)
