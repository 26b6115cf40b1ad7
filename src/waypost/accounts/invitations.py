"""An invitation apart from its row: its token, and its refusal."""

from __future__ import annotations

from waypost.values.coded_fault import CodedError


class BadInvitation(CodedError):
    """An invitation that cannot be made or used, with its codes."""
