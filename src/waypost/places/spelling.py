"""One spelling for names that people write in many ways."""

from __future__ import annotations

import re

from waypost.values.letters import LONG_WORDS, without_accents

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# What each ASCII character becomes; fast, since a worker reads 50,000 names as it starts.
_ASCII = str.maketrans(
    {c: c.lower() if c.isalnum() else " " for c in map(chr, range(128))} | {"'": ""}
)
_NO_LETTER = str.maketrans(dict.fromkeys("’‘ʻʼ`´", "'"))


def plain(name: str) -> str:
    """Lower case without accents, dots and apostrophes; "st", "ft" and "mt" in full.

    Both spellings become the full word, so that a half-typed name ("for", "fort w") begins like
    the whole name.
    """
    return in_full(as_typed(name))


def as_typed(name: str) -> str:
    """Lower case without accents, dots and apostrophes; "MT" may still be Montana."""
    if not name.isascii():
        name = _NOT_ASCII.sub(" ", without_accents(name.translate(_NO_LETTER)))
    return " ".join(name.translate(_ASCII).split())


def in_full(words: str) -> str:
    """Words as typed with "st", "ft" and "mt" in full."""
    split = words.split()
    if LONG_WORDS.keys().isdisjoint(split):
        return words
    return " ".join(LONG_WORDS.get(word, word) for word in split)


def squeezed(name: str) -> str:
    """A plain name without its blanks: "mc allen" and "mcallen" are one."""
    return name.replace(" ", "")
