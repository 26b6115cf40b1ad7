"""What carriers bring: texts are stored once and answered later, statuses move rows forward."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from waypost.texting.actions.turns import writing
from waypost.texting.carriers.port import LONGEST_TEXT, Inbound, StatusNews
from waypost.texting.models import TextContact
from waypost.texting.queries.sealed import HEARD, NUMBER, digest_of, sealed
from waypost.texting.standing import Channel, OptInStanding
from waypost.values.phone import read_phone

LONGEST_KEPT = 10_000
_KNOWN = "SELECT id FROM texting_textcontact WHERE number_digest = %s AND erased_at IS NULL"
_STORE = """
INSERT INTO texting_heardtext
       (account, carrier_id, contact_id, text, media, at, handled_as, reasons, rules)
VALUES (%s, %s, %s, %s, %s, %s, '', '', '')
ON CONFLICT (account, carrier_id) DO NOTHING RETURNING id
"""
"""Plain SQL, since the carrier waits for it and all other writers wait meanwhile (`make bench`)."""
_HEARD_AT = "UPDATE texting_textcontact SET heard_at = %s WHERE id = %s"


def clean(text: str) -> str:
    """A text without NUL, which PostgreSQL refuses, and without half of a surrogate pair."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "")[: max(LONGEST_KEPT, LONGEST_TEXT)]


def e164(number: str) -> str:
    """A number as it is looked up; what is no number (a short code) stays as it is."""
    phone = read_phone(number)
    return phone.e164 if phone is not None else number.strip()[:20]


def contact_for(number: str, *, account: str, channel: Channel, now: datetime) -> TextContact:
    """The contact of a number in E.164, made at its first text."""
    digest = digest_of(number)
    row = TextContact.objects.filter(number_digest=digest).first()
    if row is None:
        row, _ = TextContact.objects.get_or_create(
            number_digest=digest,
            defaults={
                "channel": channel,
                "account": account,
                "number": sealed(number, NUMBER),
                "state": OptInStanding.NEW,
                "made_at": now,
            },
        )
    if not row.number and row.erased_at is not None:  # they wrote again after "delete me"
        row.number, row.erased_at = sealed(number, NUMBER), None
        row.save(update_fields=["number", "erased_at"])
    return row


def hear(*, account: str, said: Inbound, now: datetime, channel: Channel = Channel.TEXT) -> int:
    """Store a text and return its number; 0 where it was stored before. Nothing else is done."""
    number = e164(said.number) if channel is Channel.TEXT else said.number
    text = sealed(clean(said.text), HEARD)  # before the transaction: one writer at a time on SQLite
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [digest_of(number)])
        known = cursor.fetchone()
    with writing(), connection.cursor() as cursor:
        if known is None:
            known = (contact_for(number, account=account, channel=channel, now=now).pk,)
        contact = known[0]
        cursor.execute(_STORE, [account, said.carrier_id[:80], contact, text, said.media, at])
        stored = cursor.fetchone()
        if stored is not None:
            cursor.execute(_HEARD_AT, [at, contact])
    return int(stored[0]) if stored is not None else 0


def take_in(*, account: str, news: Iterable[Inbound | StatusNews], now: datetime) -> int:
    """Store everything that one webhook brought; how many new texts there are."""
    from waypost.texting.actions.delivery import take_status

    new = 0
    for said in news:
        if isinstance(said, Inbound):
            new += hear(account=account, said=said, now=now) > 0
        else:
            take_status(account=account, news=said, now=now)
    return new
