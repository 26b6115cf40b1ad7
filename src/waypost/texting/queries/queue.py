"""The queue as the desk shows it: by tier, then by how long somebody waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from waypost.texting.crisis.tiers import Tier
from waypost.texting.models import Conversation, CrisisCase, FollowUp, StaffAlert
from waypost.texting.queries.sealed import NAME, opened


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One conversation in the queue. ``claimed_by`` is '' where the claim ran out."""

    id: int
    contact: int
    tier: Tier
    waiting_since: datetime | None
    claimed_by: str
    handed_to: str
    first_name: str
    channel: str
    language: str
    case: int | None
    do_not_text: bool


def waiting(now: datetime, by: str = "") -> list[QueueItem]:
    """Open conversations: the most urgent tier first, then whoever waits longest.

    What was handed to ``by`` comes first within its tier. Conversations in which nobody waits
    stand last. No words of theirs are in it: reading those is a read of its own.
    """
    rows = (
        Conversation.objects.filter(closed_at=None)
        .select_related("contact")
        .order_by("tier", F("waiting_since").asc(nulls_last=True), "pk")
    )
    cases = {case.conversation_id: case for case in CrisisCase.objects.filter(closed_at=None)}
    items = [_item(row, cases.get(row.pk), now) for row in rows[:500]]
    return sorted(items, key=lambda item: (item.tier, not by or item.handed_to != by))


def _item(row: Conversation, case: CrisisCase | None, now: datetime) -> QueueItem:
    claimed = row.claimed_until is not None and row.claimed_until > now
    return QueueItem(
        id=row.pk,
        contact=row.contact_id,
        tier=Tier(row.tier),
        waiting_since=row.waiting_since,
        claimed_by=row.claimed_by if claimed else "",
        handed_to=row.handed_to,
        first_name=opened(row.contact.first_name, NAME),
        channel=row.contact.channel,
        language=row.contact.language,
        case=case.pk if case else None,
        do_not_text=case.do_not_text if case else False,
    )


@dataclass(frozen=True, slots=True)
class FollowUpShown:
    """Something to do for a person, and whether it is late."""

    id: int
    contact: int
    kind: str
    due_at: datetime
    late: bool


def follow_ups(now: datetime) -> list[FollowUpShown]:
    """What is not done yet, soonest due first."""
    rows = FollowUp.objects.filter(done_at=None)[:500]
    return [
        FollowUpShown(row.pk, row.contact_id, row.kind, row.due_at, row.due_at < now)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class AlertShown:
    """Somebody was called to a case."""

    id: int
    case: int
    conversation: int
    to: str
    why: str
    at: datetime


def alerts_for(person: str) -> list[AlertShown]:
    """Calls that this person has not seen yet."""
    rows = StaffAlert.objects.filter(to=person, seen_at=None, case__closed_at=None)
    return [
        AlertShown(row.pk, row.case_id, row.case.conversation_id, row.to, row.why, row.at)
        for row in rows.select_related("case")
    ]
