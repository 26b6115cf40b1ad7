"""An invitation apart from its row: its token, and its refusal."""

from __future__ import annotations

import hashlib


class BadInvitation(ValueError):
    """An invitation that cannot be made or used; the message says why."""


def token_digest(token: str) -> str:
    """What is stored of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
