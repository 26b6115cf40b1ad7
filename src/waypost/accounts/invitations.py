"""An invitation apart from its row: its token, and its refusal."""

from __future__ import annotations

import hashlib

from waypost.values.coded_fault import CodedError


class BadInvitation(CodedError):
    """An invitation that cannot be made or used, with its codes."""


def token_digest(token: str) -> str:
    """What is stored of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
