"""When something may be done to a record: states and times in, a refusal out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

EMERGENCY_LASTS = timedelta(hours=24)
"""How long a record stays open to somebody who opened it in an emergency."""


class TooLate(StrEnum):
    """Why something cannot be done now, as a code; `design.program_faults` has the sentence."""

    REVOKED = "revoked"
    EXPIRED = "expired"
    SIGNED = "signed"
    UNCHECKED_WITHDRAWAL = "unchecked withdrawal"
    UNSAFE_WITHDRAWAL = "withdrawal checked and not safe"
    OLDER_CHECK = "withdrawal written after its check"
    EMERGENCY = "pre-screen calls for help at once"


def consent_refused(
    revoked_at: datetime | None, expires_on: date | None, today: date
) -> TooLate | None:
    """None while a consent is in force; on the day it names it has expired."""
    if revoked_at is not None:
        return TooLate.REVOKED
    return TooLate.EXPIRED if expires_on is not None and today >= expires_on else None


def emergency_open(opened_at: datetime | None, now: datetime) -> bool:
    """Whether a record that was opened in an emergency is still open to whoever opened it."""
    return opened_at is not None and timedelta(0) <= now - opened_at < EMERGENCY_LASTS
