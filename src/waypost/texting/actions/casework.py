"""What people decide about a case: the ladder, a lower tier, the end; tier 0 takes two of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.texting.crisis.ladder import LADDER, CaseEnd, needs_second
from waypost.texting.crisis.tiers import Tier
from waypost.texting.faults import TextingFault
from waypost.texting.models import Conversation, CrisisCase, Signature, Timer
from waypost.texting.queries.sealed import REASON, sealed
from waypost.values.coded_fault import CodedError


class CannotDecide(CodedError, ValueError):
    """The decision cannot be taken so."""


def _case(number: int) -> CrisisCase:
    row = CrisisCase.objects.select_for_update().filter(pk=number, closed_at=None).first()
    if row is None:
        raise CannotDecide(TextingFault.NO_CASE)
    return row


@transaction.atomic
def tick(*, number: int, steps: Collection[str], by: str, now: datetime) -> None:
    """Keep which questions of the ladder were worked through."""
    if set(steps) - set(LADDER):
        raise CannotDecide(TextingFault.LADDER)
    case = _case(number)
    case.checklist = ",".join(step for step in LADDER if step in steps)
    case.save(update_fields=["checklist"])
    record_event(act="worked on the ladder", record=f"case:{number}", by=by, now=now)


@transaction.atomic
def raise_tier(*, number: int, tier: Tier, reason: str, by: str, now: datetime) -> None:
    """A person sees more danger than the rules did; timers are not restarted.

    Raises:
        CannotDecide: it is not more urgent than now, or no reason is given.
    """
    case = _case(number)
    if tier >= case.tier:
        raise CannotDecide(TextingFault.NOT_HIGHER)
    _sign(case, "raised", by, now, reason=reason, to_tier=tier)
    _set_tier(case, tier)


@transaction.atomic
def lower_tier(*, number: int, tier: Tier, reason: str, by: str, now: datetime) -> bool:
    """Lower a tier with a reason; True where it is lowered, False where a second must sign.

    Raises:
        CannotDecide: it is not less urgent than now, or no reason is given.
    """
    case = _case(number)
    if tier <= case.tier:
        raise CannotDecide(TextingFault.NOT_LOWER)
    second = needs_second(Tier(case.tier))
    _sign(case, "lower", by, now, reason=reason, to_tier=tier)
    if not second:
        _set_tier(case, tier)
    return not second


@transaction.atomic
def close_case(*, number: int, end: str, reason: str, by: str, now: datetime) -> bool:
    """End a case with a disposition; True where it is closed, False where a second must sign.

    Raises:
        CannotDecide: the disposition is unknown or no reason is given.
    """
    if end not in set(CaseEnd):
        raise CannotDecide(TextingFault.CASE_END)
    case = _case(number)
    second = needs_second(Tier(case.first_tier)) or needs_second(Tier(case.tier))
    _sign(case, "close", by, now, reason=reason, disposition=end)
    if not second:
        _close(case, end, now)
    return not second


@transaction.atomic
def countersign(*, number: int, by: str, now: datetime) -> None:
    """The second signature of a decision; whoever decided cannot give it.

    Raises:
        CannotDecide: it is signed already, its case is closed, or it is one's own.
    """
    row = Signature.objects.select_for_update().filter(pk=number, second="").first()
    if row is None or row.act not in ("lower", "close"):
        raise CannotDecide(TextingFault.NOTHING_TO_SIGN)
    if row.by == by:
        raise CannotDecide(TextingFault.OWN_DECISION)
    case = _case(row.case_id)
    row.second, row.second_at = by, now
    row.save(update_fields=["second", "second_at"])
    record_event(act=f"signed: {row.act}", record=f"case:{case.pk}", by=by, now=now)
    if row.act == "close":
        _close(case, row.disposition, now)
    elif row.to_tier is not None and row.to_tier > case.tier:
        _set_tier(case, Tier(row.to_tier))


def _sign(
    case: CrisisCase,
    act: str,
    by: str,
    now: datetime,
    *,
    reason: str,
    to_tier: int | None = None,
    disposition: str = "",
) -> None:
    words = reason.strip()
    if not words:
        raise CannotDecide(TextingFault.NO_REASON)
    Signature.objects.create(
        case=case,
        act=act,
        to_tier=to_tier,
        disposition=disposition,
        reason=sealed(words[:1_000], REASON),
        by=by,
        at=now,
    )
    shown = disposition or f"tier {to_tier}"
    record_event(act=f"{act}: {shown}"[:120], record=f"case:{case.pk}", by=by, now=now)


def _set_tier(case: CrisisCase, tier: Tier) -> None:
    case.tier = int(tier)
    case.save(update_fields=["tier"])
    Conversation.objects.filter(pk=case.conversation_id).update(tier=int(tier))


def _close(case: CrisisCase, end: str, now: datetime) -> None:
    case.closed_at, case.disposition = now, end
    case.save(update_fields=["closed_at", "disposition"])
    Timer.objects.filter(case=case, fired_at=None, ended_at=None).update(ended_at=now)
    Conversation.objects.filter(pk=case.conversation_id).update(tier=int(Tier.NONE))
