"""When an automated text may be sent: on every clock that the person may live by, at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from waypost.texting.whereabouts import Whereabouts
from waypost.values.content import content_folder
from waypost.values.wall_time import minutes_of

_QUARTER = timedelta(minutes=15)
_HALF_HOUR = 30
_SUNDAY = 6
_LONGEST = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class DayHours:
    """Minutes after midnight, from ``begin`` up to ``end``."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class SendingHours:
    """The windows: the usual one, Sundays', of nobody-knows-where, of states.

    ``states`` has a state's windows of weekdays and of weekends, which only make it narrower. A
    time that a person chooses lies inside the usual window and widens nothing.
    """

    usual: DayHours
    sunday: DayHours
    unknown: DayHours
    unknown_zone: str
    states: Mapping[str, tuple[DayHours, DayHours]]


def read_sending_hours(file: Path) -> SendingHours:
    """The windows of a file.

    Raises:
        ValueError: it lacks one, or a time is none; the message says which file.
    """
    try:
        said = yaml.safe_load(file.read_text("utf-8"))
        return SendingHours(
            _hours(said["usual"]),
            _hours(said["sunday"]),
            _hours(said["unknown"]),
            said["unknown"]["zone"],
            {
                state: (_hours(rule["weekdays"]), _hours(rule["weekends"]))
                for state, rule in said["states"].items()
            },
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{file} lacks a window, or a time of one: {error}.") from error


@cache
def carried_hours() -> SendingHours:
    """The windows of `content/texting/hours.yaml`."""
    return read_sending_hours(content_folder() / "texting" / "hours.yaml")


def _hours(said: Mapping[str, Any]) -> DayHours:
    begin, end = minutes_of(said["from"]), minutes_of(said["until"])
    if begin is None or end is None or begin >= end:
        raise ValueError(f"{said} is no window.")
    return DayHours(begin, end)


def choices(hours: SendingHours) -> range:
    """Times of day that a person may choose, in minutes: each half hour of the usual window.

    On Sundays, and where a state is stricter, the text comes at the nearest time that is allowed.
    """
    return range(hours.usual.begin, hours.usual.end - _HALF_HOUR + 1, _HALF_HOUR)


def may_choose(minute: int, hours: SendingHours) -> bool:
    """Whether a text may be asked for at this time of day, in minutes."""
    times = choices(hours)
    return times[0] <= minute <= times[-1]


def is_open(where: Whereabouts, now: datetime, hours: SendingHours) -> bool:
    """Whether an automated text may go out at ``now``, on every clock that may be theirs."""
    if not where.zones:
        wall = now.astimezone(ZoneInfo(hours.unknown_zone))
        return _within(wall, _narrower(hours.unknown, _of_day(wall, hours)))
    return all(
        _within(wall, _allowed(wall, where, hours))
        for wall in (now.astimezone(ZoneInfo(zone)) for zone in where.zones)
    )


def next_opening(where: Whereabouts, now: datetime, hours: SendingHours) -> datetime:
    """``now``, or the next quarter of an hour at which the window is open."""
    if is_open(where, now, hours):
        return now
    start = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    moment = start + _QUARTER
    while moment - now < _LONGEST:
        if is_open(where, moment, hours):
            return moment
        moment += _QUARTER
    return now + _LONGEST  # windows that never meet: the row is dropped as too late


def _allowed(wall: datetime, where: Whereabouts, hours: SendingHours) -> DayHours:
    day = _of_day(wall, hours)
    for state in where.states & set(hours.states):
        day = _narrower(day, hours.states[state][wall.weekday() >= _SUNDAY - 1])
    return day


def _of_day(wall: datetime, hours: SendingHours) -> DayHours:
    return hours.sunday if wall.weekday() == _SUNDAY else hours.usual


def _narrower(first: DayHours, second: DayHours) -> DayHours:
    return DayHours(max(first.begin, second.begin), min(first.end, second.end))


def _within(wall: datetime, day: DayHours) -> bool:
    return day.begin <= wall.hour * 60 + wall.minute < day.end
