"""What an approval of words covers."""

from __future__ import annotations

import hashlib


def words_digest(text: str) -> str:
    """SHA-256 of the words in hex: approved words that change lose their approval."""
    return hashlib.sha256(text.encode()).hexdigest()
