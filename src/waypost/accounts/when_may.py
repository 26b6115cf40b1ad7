"""When something may be done: invitations, the last administrator, and how long a sign-in holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

INVITATION_LASTS = timedelta(hours=72)
SIGN_IN_LASTS = timedelta(hours=12)
"""However busy somebody is, they sign in again after so long (NIST SP 800-63B, 4.2.3)."""


class NotNow(StrEnum):
    """Why something cannot be done now, as a code; `design.account_faults` has the sentence."""

    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    LAST_ADMINISTRATOR = "last administrator"


def invitation_refused(
    made_at: datetime, used_at: datetime | None, withdrawn_at: datetime | None, now: datetime
) -> NotNow | None:
    """None where the invitation may be used now: once, within 72 hours, and not withdrawn."""
    if used_at is not None:
        return NotNow.USED
    if withdrawn_at is not None:
        return NotNow.WITHDRAWN
    return NotNow.EXPIRED if now - made_at >= INVITATION_LASTS else None


def sign_in_holds(since: datetime | None, now: datetime) -> bool:
    """Whether somebody who signed in at ``since`` is still signed in; one of no time is not."""
    return since is not None and timedelta(0) <= now - since < SIGN_IN_LASTS


def removal_refused(administrators: int, *, is_administrator: bool) -> NotNow | None:
    """None where a seat may be ended; an organization must keep at least one administrator."""
    last = is_administrator and administrators <= 1
    return NotNow.LAST_ADMINISTRATOR if last else None
