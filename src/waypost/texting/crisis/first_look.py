"""Whether a text must be handled before others: a first look, made as soon as it is there.

It says yes too often rather than too seldom, and decides nothing else: every text is read in full
when its turn comes. What costs most of a full reading, all repairs of the text together with those
before it, is left out here; the text alone is read in full, and that reading is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from waypost.texting.crisis.tiers import Tier, get_ready, signs_alone, signs_quickly
from waypost.texting.loops import joined_parts
from waypost.texting.words.keywords import Keyword, keyword
from waypost.texting.words.opting import opting

STOPS = frozenset({Keyword.ERASE, Keyword.WRONG_NUMBER})
"""Keywords that end texts to a number, besides the opt-outs."""
JOINS = ((1, ""), (1, " "), (2, " "), (5, " "))
"""How many texts before it a text is read together with, and what stands between."""
LONGEST = 300
"""Characters of the texts before that are looked at, as in the full reading."""


def asks_to_stop(text: str, language: str = "en") -> bool:
    """Whether a text may end what is sent to its number."""
    word = keyword(text, language)
    return opting(text, language) is not None or (word is not None and word.keyword in STOPS)


def looks_dangerous(
    text: str, *, at: datetime | None = None, earlier: Sequence[tuple[datetime, str]] = ()
) -> bool:
    """Whether a text, alone or together with the ``earlier`` ones, may be a danger or a concern.

    ``earlier`` are the last five with their times, the oldest first. A look that fails says yes.
    """
    get_ready()
    if signs_alone(text).tier <= Tier.CONCERN:
        return True
    parts = joined_parts(text, at, earlier) if at is not None else []
    if any(signs_alone(part).tier <= Tier.CONCERN for part in parts):
        return True
    before = [words for _, words in earlier]
    for many, glue in JOINS:
        if before and (many == 1 or len(before) > 1):
            together = glue.join(before[-many:])[-LONGEST:] + glue + text
            if signs_quickly(together).tier <= Tier.CONCERN:
                return True
    return False
