"""The codes of one EB segment: in capitals, apart, and noted where the guide has no such code."""

import re

from waypost.x12 import codes, service_types
from waypost.x12.notes import Note

CODED = (1, 2, 3, 4, 6, 9, 11, 12)
"""The elements that are codes; EB05 is the plan's name and EB13 is composite."""

LISTS = (
    (1, codes.BENEFIT),
    (2, codes.LEVEL),
    (4, codes.INSURANCE),
    (6, codes.PERIOD),
    (9, codes.QUANTITY),
    (11, codes.AUTHORIZATION),
    (12, codes.NETWORK),
)
MONEY, PERCENT = frozenset("BCGJY"), frozenset("A")
_BETWEEN = re.compile(r"[^A-Z0-9]+")


def in_capitals(elements: list[str]) -> bool:
    """Put the codes of EB in capitals where they are not; whether there were any."""
    small = [place for place in CODED if elements[place] != elements[place].upper()]
    for place in small:
        elements[place] = elements[place].upper()
    return bool(small)


def apart(listed: tuple[str, ...]) -> tuple[str, ...]:
    """Codes that stand together because the file divides them by another sign than it names."""
    return tuple(code for text in listed for code in _BETWEEN.split(text) if code)


def is_together(listed: tuple[str, ...]) -> bool:
    """Whether a code holds a sign that no code has."""
    return any(_BETWEEN.search(text) for text in listed)


def code_notes(elements: list[str], types: tuple[str, ...]) -> tuple[Note, ...]:
    """What is odd about the codes of EB, and about which figure it gives."""
    known = all(elements[place] in table or not elements[place] for place, table in LISTS)
    known = known and bool(elements[1]) and all(code in service_types.SERVICE for code in types)
    notes = () if known else (Note.UNKNOWN_CODE,)
    money, percent = bool(elements[7]), bool(elements[8])
    is_wrong = (elements[1] in PERCENT and money and not percent) or (
        elements[1] in MONEY and percent and not money
    )
    return (*notes, Note.WRONG_FIGURE) if is_wrong else notes
