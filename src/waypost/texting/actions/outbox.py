"""Writes rows of the outbox; each ``cause`` once, whoever writes it again."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from waypost.texting.lanes import Dropped, OutboxLane, RowState
from waypost.texting.models import OutboxRow, TextContact
from waypost.texting.queries.roster import when_answered
from waypost.texting.queries.sealed import OUTGOING, operator, sealed
from waypost.texting.segments import count_segments, in_plain_letters
from waypost.texting.words.replies import ReplyCode, reply, takes

SERVICE = "service"
"""Who wrote a text that the service sends by itself."""

CONFIRMED_WITHIN = timedelta(minutes=5)
"""47 CFR 64.1200(a)(12): a confirmation later than this is no longer within the consent."""


def enqueue(
    contact: TextContact,
    text: str,
    *,
    lane: OutboxLane,
    cause: str,
    now: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    needs: str = "",
    by: str = SERVICE,
) -> int:
    """Write one text to send and return its number; the number of the first with this cause."""
    plain = in_plain_letters(text)
    row = OutboxRow(
        ref=secrets.token_hex(12),
        contact=contact,
        text=sealed(plain, OUTGOING),
        lane=lane,
        cause=cause,
        needs=needs,
        by=by,
        segments=count_segments(plain).segments,
        made_at=now,
        not_before=not_before or now,
        expires_at=expires_at,
    )
    try:  # most causes are new, so nothing is looked up first
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return int(OutboxRow.objects.values_list("pk", flat=True).get(cause=cause))
    return int(row.pk)


def say(
    contact: TextContact,
    code: ReplyCode,
    *,
    lane: OutboxLane,
    cause: str,
    now: datetime,
    **facts: str,
) -> int:
    """Write one of the service's own texts, in the contact's language."""
    facts = {"service": operator().service} | facts
    if "when" not in facts and takes(code, contact.language, "when"):
        facts["when"] = when_answered(contact, now)
    text = reply(code, contact.language, **facts)
    expires = now + CONFIRMED_WITHIN if lane is OutboxLane.CONFIRMATION else None
    return enqueue(contact, text, lane=lane, cause=cause, now=now, expires_at=expires)


def drop_queued(contact: TextContact, lanes: Collection[OutboxLane], why: Dropped) -> int:
    """Drop what waits in these lanes; how many rows."""
    rows = OutboxRow.objects.filter(contact=contact, state=RowState.QUEUED, lane__in=lanes)
    return rows.update(state=RowState.DROPPED, why=why)
