"""Conversations as staff work on them: waiting, claims, notes, hand-over, replies, the end."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.files.digests import text_digest
from waypost.texting.crisis.tiers import Tier
from waypost.texting.faults import TextingFault
from waypost.texting.lanes import OutboxLane
from waypost.texting.models import ColleagueNote, Conversation, CrisisCase, TextContact, Timer
from waypost.texting.queries.contacts import is_suppressed, open_case
from waypost.texting.queries.sealed import NOTE, sealed
from waypost.values.coded_fault import CodedError, CodedFault

HEARTBEAT = timedelta(seconds=60)
"""A claim without a heartbeat for so long goes back to the queue."""
LONGEST_REPLY, LONGEST_NOTE = 640, 2_000
DISPOSITIONS = ("helped", "referred", "no answer needed", "no answer", "opted out", "not a person")


class NotYours(CodedError, ValueError):
    """Somebody else works on it, or it is closed."""


class CannotReply(CodedError, ValueError):
    """The reply cannot be sent."""


def needs_person(contact: TextContact, tier: Tier, now: datetime) -> Conversation:
    """Put a contact into the queue; the tier only rises, the wait counts from the first text."""
    row, _ = puts_in_queue(contact, tier, now)
    return row


def puts_in_queue(contact: TextContact, tier: Tier, now: datetime) -> tuple[Conversation, bool]:
    """The same, and whether the contact waits only from now on."""
    row, new = Conversation.objects.get_or_create(
        contact=contact,
        closed_at=None,
        defaults={"opened_at": now, "tier": int(tier), "waiting_since": now},
    )
    began = new or row.waiting_since is None
    if began or int(tier) < row.tier:
        row.tier = min(row.tier, int(tier))
        row.waiting_since = row.waiting_since or now
        if not new:
            row.save(update_fields=["tier", "waiting_since"])
    return row, began


def _claimable(row: Conversation | None, by: str, now: datetime) -> Conversation:
    if row is None or row.closed_at is not None:
        raise NotYours(TextingFault.CLOSED)
    by_another = row.claimed_by and row.claimed_by != by
    if by_another and row.claimed_until is not None and row.claimed_until > now:
        raise NotYours(TextingFault.COLLEAGUE)
    return row


def _locked(number: int) -> Conversation | None:
    return Conversation.objects.select_for_update().filter(pk=number).first()


def _recorded(act: str, row: Conversation, by: str, now: datetime) -> None:
    record_event(act=act, record=f"conversation:{row.pk}", by=by, now=now)


@transaction.atomic
def claim(*, number: int, by: str, now: datetime) -> None:
    """Take a conversation for the length of a heartbeat.

    Raises:
        NotYours: a colleague has it, or it is closed.
    """
    row = _claimable(_locked(number), by, now)
    row.claimed_by, row.claimed_until, row.handed_to = by, now + HEARTBEAT, ""
    row.save(update_fields=["claimed_by", "claimed_until", "handed_to"])
    _recorded("claimed a conversation", row, by, now)


@transaction.atomic
def keep_claim(*, number: int, by: str, now: datetime) -> bool:
    """A heartbeat: still there. False where the claim was lost meanwhile. Leaves no audit event."""
    rows = Conversation.objects.filter(pk=number, claimed_by=by, closed_at=None)
    return rows.update(claimed_until=now + HEARTBEAT) == 1


@transaction.atomic
def release(*, number: int, by: str, now: datetime) -> None:
    """Give a conversation back to the queue; a second time changes nothing."""
    row = _locked(number)
    if row is not None and row.claimed_by == by:
        row.claimed_by, row.claimed_until = "", None
        row.save(update_fields=["claimed_by", "claimed_until"])
        _recorded("released a conversation", row, by, now)


@transaction.atomic
def hand_over(*, number: int, to: str, by: str, now: datetime) -> None:
    """Give a conversation to a colleague, who sees it first in their queue.

    Raises:
        NotYours: a colleague has it, or it is closed.
    """
    row = _claimable(_locked(number), by, now)
    row.claimed_by, row.claimed_until, row.handed_to = "", None, to
    row.waiting_since = row.waiting_since or now
    row.save(update_fields=["claimed_by", "claimed_until", "handed_to", "waiting_since"])
    _recorded(f"handed over to {to}", row, by, now)


@transaction.atomic
def add_note(*, number: int, text: str, by: str, now: datetime) -> None:
    """Write a note for colleagues.

    Raises:
        CannotReply: it is empty or too long.
        NotYours: there is no such conversation.
    """
    words = text.strip()
    if not words or len(words) > LONGEST_NOTE:
        raise CannotReply(CodedFault(TextingFault.NOTE_LENGTH, facts={"most": LONGEST_NOTE}))
    row = _locked(number)
    if row is None:
        raise NotYours(TextingFault.NO_CONVERSATION)
    ColleagueNote.objects.create(conversation=row, text=sealed(words, NOTE), by=by, at=now)
    _recorded("wrote a note", row, by, now)


@transaction.atomic
def reply_as_person(*, number: int, text: str, by: str, now: datetime, once: str = "") -> int:
    """Send what a person wrote, and end the wait and the timers; the number of the outbox row.

    ``once`` is the secret of a form: the same words that are sent from it again (a double press, a
    page loaded again) go out once.

    Raises:
        NotYours: a colleague has it, or it is closed.
        CannotReply: it is empty or too long, or the number may not be texted.
    """
    from waypost.texting.actions.outbox import enqueue

    words = text.replace("\x00", "").strip()
    if not words or len(words) > LONGEST_REPLY:
        raise CannotReply(CodedFault(TextingFault.REPLY_LENGTH, facts={"most": LONGEST_REPLY}))
    row = _claimable(_locked(number), by, now)
    refuse_if_not_texted(row.contact)
    lane = OutboxLane.CRISIS if open_case(row.contact_id) else OutboxLane.LIVE
    secret = once or secrets.token_hex(8)
    cause = f"person:{text_digest(f'{number}:{by}:{secret}:{words}')[:16]}"
    sent = enqueue(row.contact, words, lane=lane, cause=cause, now=now, by=by)
    answered(row, by, now)
    _recorded("replied", row, by, now)
    return sent


def refuse_if_not_texted(contact: TextContact) -> None:
    """Raise `CannotReply` where a contact asked not to be texted and has not written since."""
    from waypost.texting.models import Suppression

    if contact.erased_at is not None:
        raise CannotReply(TextingFault.ERASED)
    since = Suppression.objects.filter(number_digest=contact.number_digest).values_list(
        "since", flat=True
    )
    begun = since.first()
    if begun is not None and (contact.heard_at is None or contact.heard_at <= begun):
        raise CannotReply(TextingFault.STOPPED)
    assert begun is not None or not is_suppressed(contact.number_digest)


def answered(row: Conversation, by: str, now: datetime) -> None:
    """A person answered: nobody waits, and the timers of the case end."""
    row.claimed_by, row.claimed_until = by, now + HEARTBEAT
    row.waiting_since, row.answered_at = None, row.answered_at or now
    row.save(update_fields=["claimed_by", "claimed_until", "waiting_since", "answered_at"])
    cases = CrisisCase.objects.filter(conversation=row, closed_at=None)
    cases.filter(first_answer_at=None).update(first_answer_at=now)
    Timer.objects.filter(case__in=cases, fired_at=None, ended_at=None).update(ended_at=now)


@transaction.atomic
def close(*, number: int, disposition: str, by: str, now: datetime) -> None:
    """End a conversation that a person settled.

    Raises:
        NotYours: a colleague has it, it is closed already, or a crisis case is open.
        CannotReply: the disposition is not one of `DISPOSITIONS`.
    """
    if disposition not in DISPOSITIONS:
        raise CannotReply(TextingFault.DISPOSITION)
    row = _claimable(_locked(number), by, now)
    if open_case(row.contact_id) is not None:
        raise NotYours(TextingFault.CASE_OPEN)
    row.closed_at, row.disposition = now, disposition
    row.waiting_since, row.claimed_by, row.claimed_until = None, "", None
    row.save()
    _recorded(f"closed as {disposition}", row, by, now)
