"""Who may speak for a listing, and the keys of programs' own software: what is refused, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

TOKEN_PREFIX = "wpt_"  # noqa: S105 - how every token begins, so that a scanner of leaked ones finds it
LONGEST = timedelta(days=366)


class Proof(StrEnum):
    """How an organization showed that it may speak for a listing."""

    TELEPHONE = "telephone"
    LETTER = "letter"
    EMAIL = "e-mail"
    DECISION = "decision"


class TokenScope(StrEnum):
    """What a token may change."""

    TRACKS = "tracks"
    OPENINGS = "openings"


class BadToken(ValueError):
    """A token that cannot be made or used; the message says why."""


class CannotOwn(ValueError):
    """An organization that cannot speak for a listing now; the message says why."""


def token_refusal(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> str:
    """Why a token may not be used now, '' where it may."""
    if revoked_at is not None:
        return "This token was revoked. Make a new one at the desk."
    if now >= expires_at:
        return "This token has expired. Make a new one at the desk."
    return ""
