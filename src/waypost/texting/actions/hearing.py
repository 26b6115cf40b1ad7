"""What carriers bring: texts are stored once and answered later, statuses move rows forward."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from waypost.texting.actions.storing import TextStore, ToStore
from waypost.texting.carriers.port import LONGEST_TEXT, Inbound, StatusNews
from waypost.texting.models import TextContact
from waypost.texting.queries.sealed import HEARD, NUMBER, digest_of, sealed
from waypost.texting.standing import Channel, OptInStanding
from waypost.values.phone import read_phone

LONGEST_KEPT = 10_000
_KNOWN = "SELECT id FROM texting_textcontact WHERE number_digest = %s AND erased_at IS NULL"
_WAITING = TextStore()


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
        new = _new_contact(number, account=account, channel=channel, now=now)
        TextContact.objects.bulk_create([new], ignore_conflicts=True)  # or another just made it
        row = TextContact.objects.get(number_digest=digest)
    if not row.number and row.erased_at is not None:  # they wrote again after "delete me"
        row.number, row.erased_at = sealed(number, NUMBER), None
        row.save(update_fields=["number", "erased_at"])
    return row


def _new_contact(number: str, *, account: str, channel: Channel, now: datetime) -> TextContact:
    """A contact that nobody has stored."""
    return TextContact(
        channel=channel,
        account=account,
        number=sealed(number, NUMBER),
        number_digest=digest_of(number),
        state=OptInStanding.NEW,
        made_at=now,
    )


def hear(*, account: str, said: Inbound, now: datetime, channel: Channel = Channel.TEXT) -> int:
    """Store a text and return its number; 0 where it was stored before. Nothing else is done."""
    number = e164(said.number) if channel is Channel.TEXT else said.number
    text = sealed(clean(said.text), HEARD)  # before the transaction: one writer at a time on SQLite
    with connection.cursor() as cursor:  # plain SQL, as in `storing`
        cursor.execute(_KNOWN, [digest_of(number)])
        known = cursor.fetchone()
    contact: int | TextContact = (
        _new_contact(number, account=account, channel=channel, now=now)
        if known is None
        else int(known[0])
    )
    return _WAITING.store(ToStore(account, said.carrier_id[:80], contact, text, said.media, now))


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
