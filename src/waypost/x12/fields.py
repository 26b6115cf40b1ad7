"""Single fields: money, percentages, quantities, dates and texts, read strictly or not at all."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from waypost.x12.parts import Period

NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,4})?", re.ASCII)
LONG = 264  # characters of a MSG segment that the guide allows
SHOWN = 1_000  # characters of a text that are shown; four times what the guide allows


def read_cents(text: str) -> int | None:
    """Dollars such as "1250.5" as integer cents; `None` for anything but digits and one point.

    Signs, commas, currency signs, exponents, other scripts' digits and more than nine digits
    of dollars are refused, and so is a part of a cent.
    """
    if text[-3:-2] == ".":  # as nearly every payer writes it: digits, a point, two digits
        digits = text[:-3] + text[-2:]
        return int(digits) if digits.isdigit() and digits.isascii() and len(digits) < 12 else None
    return _scaled(text, 9, 2)


def read_basis_points(text: str) -> int | None:
    """A fraction such as ".2" as basis points (2,000); `None` for over 1 or unreadable.

    The guide sends the patient's share as a fraction. Some payers send 20 for 20 %: over 1
    there is no telling, so nothing is read.
    """
    points = _scaled(text, 1, 4)
    return points if points is None or points <= 10_000 else None


def _scaled(text: str, digits: int, places: int) -> int | None:
    """A plain number without its point, with `places` decimals; zeros after them are dropped."""
    whole, _, part = text.partition(".")
    if not ((whole + part).isdigit() and text.isascii()) or len(whole) > digits:
        return None
    if len(part) > places:
        part = part.rstrip("0")
        if len(part) > places:
            return None
    return int(whole + part.ljust(places, "0"))


def is_number(text: str) -> bool:
    """Whether the text is a plain unsigned number (used to tell 20 from nonsense)."""
    return NUMBER.fullmatch(text) is not None


def read_quantity(text: str) -> Decimal | None:
    """A plain number of days, visits or the like."""
    return Decimal(text) if NUMBER.fullmatch(text) else None


def read_day(text: str) -> date | None:
    """A CCYYMMDD date (format D8) that exists, 1900 or later."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()) or text < "1900":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=4096)  # never given a birth date
def read_period(form: str, text: str) -> Period | None:
    """A DTP date: format D8 (one day) or RD8 (from-to); `None` where it is neither or backward."""
    first, _, second = text.partition("-")
    start = read_day(first)
    end = read_day(second) if form == "RD8" else start
    if form not in ("D8", "RD8") or start is None or end is None or end < start:
        return None
    return Period(start, end) if form == "RD8" or not second else None


def plain(text: str) -> str:
    """The text without characters that do not print: escapes, NUL, direction marks, line ends."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def is_long(text: str) -> bool:
    """Whether a text is longer than it may be, so that its sender has perhaps cut it."""
    return len(text) >= LONG


def is_no_limit(cents: int) -> bool:
    """Whether an amount of nines stands for "no limit": $99,999.99, $999,999.99, $99,999."""
    dollars, part = divmod(cents, 100)
    return part in (0, 99) and len(f"{dollars}") >= 5 and set(f"{dollars}") == {"9"}


def is_no_limit_count(quantity: Decimal) -> bool:
    """Whether a count of nines stands for "no limit": 999 visits, 9999 days."""
    digits = f"{quantity.normalize():f}"
    return len(digits) >= 3 and set(digits) == {"9"}


def shown(text: str) -> str:
    """A text as it may be put before a reader: printable, at most 1,000 characters."""
    text = plain(text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
