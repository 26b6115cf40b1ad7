"""One discreet text to somebody who agreed to texts and was not there when they were expected."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from waypost.texting.actions.consent import record_consent
from waypost.texting.actions.hearing import contact_for
from waypost.texting.actions.outbox import enqueue
from waypost.texting.lanes import Dropped, OutboxLane, RowState
from waypost.texting.models import ConsentEntry, OutboxRow, TextContact
from waypost.texting.queries.contacts import is_suppressed, open_case, where_is
from waypost.texting.queries.hours import sending_hours
from waypost.texting.queries.missed import missed_cause
from waypost.texting.queries.sealed import digest_of, operator
from waypost.texting.standing import Channel, ConsentAct
from waypost.texting.windows import next_opening
from waypost.texting.words.replies import ReplyCode, reply
from waypost.values.phone import read_phone

WAITS = timedelta(minutes=15)
"""A roster that was kept by mistake is corrected within these."""

LASTS = timedelta(hours=24)
PAPER, OWN_CARE = "paper", "own care"
"""Channel and scope of the consent that somebody gave to the program itself."""


@transaction.atomic
def text_missed(*, number: str, language: str, who: str, day: date, by: str, now: datetime) -> bool:
    """Queue the text, once for ``who`` and ``day``; False where the number may not be texted.

    It goes as a live message of the person ``by``, and still only in the hours in which texts may
    go out. ``who`` stands nowhere but in a keyed digest.
    """
    phone = read_phone(number)
    if phone is None or not phone.valid or phone.extension:
        return False
    digest = digest_of(phone.e164)
    known = TextContact.objects.filter(number_digest=digest).first()
    if is_suppressed(digest) or (known is not None and _closed(known)):
        return False
    account = operator().accounts[0].id
    contact = known or contact_for(phone.e164, account=account, channel=Channel.TEXT, now=now)
    leaves = next_opening(where_is(contact), now + WAITS, sending_hours())
    if leaves >= now + LASTS:
        return False
    _consented(contact, by, now)
    words = reply(ReplyCode.MISSED, language, service=operator().service)
    cause = missed_cause(who, day)
    enqueue(
        contact,
        words,
        lane=OutboxLane.LIVE,
        cause=cause,
        now=now,
        not_before=leaves,
        expires_at=now + LASTS,
        by=by,
    )
    again = OutboxRow.objects.filter(cause=cause, state=RowState.DROPPED, why=Dropped.TAKEN_BACK)
    again.update(state=RowState.QUEUED, why="", not_before=leaves, expires_at=now + LASTS)
    return True


def untext_missed(*, who: str, day: date) -> int:
    """Drop the text where it has not left; how many were dropped."""
    rows = OutboxRow.objects.filter(cause=missed_cause(who, day), state=RowState.QUEUED)
    return rows.update(state=RowState.DROPPED, why=Dropped.TAKEN_BACK)


def _closed(contact: TextContact) -> bool:
    """Erased, a number that takes no texts, or somebody in danger whom a person answers now."""
    ended = contact.erased_at is not None or contact.suspended_at is not None
    return ended or open_case(contact.pk) is not None


def _consented(contact: TextContact, by: str, now: datetime) -> None:
    """The ledger says once that this person agreed, to whom, and when it was first used."""
    entries = ConsentEntry.objects.filter(number_digest=contact.number_digest, scope=OWN_CARE)
    if not entries.exists():
        record_consent(contact, ConsentAct.GIVEN, channel=PAPER, now=now, scope=OWN_CARE, by=by)
