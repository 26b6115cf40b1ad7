"""Words around a keyword that only are polite, and slips of the finger in a keyword."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BEFORE = re.compile(r"^(?:please|pls|plz|hi|hello|hey|ok|okay|hola|por favor) (?=\S)")
_AFTER = re.compile(
    r"(?<=\S) (?:please|pls|plz|thanks|thank you|thx|ty|ok|okay|por favor|gracias)$"
)
_WORDS_OF_THEIR_OWN = frozenset({"carve", "les", "calr", "lees"})
"""Never read as a slip: "carve" in particular speaks of something else than CRAVE."""


def without_politeness(plain: str) -> str:
    """``plain`` (small letters, no marks) without "please", "hi", "thanks" around it."""
    while (bare := _AFTER.sub("", _BEFORE.sub("", plain))) != plain:
        plain = bare
    return plain


def mistyped(word: str, of: Iterable[str]) -> str | None:
    """The word of ``of`` that was meant: two letters changed places, or one came twice or more.

    Other slips make words of their own too often ("brave" is not CRAVE).
    """
    if len(word) < 4 or not word.isalpha() or word in _WORDS_OF_THEIR_OWN:
        return None
    for meant in of:
        if word != meant and (_swapped(word, meant) or _once(word) == _once(meant)):
            return meant
    return None


def _once(word: str) -> str:
    """Each run of a letter as one."""
    return re.sub(r"(.)\1+", r"\1", word)


def _swapped(word: str, meant: str) -> bool:
    """Whether two neighbors changed places."""
    if len(word) != len(meant):
        return False
    apart = [n for n, (a, b) in enumerate(zip(word, meant, strict=True)) if a != b]
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    first, second = apart
    return word[first] == meant[second] and word[second] == meant[first]
