"""Business days: weekends and the eleven federal holidays do not count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from waypost.values.business_days import business_days, is_business_day

# As the Office of Personnel Management lists the federal holidays of 2026 and 2027.
HOLIDAYS = [
    *("2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03"),
    *("2026-09-07", "2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25"),
    *("2027-01-01", "2027-01-18", "2027-02-15", "2027-05-31", "2027-06-18", "2027-07-05"),
    *("2027-09-06", "2027-10-11", "2027-11-11", "2027-11-25", "2027-12-24", "2027-12-31"),
]


def test_the_holidays_of_two_years_and_no_other_weekday_are_free() -> None:
    days = [date(2026, 1, 1) + timedelta(n) for n in range(730)]
    free = [day.isoformat() for day in days if day.weekday() < 5 and not is_business_day(day)]
    assert free == HOLIDAYS


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [("2026-12-03", "2026-12-03", 0), ("2026-12-03", "2026-12-10", 5), ("2026-12-04", "2026-12-06", 0),
     ("2026-11-24", "2026-11-30", 3), ("2026-12-10", "2026-12-03", 0)],
    ids=["the same day", "a week", "a weekend", "over a holiday", "backwards"],
)  # fmt: skip
def test_days_after_the_first_up_to_the_last_are_counted(start: str, end: str, count: int) -> None:
    assert business_days(date.fromisoformat(start), date.fromisoformat(end)) == count
