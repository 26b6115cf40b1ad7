"""Does a name answer to what was typed: the slow and obvious way."""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz import fuzz

from waypost.search.names import words_of

OTHERWISE = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
SHORTEST_JOINED = 5


def answers_to(name: str, typed: str) -> bool:
    """Every word typed begins a word of the name or is nearly one, or two joined are one."""
    asked, words = words_of(typed)[:12], words_of(name)
    return bool(asked) and all(
        _alone(word, words)
        or (i > 0 and _together(asked[i - 1] + word, words))
        or (i + 1 < len(asked) and _together(word + asked[i + 1], words))
        for i, word in enumerate(asked)
    )


def _alone(word: str, words: list[str]) -> bool:
    joined = [a + b for a, b in pairwise(words) if len(a + b) >= SHORTEST_JOINED]
    if len(word) >= SHORTEST_JOINED and any(pair.startswith(word) for pair in joined):
        return True
    return any(
        w.startswith(word) or (len(word) >= 4 and fuzz.ratio(word, w) >= 80)
        for w in _each_way(words)
    )


def _together(word: str, words: list[str]) -> bool:
    return len(word) >= SHORTEST_JOINED and any(w.startswith(word) for w in _each_way(words))


def _each_way(words: list[str]) -> list[str]:
    short = {short: long for long, short in OTHERWISE.items()}
    return words + [(OTHERWISE | short)[word] for word in words if word in OTHERWISE | short]
