"""What a link of a reminder asks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from waypost.directory.models import WordReminder
from waypost.directory.still_right.due import LINK_LASTS
from waypost.files.digests import text_digest
from waypost.values.wall_time import day_in


@dataclass(frozen=True, slots=True)
class AskedWord:
    """The word that a link is about; ``method`` is whose it was."""

    reminder: int
    site_id: str
    field: str
    value: list[object]
    said_on: date
    method: str
    organization: str
    zone: str


def asked_word(token: str, now: datetime) -> AskedWord | None:
    """The word of a link that may still be used: once, for two weeks, while the word stands."""
    row = (
        WordReminder.objects.filter(
            token_digest=text_digest(token), used_at=None, made_at__gt=now - LINK_LASTS
        )
        .filter(claim__ended_at=None)
        .select_related("claim")
        .first()
    )
    if row is None:
        return None
    claim = row.claim
    return AskedWord(
        row.pk,
        claim.site_id,
        claim.field,
        list(claim.value),
        day_in(claim.zone, claim.said_at),
        claim.method,
        claim.organization,
        claim.zone,
    )
