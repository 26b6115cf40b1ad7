"""What became of a row: the results of sends, and what carriers say later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F

from waypost.audit.actions import record_event
from waypost.texting.actions.outbox import SERVICE
from waypost.texting.actions.stopping import stop_all
from waypost.texting.actions.turns import writing
from waypost.texting.carriers.port import (
    Accepted,
    SendRejected,
    SendResult,
    SendUnknown,
    StatusNews,
)
from waypost.texting.carriers.statuses import (
    BAD_NUMBER,
    FILTERED,
    OPTED_OUT,
    SUSPEND_AT,
    state_after,
)
from waypost.texting.lanes import Dropped, RowState
from waypost.texting.models import DeliveryEvent, OutboxRow, Tally, TextContact
from waypost.texting.standing import Suppressed

_ACCEPTED = """
UPDATE texting_outboxrow SET carrier_id = %s, account = %s, sent_at = %s, state = 'sent',
       lease_until = NULL
WHERE id = %s AND state IN ('sending', 'unknown')
"""
"""Plain SQL for all of them at once, since it runs for every text that leaves."""
_ALL_ACCEPTED = """
UPDATE texting_outboxrow o SET carrier_id = said.carrier_id, account = said.account,
       sent_at = said.at, state = 'sent', lease_until = NULL
FROM unnest(%s::text[], %s::text[], %s::timestamptz[], %s::bigint[])
     AS said(carrier_id, account, at, id)
WHERE o.id = said.id AND o.state IN ('sending', 'unknown')
"""
"""The same as one statement of PostgreSQL."""
_KNOWN = """
UPDATE texting_outboxrow SET carrier_id = %s, account = %s, sent_at = COALESCE(sent_at, %s)
WHERE id = %s AND carrier_id = ''
"""
"""For a row whose status came before the answer to our call."""
_COUNT = """
INSERT INTO texting_tally (kind, subject, span, count, made_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (kind, subject, span) DO UPDATE SET count = texting_tally.count + excluded.count
"""

LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SendMark:
    """What a worker found out about a row that it had claimed.

    ``outcome`` is a send's result, why the row was dropped, or until when it waits.
    """

    row: int
    contact: int
    lane: int
    attempts: int
    segments: int
    account: str
    outcome: SendResult | Dropped | datetime


def back_off(attempts: int) -> timedelta:
    """How long after so many attempts: 2 s, 4 s, 8 s, up to five minutes."""
    return min(timedelta(seconds=2 ** min(attempts, 9)), LONGEST_WAIT)


@writing()
def mark_all(*, marks: Sequence[SendMark], now: datetime) -> None:
    """Write what a worker found out, all of it in one transaction."""
    sent: dict[str, int] = {}
    accepted: list[tuple[str, str, Any, int]] = []
    sent_at = connection.ops.adapt_datetimefield_value(now)
    for mark in marks:
        if isinstance(mark.outcome, Accepted):
            sent[mark.account] = sent.get(mark.account, 0) + mark.segments
            accepted.append((mark.outcome.carrier_id, mark.account, sent_at, mark.row))
        else:
            _mark(mark, now)
    if accepted:
        _write_accepted(accepted)
    for account, segments in sent.items():
        count("segments", account, f"{now:%Y-%m-%d}", segments, now)


def _write_accepted(accepted: list[tuple[str, str, Any, int]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_ALL_ACCEPTED, [list(column) for column in zip(*accepted, strict=True)])
        else:
            cursor.executemany(_ACCEPTED, accepted)
        if cursor.rowcount < len(accepted):
            cursor.executemany(_KNOWN, accepted)


def _mark(mark: SendMark, now: datetime) -> None:
    # only while nobody has claimed it again
    waiting = OutboxRow.objects.filter(
        pk=mark.row,
        attempts=mark.attempts,
        state__in=(RowState.SENDING, RowState.UNKNOWN),
    )
    match mark.outcome:
        case SendRejected(code, final):
            if final:
                waiting.update(state=RowState.FAILED, lease_until=None, why=code[:40])
                refused(mark.contact, code, now)
            else:
                later = now + back_off(mark.attempts)
                waiting.update(
                    state=RowState.QUEUED, lease_until=None, not_before=later, why=code[:40]
                )
        case SendUnknown(why):
            later = now + back_off(mark.attempts)
            waiting.update(
                state=RowState.UNKNOWN, lease_until=later, why=why[:40], account=mark.account
            )
        case Dropped():
            waiting.update(state=RowState.DROPPED, lease_until=None, why=mark.outcome)
        case datetime():
            waiting.update(state=RowState.QUEUED, lease_until=None, not_before=mark.outcome)


def refused(contact: int, code: str, now: datetime) -> None:
    """Act on why a carrier refused: an opt-out that it knows of, a dead number, a filter."""
    if code in OPTED_OUT:
        row = TextContact.objects.select_for_update().get(pk=contact)
        cause = f"carrier:{contact}:{now:%Y%m%d%H%M%S}"
        stop_all(
            row,
            why=Suppressed.CARRIER,
            channel="carrier",
            cause=cause,
            now=now,
            confirm=False,
            by=f"carrier code {code}",
        )
    elif code in BAD_NUMBER:
        rows = TextContact.objects.filter(pk=contact)
        rows.update(bad_count=F("bad_count") + 1)
        rows.filter(bad_count__gte=SUSPEND_AT, suspended_at=None).update(suspended_at=now)
    elif code in FILTERED:
        act = f"carrier filtered a text: {code}"
        record_event(act=act, record=f"contact:{contact}", by=SERVICE, now=now)


@writing()
def take_status(*, account: str, news: StatusNews, now: datetime) -> None:
    """Keep what a carrier said of a row, and move the row forward if it does."""
    _, new = DeliveryEvent.objects.get_or_create(
        account=account,
        carrier_id=news.carrier_id[:80],
        status=news.status[:24],
        defaults={"ref": news.ref[:32], "code": news.code[:12], "at": now},
    )
    rows = OutboxRow.objects.select_for_update()
    row = rows.filter(ref=news.ref).first() if news.ref else None
    if row is None:
        row = rows.filter(account=account, carrier_id=news.carrier_id).first()
    if row is None or not new:
        return
    before, row.state = row.state, state_after(RowState(row.state), news.status)
    if not row.carrier_id:
        row.carrier_id, row.account = news.carrier_id[:80], account
    if row.state != before:
        row.lease_until, row.sent_at = None, row.sent_at or now
        if row.state == RowState.DELIVERED:
            TextContact.objects.filter(pk=row.contact_id).update(bad_count=0)
        elif row.state == RowState.FAILED:
            row.why = news.code[:40]
            refused(row.contact_id, news.code, now)
    row.save(update_fields=["state", "carrier_id", "account", "lease_until", "sent_at", "why"])


def count(kind: str, subject: str, span: str, more: int, now: datetime) -> None:
    """Add to a tally, in one statement, so that workers hold each other up as little as may be."""
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [kind, subject, span, more, moment])


def counted(kind: str, subject: str, span: str) -> int:
    """How often something was counted."""
    row = Tally.objects.filter(kind=kind, subject=subject, span=span)
    return row.values_list("count", flat=True).first() or 0
