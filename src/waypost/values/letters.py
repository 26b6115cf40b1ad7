"""Words compared as people mean them: ignoring case and accents, "Saint" the same as "St"."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

SHORT_WORDS: Mapping[str, str] = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
"""Words that names often abbreviate, with the short form (USPS Publication 28)."""

LONG_WORDS: Mapping[str, str] = {short: long for long, short in SHORT_WORDS.items()}
"""The same, from the short form to the word."""


def without_accents(text: str) -> str:
    """The text in lower case without accents: "Ángeles" is "angeles"."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))
