"""How far a wall clock is from UTC, day by day, for formats that know no zone by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from waypost.values.wall_time import moment_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OffsetSpan:
    """Days on which a clock is as far from UTC; both ends included.

    ``minutes`` is what the wall is ahead of UTC, negative west of it; ``season`` tells this span
    from others of the same zone and stays the same whatever days are asked for.
    """

    first: date
    last: date
    minutes: int
    season: str


def offset_at(day: date, minute: int, zone: str) -> int:
    """Minutes that a wall clock in ``zone`` is ahead of UTC at a minute of a day on the wall."""
    wall = day.toordinal() * 24 * 60 + minute
    moment = moment_of(day, minute, zone)
    return wall - (moment.date().toordinal() * 24 * 60 + moment.hour * 60 + moment.minute)


@lru_cache(4096)
def _changes(zone: str, minute: int, year: int) -> tuple[tuple[date, int], ...]:
    """The days of a year from which on another offset holds, the first of January among them."""
    changes: list[tuple[date, int]] = []
    day = date(year, 1, 1)
    while day.year == year:
        minutes = offset_at(day, minute, zone)
        if not changes or changes[-1][1] != minutes:
            changes.append((day, minutes))
        day += _DAY
    return tuple(changes)


def offset_spans(zone: str, minute: int, first: date, last: date) -> Iterator[OffsetSpan]:
    """The spans of days from ``first`` to ``last``, by the clock at this minute of the day."""
    begun, minutes = first, offset_at(first, minute, zone)
    for year in range(first.year, last.year + 2):  # the change that ends a season may come after
        for day, following in _changes(zone, minute, year):
            if day > first and following != minutes:
                yield OffsetSpan(begun, min(day - _DAY, last), minutes, f"{minutes}/{day.year}")
                if day > last:
                    return
                begun, minutes = day, following
    yield OffsetSpan(begun, last, minutes, str(minutes))


def offset_text(minutes: int) -> str:
    """ "-06:00", "+05:30", "Z" for UTC itself."""
    if not minutes:
        return "Z"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"
