"""Every look at a conversation is in the audit."""

from __future__ import annotations

from datetime import datetime

from waypost.audit.actions import record_event


def record_read(*, conversation: int, by: str, now: datetime, reason: str = "") -> None:
    """Record that somebody read a conversation; ``reason`` where it is not theirs to answer."""
    act = f"read a conversation: {reason}" if reason else "read a conversation"
    record_event(act=act[:120], record=f"conversation:{conversation}", by=by, now=now)


def record_look(*, by: str, now: datetime) -> None:
    """Record that somebody saw the queue with what people wrote last."""
    record_event(act="looked at the queue of texts", record="texts:queue", by=by, now=now)
