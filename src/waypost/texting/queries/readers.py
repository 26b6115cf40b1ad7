"""Who else reads a conversation: the audit has every read, so it knows who is there now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from waypost.audit.queries import events

READ = "read a conversation"
"""How the audit's entry of a read begins."""
READ_AGAIN_AFTER = timedelta(minutes=5)
"""A page that stays open is a read again after so long, and at once where new words came."""
THERE_FOR = READ_AGAIN_AFTER + timedelta(minutes=1)
"""A page that stays open records a read again before this is over."""


@dataclass(frozen=True, slots=True)
class ReaderShown:
    """A colleague, as "person:7", and when they last read the conversation."""

    person: str
    at: datetime


def other_readers(conversation: int, me: str, now: datetime) -> list[ReaderShown]:
    """Colleagues who read this conversation in the last minutes, whoever came last first."""
    seen: dict[str, datetime] = {}
    for event in events(record=f"conversation:{conversation}"):
        if event.act.startswith(READ) and event.actor != me and now - event.at <= THERE_FOR:
            seen.setdefault(event.actor, event.at)
    return [ReaderShown(person, at) for person, at in seen.items()]
