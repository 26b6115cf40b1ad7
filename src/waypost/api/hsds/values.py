"""The values of the parameters, each read as its kind: `ValueError` says what would be right."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime

from waypost.places.tables import ZipRow, zips
from waypost.search.names import words_of
from waypost.values.geo import METERS_PER_MILE

MAX_TEXT = 500
MAX_PER_PAGE = 200
MAX_NUMBER = 10**9
_OFFSET = re.compile(r"(T[0-9:.,]+) ([0-9]{2}:?[0-9]{2})$")
"""The “+” of an offset, which an address writes as a space."""

_YES_NO = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def yes_no(text: str) -> bool:
    """true or false."""
    answer = _YES_NO.get(text.strip().lower())
    if answer is None:
        raise ValueError("give true or false.")
    return answer


def whole(text: str) -> int:
    """A whole number from 1."""
    plain = text.strip()
    number = int(plain) if re.fullmatch("[0-9]{1,18}", plain) else 0
    if not 1 <= number <= MAX_NUMBER:
        raise ValueError(f"give a whole number from 1 to {MAX_NUMBER:,}.")
    return number


def page_size(text: str) -> int:
    """How many on a page: more than a page can hold is as many as it can."""
    return min(whole(text), MAX_PER_PAGE)


def short(text: str) -> str:
    """A text that is not too long."""
    if len(text) > MAX_TEXT:
        raise ValueError(f"that is longer than {MAX_TEXT} characters.")
    return text.strip()


def identifier(text: str) -> str:
    """An id, in lower case; one that nothing has finds nothing."""
    return short(text).lower()


def searched(text: str) -> tuple[str, ...] | None:
    """The words of a text, without case and accents; None where nothing was typed.

    What has no letter or digit of ours is a word that no record holds.
    """
    if not short(text):
        return None
    return tuple(words_of(text)) or ("",)


def moment(text: str) -> float:
    """A date or a time of ISO 8601 with any offset, in seconds since 1970; without one in UTC."""
    plain = _OFFSET.sub(r"\1+\2", text.strip())
    try:
        read = datetime.fromisoformat(plain)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise ValueError("give a time such as 2026-01-31T00:00:00Z.") from None


def is_ndjson(text: str) -> bool:
    """json or ndjson."""
    name = text.strip().lower()
    if name not in ("", "json", "ndjson"):
        raise ValueError("choose json or ndjson.")
    return name == "ndjson"


def zip_code(text: str) -> ZipRow:
    """A ZIP of the United States, of ZIP+4 its first five digits."""
    match = re.fullmatch(r"([0-9]{5})(?:-?[0-9]{4})?", text.strip())
    row = zips().get(match[1]) if match else None
    if row is None:
        raise ValueError("give a ZIP code of the United States, such as 78701.")
    return row


def meters_as_miles(text: str) -> float:
    """A distance in meters, as miles."""
    plain = text.strip()
    try:
        meters = float(plain) if plain.isascii() and "_" not in plain else math.nan
    except ValueError:
        meters = math.nan
    if not (math.isfinite(meters) and meters > 0):
        raise ValueError("give a distance in meters, more than 0.")
    return meters / METERS_PER_MILE
