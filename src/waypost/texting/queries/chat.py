"""A web chat as its visitor sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from waypost.texting.models import TextContact
from waypost.texting.queries.conversation import lines_of
from waypost.texting.queries.sealed import digest_of

SHOWN = frozenset({"sent", "delivered", ""})


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One text: ``mine`` is the visitor's; ``automatic`` was written by the service."""

    at: datetime
    text: str
    mine: bool
    automatic: bool


def chat_lines(token: str) -> list[SaidLine] | None:
    """What was said, oldest first; None where there is no such chat (any more)."""
    row = TextContact.objects.filter(
        number_digest=digest_of(f"web:{token}"), erased_at=None
    ).first()
    if row is None:
        return None
    return [
        SaidLine(line.at, line.text, mine=not line.by, automatic=line.by == "service")
        for line in lines_of(row.pk)
        if line.state.split(":")[0] in SHOWN and not line.blanked
    ]
