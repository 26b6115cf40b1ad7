"""Wall time: days of the week, and times of day as minutes after midnight.

A session that runs past midnight ends after minute 1440 of the day it began on.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

USUAL_ZONE = "America/Chicago"
"""By whose clock a day begins where none is named: the middle of the country."""
OUR_ZONES = (
    *("Pacific/Guam", "America/Puerto_Rico", "America/New_York", "America/Chicago"),
    *("America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage"),
    *("America/Adak", "Pacific/Honolulu", "Pacific/Pago_Pago"),
)
"""A zone for each midnight of the United States and its territories, from the east to the west."""
_KEPT_ZONES = tuple(ZoneInfo(zone) for zone in OUR_ZONES)
"""Held so that they stay in memory: ZoneInfo keeps eight, and reads the others' files again."""
MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)", re.ASCII)


class Day(StrEnum):
    """A day of the week, as it is written in JSON, in CSV and in an address."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """From Monday, 0, to Sunday, 6, as `date.weekday` counts."""
        return _NUMBERS[self]


WEEK = tuple(Day)
_NUMBERS = {day: number for number, day in enumerate(WEEK)}
WEEKEND = frozenset({Day.SAT, Day.SUN})


def minutes_of(text: str) -> int | None:
    """ "18:30" as 1110; "24:00" is midnight at the end of the day. None for anything else."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    minutes = int(match[1]) * 60 + int(match[2])
    return minutes if minutes <= MINUTES_A_DAY else None


def clock_of(minutes: int) -> str:
    """Minutes after midnight as "18:30"; of a time past midnight the next day's clock."""
    if minutes > MINUTES_A_DAY:
        minutes %= MINUTES_A_DAY
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@cache
def known_zones() -> frozenset[str]:
    """Every IANA zone that the machine, or the carried tzdata, knows.

    A name that means another zone on each machine, or none at all, is left out.
    """
    return frozenset(available_timezones()) - {"localtime", "posixrules", "Factory"}


def moment_of(day: date, minutes: int, zone: str) -> datetime:
    """When a wall clock in ``zone`` shows this, in UTC.

    A time that a clock change skips is read by the offset before it, and of one that comes twice
    the first is meant, as RFC 5545 (3.3.5) has it.
    """
    days, rest = divmod(minutes, MINUTES_A_DAY)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60))
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_in(zone: str, now: datetime) -> date:
    """Which day it is by the clock in ``zone``; '' is `USUAL_ZONE`."""
    return now.astimezone(ZoneInfo(zone or USUAL_ZONE)).date()


def day_in_the_west(now: datetime) -> date:
    """The day in the last of `OUR_ZONES`: what ended before it has ended everywhere."""
    return day_in(OUR_ZONES[-1], now)


def days_now(now: datetime) -> str:
    """Which day it is in each of `OUR_ZONES`: another text from the first midnight on."""
    return "-".join(f"{day_in(zone, now):%j}" for zone in OUR_ZONES)


def minutes_ahead(zone: str, other: str, now: datetime) -> int:
    """How many minutes a clock in ``other`` is ahead of one in ``zone`` at ``now``."""
    return round((_offset(other, now) - _offset(zone, now)).total_seconds() / 60)


def _offset(zone: str, now: datetime) -> timedelta:
    return now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
