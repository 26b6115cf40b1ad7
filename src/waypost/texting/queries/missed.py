"""Where the text to somebody who was missed stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from waypost.texting.models import OutboxRow
from waypost.texting.queries.sealed import keyring

PLACE = "missed.cause"
"""What the digest of the cause is for."""


@dataclass(frozen=True, slots=True)
class MissedText:
    """Its state in the outbox, and when it left; before that, from when on it may leave."""

    state: str
    at: datetime


def missed_cause(who: str, day: date) -> str:
    """The cause of the one text of a day; nobody reads from it whom it is about."""
    return f"missed:{keyring().digest(f'{who}:{day.isoformat()}', PLACE)}"


def missed_texts(asked: Collection[tuple[str, date]]) -> dict[tuple[str, date], MissedText]:
    """The texts that there are, of those asked for."""
    of_cause = {missed_cause(who, day): (who, day) for who, day in asked}
    rows = OutboxRow.objects.filter(cause__in=of_cause)
    return {
        of_cause[row.cause]: MissedText(row.state, row.sent_at or row.not_before) for row in rows
    }
