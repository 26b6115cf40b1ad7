"""Compares insurers' names: files and plans write the same company differently."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.utils import default_process

_FORMS = frozenset(
    {
        *("a", "and", "of", "the", "plan", "plans", "insurance", "hmo", "ppo"),
        *("co", "company", "corp", "corporation", "inc", "incorporated", "llc", "lp"),
    }
)
"""Words of a company's legal form, and small words: no two insurers differ only in these."""


_OF_THE_TRADE = re.compile(r"(health|care|medical|benefits?|life|group|services?|system)*")
"""Words that many insurers share: alone they name nobody."""


def same_issuer(one: str, other: str) -> bool:
    """True for names that differ only in legal form, small words, spaces and punctuation.

    “UnitedHealthcare Insurance Company” is “United Healthcare”; Blue Cross of Texas and Blue Cross
    of Illinois are two, and so are a parent and its subsidiaries: one's price is not another's.
    """
    plain = _plain(one)
    if _OF_THE_TRADE.fullmatch(plain):  # “The Health Plan” is not “Health Insurance Company”
        return bool(plain) and default_process(one) == default_process(other)
    return plain == _plain(other)


def is_named(issuer: str, names: Iterable[str]) -> bool:
    """Whether an insurer is one of those that a file names."""
    return any(same_issuer(issuer, name) for name in names)


def _plain(name: str) -> str:
    return "".join(word for word in default_process(name).split() if word not in _FORMS)
