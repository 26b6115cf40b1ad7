"""Real words that look like a danger word: they are no typing error, and are left alone."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from waypost.texting.readings.folding import folded, squeezed


@cache
def real_words() -> frozenset[str]:
    """The words of ``data/real_words.txt``, folded and squeezed."""
    text = (files("waypost.texting.crisis") / "data" / "real_words.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(squeezed(folded(word)) for line in lines for word in line.split())
