"""Finds a ZIP's five digits in what was typed, with the mistakes that people make in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from waypost.places.making import zip_place
from waypost.places.place import Found, Place, Resolution, Unknown, Why
from waypost.places.tables import zips

_FIVE = re.compile(r"(?<![\w.])([0-9OoIl]{5})(?: ?- ?[0-9]{0,4}| ?[0-9]{4})?(?!\w)")
_JOINED = re.compile(r"(?<![0-9.])([0-9]{5})(?:[-_ ]?[0-9]{4})?(?![0-9])")
"""A ZIP with letters beside it: "zip78701", "TX78701"."""
_GRID = re.compile(r"(?:^|[^A-Za-z])[NSEWnsew] ?$")
"""What stands before a house number of Wisconsin ("N91W15750")."""
_APART = re.compile(r"(?<![\w.,-])[0-9OoIl](?: ?[0-9OoIl]){4}(?![\w.,-]| ?[0-9])")
"""The five digits of a ZIP with blanks among them."""
_ALONE = re.compile(
    r"^([0-9]{1,4}|[0-9]{3,4}(?=-[0-9]{4}$)|[0-9]{6,8}|[0-9]{10,12})(?:-[0-9]{4})?$"
)
_SAID = re.compile(
    r"^(?:(?:my|the|mi|el) )?(?:zip(?: ?code)?|postal code|c\.? ?p\.?|c[oó]digo postal)(?: is| es)?"
    r"[ :#=.]*(?=[0-9]{3,4}$)",
    re.IGNORECASE,
)
"""Words that say that the digits are a ZIP."""
_STREET_AFTER = re.compile(
    r"^[\s,]*(?:[nsew]\.?|north|south|east|west)?\s*[\w.'’]+(?:\s[\w.'’]+){0,3}?\s"
    r"(?:st|street|ave?|avenue|r(?:oa)?d|blvd|boulevard|dr(?:ive)?|ln|lane|ct|court|pl|place|way|"
    r"pkwy|parkway|hwy|highway|cir(?:cle)?|ter(?:race)?|trl|trail|sq|loop|pike|tpke|fm|calle)\b",
    re.IGNORECASE,
)
_DIGITS = str.maketrans("OoIl", "0011")
_MILITARY = re.compile(r"09[0-8]\d\d|340\d\d|96[2-6]\d\d")
NEIGHBORS = 5
LEAST_DIGITS = 3


def zip_in(text: str) -> re.Match[str] | None:
    """The ZIP in a text, the last where there are several; ``[1]`` is as typed.

    A five-digit house number before a street does not count.
    """
    last = None
    for match in _FIVE.finditer(text):
        if sum(c.isdigit() for c in match[1]) < LEAST_DIGITS:
            continue
        if match.start() == 0 and _STREET_AFTER.match(text[match.end() :]):
            continue
        last = match
    return last or _joined_zip(text)


def _joined_zip(text: str) -> re.Match[str] | None:
    """A ZIP that letters touch; a house number is none."""
    for match in _JOINED.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if not _GRID.search(before) and not (match.start() == 0 and _STREET_AFTER.match(after)):
            return match
    return None


def digits_apart(text: str) -> re.Match[str] | None:
    """Five digits with blanks among them ("78 701"), where nothing else is in the text."""
    match = _APART.search(text)
    if match is None or " " not in match[0]:
        return None
    return match if sum(c.isdigit() for c in match[0]) >= LEAST_DIGITS else None


def digits_of(typed: str) -> str:
    """The five digits, O and I read as the digits that they look like."""
    return typed.translate(_DIGITS)


def read_zip(text: str, typed: str) -> Resolution:
    """Five digits as typed: the ZIP, or an answer about one that is not in our tables."""
    digits = digits_of(typed)
    row = zips().get(digits)
    if row:
        return Found(zip_place(row), corrected=digits != typed)
    if _MILITARY.fullmatch(digits):
        return Unknown(text, (), Why.MILITARY)
    keys = zip_keys()
    same = [z for z in keys if z[:3] == digits[:3]]
    if same and zips()[same[0]].state == "PR":
        # Puerto Rico's PO-box ZIPs are in no public table of points: the post office's area is.
        return Found(zip_place(zips()[same[0]], stands_for=digits, among=same), corrected=True)
    near = sorted(same, key=lambda z: abs(int(z) - int(digits)))[:NEIGHBORS]
    return Unknown(text, _places(near), Why.UNKNOWN_ZIP)


def read_digits(text: str) -> Unknown | None:
    """A number of too few or too many digits for a ZIP, with the ZIPs that it may be.

    Spreadsheets drop a zero that comes first (02139 becomes 2139).
    """
    match = _ALONE.match(_SAID.sub("", text))
    if match is None:
        return None
    digits = match[1]
    if len(digits) < LEAST_DIGITS:
        likely = []
    elif len(digits) < 5:
        rest = 5 - len(digits)
        likely = ["0" * rest + digits, *beginning(digits, NEIGHBORS)]
    else:
        likely = [digits[:5], digits[-5:]]
    return Unknown(text, _places(z for z in dict.fromkeys(likely) if z in zips()), Why.DIGITS)


def with_lost_zero(digits: str, state: str) -> Place | None:
    """The ZIP in a named state of which these three or four digits lost the first zeros."""
    row = zips().get(digits.zfill(5))
    return zip_place(row) if row and row.state == state else None


def beginning(digits: str, limit: int) -> list[str]:
    """The first ZIPs that begin with these digits."""
    keys = zip_keys()
    start = bisect_left(keys, digits)
    return [z for z in keys[start : start + limit] if z.startswith(digits)]


@cache
def zip_keys() -> list[str]:
    """Every ZIP in order."""
    return sorted(zips())


def _places(codes: Iterable[str]) -> tuple[Place, ...]:
    return tuple(zip_place(zips()[code]) for code in codes)
