"""One conversation, opened for a person of the staff: each read leaves an audit event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from waypost.texting.crisis.tiers import Tier
from waypost.texting.models import (
    ColleagueNote,
    ConsentEntry,
    Conversation,
    CrisisCase,
    HeardText,
    OutboxRow,
    Signature,
    StaffAlert,
    Subscription,
    TextContact,
    Timer,
)
from waypost.texting.queries.contacts import ContactShown, contact_of
from waypost.texting.queries.sealed import HEARD, NOTE, OUTGOING, REASON, opened


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a conversation. ``by`` is '' for the person; ``state`` of ours, or ''."""

    at: datetime
    by: str
    text: str
    state: str = ""
    tier: Tier | None = None
    reasons: tuple[str, ...] = ()
    blanked: bool = False


@dataclass(frozen=True, slots=True)
class NoteShown:
    """What a colleague wrote."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class SignatureShown:
    """A step of a case that somebody signed."""

    id: int
    act: str
    to_tier: int | None
    disposition: str
    reason: str
    by: str
    at: datetime
    second: str


@dataclass(frozen=True, slots=True)
class TimerShown:
    """A timer of a case."""

    kind: str
    due_at: datetime
    fired_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A crisis case with everything that was done about it."""

    id: int
    conversation: int
    tier: Tier
    first_tier: Tier
    reasons: tuple[str, ...]
    exits: tuple[str, ...]
    rules: str
    checklist: tuple[str, ...]
    do_not_text: bool
    opened_at: datetime
    first_answer_at: datetime | None
    closed_at: datetime | None
    disposition: str
    signatures: tuple[SignatureShown, ...]
    timers: tuple[TimerShown, ...]
    called: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionShown:
    """A person's way through a series."""

    id: int
    series: str
    version: int
    state: str
    pace: int
    next_at: datetime | None
    why_ended: str


@dataclass(frozen=True, slots=True)
class ConsentShown:
    """An entry of the ledger."""

    at: datetime
    act: str
    scope: str
    channel: str
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class ConversationShown:
    """Everything that a person needs who answers."""

    id: int
    contact: ContactShown
    tier: Tier
    waiting_since: datetime | None
    claimed_by: str
    claimed_until: datetime | None
    handed_to: str
    closed_at: datetime | None
    disposition: str
    lines: tuple[Line, ...]
    notes: tuple[NoteShown, ...]
    case: CaseShown | None
    subscriptions: tuple[SubscriptionShown, ...]
    consent: tuple[ConsentShown, ...]


def conversation_shown(number: int) -> ConversationShown | None:
    """A conversation with its history; the caller records that it was read (`record_read`)."""
    row = Conversation.objects.select_related("contact").filter(pk=number).first()
    if row is None:
        return None
    case = CrisisCase.objects.filter(conversation=row).order_by("-pk").first()
    return ConversationShown(
        id=row.pk,
        contact=contact_of(row.contact),
        tier=Tier(row.tier),
        waiting_since=row.waiting_since,
        claimed_by=row.claimed_by,
        claimed_until=row.claimed_until,
        handed_to=row.handed_to,
        closed_at=row.closed_at,
        disposition=row.disposition,
        lines=lines_of(row.contact_id),
        notes=tuple(
            NoteShown(note.at, note.by, opened(note.text, NOTE))
            for note in ColleagueNote.objects.filter(conversation__contact=row.contact_id)
        ),
        case=case_shown(case) if case else None,
        subscriptions=_subscriptions(row.contact),
        consent=_consent(row.contact),
    )


def lines_of(contact: int, most: int = 300) -> tuple[Line, ...]:
    """What was said both ways, oldest first."""
    heard = HeardText.objects.filter(contact=contact).order_by("-pk")[:most]
    sent = OutboxRow.objects.filter(contact=contact).order_by("-pk")[:most]
    lines = [_heard_line(row) for row in reversed(heard)]
    lines += [_sent_line(row) for row in reversed(sent)]
    return tuple(sorted(lines, key=lambda line: line.at))


def _heard_line(row: HeardText) -> Line:
    return Line(
        row.at,
        "",
        opened(row.text, HEARD),
        tier=None if row.tier is None else Tier(row.tier),
        reasons=tuple(row.reasons.split()),
        blanked=row.blanked_at is not None,
    )


def _sent_line(row: OutboxRow) -> Line:
    state = f"{row.state}: {row.why}" if row.why else row.state
    text = opened(row.text, OUTGOING)
    return Line(row.sent_at or row.made_at, row.by, text, state, blanked=row.blanked_at is not None)


def case_shown(row: CrisisCase) -> CaseShown:
    """A case with its signatures, timers and calls."""
    return CaseShown(
        id=row.pk,
        conversation=row.conversation_id,
        tier=Tier(row.tier),
        first_tier=Tier(row.first_tier),
        reasons=tuple(row.reasons.split()),
        exits=tuple(row.exits.split()),
        rules=row.rules,
        checklist=tuple(row.checklist.split(",")) if row.checklist else (),
        do_not_text=row.do_not_text,
        opened_at=row.opened_at,
        first_answer_at=row.first_answer_at,
        closed_at=row.closed_at,
        disposition=row.disposition,
        signatures=tuple(
            SignatureShown(
                *(signed.pk, signed.act, signed.to_tier, signed.disposition),
                *(opened(signed.reason, REASON), signed.by, signed.at, signed.second),
            )
            for signed in Signature.objects.filter(case=row)
        ),
        timers=tuple(
            TimerShown(timer.kind, timer.due_at, timer.fired_at, timer.ended_at)
            for timer in Timer.objects.filter(case=row)
        ),
        called=tuple(alert.to for alert in StaffAlert.objects.filter(case=row)),
    )


def _subscriptions(contact: TextContact) -> tuple[SubscriptionShown, ...]:
    rows = Subscription.objects.filter(contact=contact)
    return tuple(
        SubscriptionShown(
            row.pk, row.series, row.version, row.state, row.pace, row.next_at, row.why_ended
        )
        for row in rows
    )


def _consent(contact: TextContact) -> tuple[ConsentShown, ...]:
    rows = ConsentEntry.objects.filter(number_digest=contact.number_digest)
    return tuple(
        ConsentShown(row.at, row.act, row.scope, row.channel, row.words, row.by) for row in rows
    )
