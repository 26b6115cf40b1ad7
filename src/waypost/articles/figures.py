"""Whether a sentence states a figure, which is a claim of fact and needs a source."""

from __future__ import annotations

import re

NOT_A_CLAIM = re.compile(
    r"""
    \b\d{1,2}(?::\d\d)?\ ?(?:[ap]\.?m\b\.?|o'clock)      # a clock time
    | \b(?:911|988|838255|435748)\b                      # emergency and text numbers
    | \b1?-?\d{3}-\d{3}-\d{4}\b                          # a telephone number
    | \b(?:press|oprima\ el)\ \d\b                       # a telephone menu
    | \b12-step\b | \bTIP\ \d+\b | \b24/7\b              # names
    | \b42\ CFR\ Part\ 2\b | \bPart\ 2\b | \bMedicare\ Part\ [A-D]\b
    """,
    re.VERBOSE | re.IGNORECASE,
)

NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|ninety|half|"
    "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|noventa"
)
UNITS = (
    "hours?|days?|weeks?|months?|years?|percent|visits?|times|"
    "horas?|d[ií]as?|semanas?|mes(?:es)?|años?|por ciento|visitas?|veces"
)

FIGURE = re.compile(rf"\d|%|\b(?:{NUMBER_WORDS})[\s-]+(?:{UNITS})\b", re.IGNORECASE)


def states_a_figure(text: str) -> bool:
    """Whether the text has a number that a reader takes as a fact."""
    return FIGURE.search(NOT_A_CLAIM.sub(" ", text)) is not None
