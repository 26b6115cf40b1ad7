"""The clinician-validated words (Suicide Risk Lexicon) that this product uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from waypost.texting.readings.folding import folded, words_of
from waypost.texting.readings.readings import canonical


@dataclass(frozen=True)
class RiskConstruct:
    """A construct of the lexicon: its code, the tier that its words raise, and its words."""

    code: str
    tier: int
    pattern: re.Pattern[str]
    words: frozenset[str]


@cache
def the_lexicon() -> tuple[RiskConstruct, ...]:
    """Every construct in use, as patterns over the same plain words as the rules."""
    text = (files("waypost.texting.crisis") / "data" / "suicide_risk_lexicon.yaml").read_text(
        "utf-8"
    )
    return tuple(
        _construct(entry["construct"], entry["tier"], entry["tokens"])
        for entry in yaml.safe_load(text)["constructs"]
    )


def _construct(name: str, tier: int, tokens: list[str]) -> RiskConstruct:
    code = "lexicon:" + re.sub(r"[^a-z]+", "-", name.lower()).strip("-")
    plain = [canonical(words_of(folded(token))) for token in tokens]
    either = "|".join(re.escape(token) for token in sorted(plain, key=len, reverse=True))
    words = frozenset(word for token in plain for word in token.split() if word.isalpha())
    return RiskConstruct(code, tier, re.compile(rf"(?<!\S)(?:{either})(?!\S)"), words)
