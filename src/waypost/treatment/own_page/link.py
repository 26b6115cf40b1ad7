"""A private link and its code: how they are made, and when they open the page."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LASTS = timedelta(days=180)
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
CODE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class LinkSecrets:
    """The link's token and the code that is given by another way; shown once, never kept."""

    token: str
    code: str


class Closed(StrEnum):
    """Why a link does not open now; the page has the sentence, which says nothing of anybody."""

    UNKNOWN = "unknown"
    LOCKED = "locked"
    WRONG = "wrong"


def new_secrets() -> LinkSecrets:
    """A token of 192 random bits, and a code of six digits."""
    return LinkSecrets(secrets.token_urlsafe(24), f"{secrets.randbelow(10**CODE_DIGITS):06d}")


def link_closed(
    *,
    expires_at: datetime,
    revoked_at: datetime | None,
    locked_until: datetime | None,
    now: datetime,
) -> Closed | None:
    """None where the link may be tried with a code now."""
    if revoked_at is not None or now >= expires_at:
        return Closed.UNKNOWN
    return Closed.LOCKED if locked_until is not None and now < locked_until else None
