"""What an invitation is apart from its row: its token, and how one is refused."""

from __future__ import annotations

import hashlib


class BadInvitation(ValueError):
    """An invitation that cannot be made or used; the message says why."""


def token_digest(token: str) -> str:
    """What is kept of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
