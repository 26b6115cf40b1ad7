"""The names of parametrized tests: short, plain and the same in every process and on every day.

Pytest names a test by the values of its parameters, and writes out what it can: whole pages of
text, or the bytes of an archive with the time in its header. Then no two workers collect the same
tests. Here a short plain value names its test as it stands; a longer text by its first words;
whatever else it is by its parameter's name, to which pytest adds a number.
"""

from __future__ import annotations

import re
from enum import Enum

LONGEST = 40
TOO_LONG = 200  # of a page of text the first words say nothing
PLAIN = re.compile(r"[A-Za-z0-9_.,:;/@&=+?'()#%!$*<>~ -]*")


def is_plain(words: str) -> bool:
    """Whether a text may stand in a test's name as it is."""
    return len(words) <= LONGEST and PLAIN.fullmatch(words) is not None


def parameter_id(value: object, name: str) -> str | None:
    """The part of a test's name that this value gives; None where pytest's own is plain."""
    if value is None or isinstance(value, bool | int | float | complex):
        return None
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, str):
        return None if is_plain(value) else first_words(value) or name
    return name


def short_id(value: object) -> str | None:
    """For ``ids=``: what a value prints as, cut short and in plain letters; None where nothing is."""
    return first_words(str(value)) or None


def first_words(text: str) -> str:
    """The first words of a text, in plain letters; '' where there are none."""
    if len(text) > TOO_LONG:
        return ""
    words = re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")
    return words[:LONGEST].strip("-")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Pytest's hook: the name that a value gives its test."""
    return parameter_id(val, argname)
