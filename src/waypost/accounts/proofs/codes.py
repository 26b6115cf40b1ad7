"""Codes that prove who speaks for a listing: how long they hold, and what is wrong with one."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from waypost.accounts.listings import Proof

HOLDS = {
    Proof.TELEPHONE: timedelta(hours=1),
    Proof.EMAIL: timedelta(hours=24),
    Proof.LETTER: timedelta(days=30),
}
"""How long a code holds, by how it travels; a decision needs none."""

MOST_TRIES = 5
MOST_CODES = 3
"""So many codes a proof may have, and a listing in a day: its telephone must not be pestered."""
MOST_WAITING = 5
"""So many proofs of one organization may wait at a time."""

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what is misread on paper


class Entered(StrEnum):
    """What became of a code that was typed."""

    PROVED = "proved"
    WRONG = "wrong"
    NO_CODE = "no code"
    EXPIRED = "expired"
    TOO_MANY = "too many"


def new_code(proof: Proof) -> str:
    """A random code: six digits to be spoken or typed, ten letters for a month on paper."""
    alphabet, length = (_LETTERS, 10) if proof is Proof.LETTER else (_DIGITS, 6)
    return "".join(secrets.choice(alphabet) for _ in range(length))


def code_digest(code: str, number: int, secret: str) -> str:
    """What is kept of a code: keyed, as six digits alone would be guessed from a digest."""
    message = f"proof:{number}:{plain_code(code)}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def plain_code(code: str) -> str:
    """A code as it is compared: without spaces and hyphens, in capitals."""
    return "".join(c for c in code.upper() if c.isalnum())


def why_not(digest: str, expires_at: datetime | None, tries: int, now: datetime) -> Entered | None:
    """Why no code can be entered now; None where one can."""
    if not digest or expires_at is None:
        return Entered.NO_CODE
    if tries >= MOST_TRIES:
        return Entered.TOO_MANY
    return Entered.EXPIRED if now >= expires_at else None


def spoken(code: str) -> str:
    """A code as it is read out: "4, 0, 7, 1, 1, 9"."""
    return ", ".join(code)
