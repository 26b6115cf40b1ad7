"""Find a choice by any word that people use for it.

The labels are the survey's; people say "suboxone", "rehab bus" or "daycare". The table is ours:
each line names a choice and the words that people use for it, in English and Spanish.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from waypost.directory.codes import CODES
from waypost.directory.facets import FACETS, Option, option
from waypost.values.content import read_yaml
from waypost.values.letters import without_accents

MAX_TEXT = 60
MOST = 12
_SMALL = re.compile(
    r"a|an|and|at|for|in|is|my|of|or|the|to|with|con|de|del|el|en|la|las|los|mi|o|para|por|y"
)
"""Words that do not help tell choices apart."""


def choices_for(text: str) -> list[Option]:
    """The choices that match every word typed, at most 12, best match first.

    A word matches if it begins a word of the choice's labels, of its codes' names or of the words
    that people use for it.
    """
    typed = [word for word in _words(text[:MAX_TEXT]) if not _SMALL.fullmatch(word)]
    if not typed:
        return []
    ranked = []
    for place, (column, (own, lent)) in enumerate(_known().items()):
        in_own = all(any(w.startswith(t) for w in own) for t in typed)
        if in_own or all(any(w.startswith(t) for w in (*own, *lent)) for t in typed):
            ranked.append((not in_own, place, column))
    return [option(column) for _, _, column in sorted(ranked)[:MOST]]


@cache
def _known() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words of each choice: those of its labels and of the table, and those of its codes."""
    path = files("waypost.directory") / "data" / "choice_words.yaml"
    table: dict[str, str] = read_yaml(path.read_text("utf-8"))
    words_of = {}
    for facet in FACETS:
        for choice in facet.options:
            names = f"{choice.label} {choice.label_es} {table.get(choice.column, '')}"
            codes = " ".join(CODES[code].name for code in choice.codes if code in CODES)
            words_of[choice.column] = (
                tuple(_words(names)),
                tuple(_words(f"{codes} {facet.label}")),
            )
    unknown = set(table) - set(words_of)
    if unknown:
        raise ValueError(f"choice_words.yaml names choices that do not exist: {sorted(unknown)}")
    return words_of


def _words(text: str) -> list[str]:
    """Words in small letters without accents."""
    return "".join(c if c.isalnum() else " " for c in without_accents(text)).split()
