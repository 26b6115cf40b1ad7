"""Whether somebody may be texted about their own care."""

from __future__ import annotations

from datetime import date

from waypost.treatment.minors.minor import age_on
from waypost.treatment.records.person import PersonWords

ADULT = 18
"""Younger people are called by a person: a guardian may hold the phone (42 CFR 2.14)."""


def agreed_to_texts(words: PersonWords, day: date) -> bool:
    """Whether they agreed, gave a number, and are not known to be under age on ``day``."""
    if not (words.may_text and words.phone.strip()):
        return False
    age = age_on(words.born_on, day)
    return age is None or age >= ADULT
