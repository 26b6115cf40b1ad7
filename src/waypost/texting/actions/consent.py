"""The consent ledger and the list of numbers that are not texted."""

from __future__ import annotations

from datetime import datetime

from waypost.texting.models import ConsentEntry, Suppression, TextContact
from waypost.texting.standing import ALL, ConsentAct, Suppressed


def record_consent(
    contact: TextContact,
    act: ConsentAct,
    *,
    channel: str,
    now: datetime,
    scope: str = ALL,
    words: str = "",
    by: str = "person",
) -> None:
    """Add an entry to the ledger; nothing changes or removes one."""
    ConsentEntry.objects.create(
        number_digest=contact.number_digest,
        act=act,
        scope=scope,
        channel=channel,
        words=words[:2_000],
        by=by,
        at=now,
    )


def suppress(contact: TextContact, why: Suppressed, now: datetime) -> bool:
    """Never text this number again until it rejoins; False where it was so already."""
    _, new = Suppression.objects.get_or_create(
        number_digest=contact.number_digest, defaults={"why": why, "since": now}
    )
    return new


def lift(contact: TextContact) -> bool:
    """Text a number again, since the person asked for it; False where it was not suppressed."""
    deleted, _ = Suppression.objects.filter(number_digest=contact.number_digest).delete()
    return deleted > 0
