"""Who may speak for a listing, and the keys of programs' own software: what is refused, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from waypost.accounts.faults import AccountFault
from waypost.values.coded_fault import CodedError

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


class BadToken(CodedError):
    """A token that cannot be made or used, with its codes."""


class CannotOwn(CodedError):
    """An organization that cannot speak for a listing now, with the codes of why."""


def token_refusal(
    expires_at: datetime, revoked_at: datetime | None, now: datetime
) -> AccountFault | None:
    """Why a token may not be used now, None where it may."""
    if revoked_at is not None:
        return AccountFault.KEY_REVOKED
    return AccountFault.KEY_EXPIRED if now >= expires_at else None
