"""Money in integer cents and percentages in basis points; floats never touch either."""

from __future__ import annotations

import re

FULL = 10_000
"""All of something, in basis points: 100 %."""

MAX_CENTS = 100_000_000_00
"""No plan has an amount above a hundred million dollars; more is an error in the file."""

# re.ASCII keeps out other scripts' digits, which int() would silently accept.
_DOLLARS = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?0*%", re.ASCII)


class BadAmount(ValueError):
    """Text that is not an amount in dollars, or not a percentage from 0 to 100."""


def read_dollars(text: str) -> int:
    """Cents in ``$2,000``, ``$4.70`` or ``1250.00``.

    Raises:
        BadAmount: anything else, including negative amounts and more than two decimals.
    """
    amount = _DOLLARS.fullmatch(text.strip())
    if amount is None:
        raise BadAmount(f"not an amount in dollars: {text[:60]!r}")
    cents = int(amount[1].replace(",", "")) * 100 + int((amount[2] or "0").ljust(2, "0"))
    if cents > MAX_CENTS:
        raise BadAmount(f"an amount too large for any plan: {text[:60]!r}")
    return cents


def read_percent(text: str) -> int:
    """Basis points in ``20%`` or ``47.50%``.

    Raises:
        BadAmount: anything else, including more than 100 %.
    """
    percentage = _PERCENT.fullmatch(text.strip())
    if percentage is None:
        raise BadAmount(f"not a percentage: {text[:60]!r}")
    points = int(percentage[1]) * 100 + int((percentage[2] or "0").ljust(2, "0"))
    if points > FULL:
        raise BadAmount(f"more than all of it: {text[:60]!r}")
    return points


def part_of(cents: int, points: int) -> int:
    """``points`` basis points of ``cents``, rounded half up to a whole cent."""
    return (cents * points + FULL // 2) // FULL


def dollars_text(cents: int) -> str:
    """``$1,250`` or ``$4.70``: cents are shown only if there are any."""
    whole, rest = divmod(cents, 100)
    return f"${whole:,}.{rest:02d}" if rest else f"${whole:,}"


def percent_text(points: int) -> str:
    """``20%``, or ``47.5%``."""
    return f"{points / 100:g}%"
