"""What carriers bring: texts are stored once and answered later, statuses move rows forward."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from waypost.texting.actions.turns import in_line_to_write
from waypost.texting.carriers.port import LONGEST_TEXT, Inbound, StatusNews
from waypost.texting.models import HeardText, TextContact
from waypost.texting.queries.sealed import HEARD, NUMBER, digest_of, sealed
from waypost.texting.standing import Channel, OptInStanding
from waypost.values.phone import read_phone

LONGEST_KEPT = 10_000


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
    row, _ = TextContact.objects.get_or_create(
        number_digest=digest_of(number),
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
    try:
        with in_line_to_write(), transaction.atomic():
            contact = contact_for(number, account=account, channel=channel, now=now)
            row = HeardText.objects.create(
                account=account,
                carrier_id=said.carrier_id[:80],
                contact=contact,
                text=text,
                media=said.media,
                at=now,
            )
            TextContact.objects.filter(pk=contact.pk).update(heard_at=now)
    except IntegrityError:
        return 0
    return int(row.pk)


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
