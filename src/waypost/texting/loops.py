"""How much the service says by itself: against loops with other machines, floods and pumping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

REPLIES = 5
"""Automatic replies in `REPLIES_IN`; then a person sees it, and the machine is silent."""
REPLIES_IN = timedelta(minutes=10)

SAME_TEXT = 3
"""The same text so often in ten minutes is another machine."""

SAME_WITHIN = timedelta(seconds=10)
"""The same text again under another id is the carrier's duplicate: acted on once."""

JOINED_WITHIN = timedelta(seconds=5)
"""Parts of one long text come apart at most so far."""


@dataclass(frozen=True, slots=True)
class SignUpLimits:
    """How many sign-ups an address, a block of numbers and a day may have."""

    per_number: int = 1
    per_address: int = 5
    per_prefix: int = 5
    per_day: int = 500


SIGN_UPS = SignUpLimits()


def is_looped(text: str, before: Sequence[str]) -> bool:
    """Whether this text has come so often that a machine writes it."""
    return sum(earlier == text for earlier in before) >= SAME_TEXT - 1


def prefix_of(number: str) -> str:
    """The country and the first six digits: numbers that are pumped lie side by side."""
    return number[:8]


def joined_parts(text: str, at: datetime, earlier: Sequence[tuple[datetime, str]]) -> list[str]:
    """A text joined to those that came a moment before it, with and without a space.

    ``earlier`` are texts with their times, the oldest first; none where nothing came before.
    """
    parts, last = [text], at
    for when, words in reversed(earlier):
        if last - when > JOINED_WITHIN or words == text:  # the same again is no part of it
            break
        parts, last = [words, *parts], when
    return ["".join(parts), " ".join(parts)] if len(parts) > 1 else []
