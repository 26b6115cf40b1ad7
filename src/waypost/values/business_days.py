"""Business days: Monday to Friday without the federal holidays (5 U.S.C. 6103)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


def business_days(start: date, end: date) -> int:
    """How many business days lie after ``start`` up to and with ``end``; 0 where it is earlier."""
    days = (start + timedelta(n) for n in range(1, (end - start).days + 1))
    return sum(is_business_day(day) for day in days)


def is_business_day(day: date) -> bool:
    """Whether federal offices work on this day."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    """The holidays kept in a year; next New Year's Day may be kept on this year's last day."""
    fixed = [date(year, 1, 1), date(year + 1, 1, 1), date(year, 6, 19), date(year, 7, 4),
             date(year, 11, 11), date(year, 12, 25)]  # fmt: skip
    return frozenset(
        [_observed(day) for day in fixed]
        + [_nth(year, month, MONDAY, n) for month, n in ((1, 3), (2, 3), (9, 1), (10, 2))]
        + [_nth(year, 6, MONDAY, 1) - timedelta(7), _nth(year, 11, THURSDAY, 4)]
    )


def _observed(day: date) -> date:
    """A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after."""
    return day + timedelta({SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (n - 1))
