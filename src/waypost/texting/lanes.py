"""Lanes and states of the outbox: what goes first, and where a row stands."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class OutboxLane(IntEnum):
    """Who goes first; the lower the number, the sooner."""

    CRISIS = 0
    CONFIRMATION = 1
    LIVE = 2
    KEYWORD = 3
    SERIES = 4


AUTOMATED = frozenset({OutboxLane.KEYWORD, OutboxLane.SERIES})
"""Lanes that stop while a crisis case is open."""

RETRIED_UNTIL_KNOWN = frozenset({OutboxLane.CRISIS, OutboxLane.CONFIRMATION, OutboxLane.LIVE})
"""Lanes in which a second copy is harmless and silence is not."""


class RowState(StrEnum):
    """Where an outbox row stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"


ENDED = frozenset({RowState.SENT, RowState.DELIVERED, RowState.FAILED, RowState.DROPPED})
"""States in which a worker no longer touches a row."""


class Dropped(StrEnum):
    """Why a row is not sent, found after the claim and before the call."""

    SUPPRESSED = "suppressed"
    NO_CONSENT = "no consent"
    EXPIRED = "expired"
    NOT_APPROVED = "not approved"
    OPEN_CRISIS = "open crisis"
    PAUSED = "paused"
    BAD_NUMBER = "bad number"
    ERASED = "erased"
    TAKEN_BACK = "taken back"
