"""Every look at a conversation is in the audit."""

from __future__ import annotations

from datetime import datetime

from waypost.audit.actions import record_event
from waypost.texting.queries.readers import READ


def record_read(*, conversation: int, by: str, now: datetime, reason: str = "") -> None:
    """Record that somebody read a conversation; ``reason`` where it is not theirs to answer."""
    act = f"{READ}: {reason}" if reason else READ
    record_event(act=act[:120], record=f"conversation:{conversation}", by=by, now=now)
