"""The hours one can come, as part of a need: days and hours, how many, how, by when.

In an address and in JSON the free hours are written "mon wed thu 17:30-21:00", days with the same
hours together; what is asked nothing of is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waypost.values.reading_json import read_date
from waypost.values.track import Attendance
from waypost.values.wall_time import MINUTES_A_DAY, WEEK, Day, clock_of, minutes_of

MOST_SPANS = 28
MOST_WEEKLY = 60
_SPAN = re.compile(r"([a-z ]+?) +([\d:]+) ?[-–] ?([\d:]+)", re.ASCII)
_WEEKLY = re.compile(r"(\d{0,2})(-?)(\d{0,2})", re.ASCII)


class Shown(StrEnum):
    """Which programs a search by hours shows: all, those that say their hours, those that fit."""

    ALL = "all"
    SAID = "said"
    FIT = "fit"


@dataclass(frozen=True, slots=True, order=True)
class FreeTime:
    """From ``start`` to ``end`` on one day, in minutes after its midnight; past 1440, the next."""

    day: Day
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """In minutes after Monday's midnight."""
        at = self.day.number * MINUTES_A_DAY
        return at + self.start, at + self.end


@dataclass(frozen=True, slots=True)
class HoursAsked:
    """What is asked of a program's hours and places; what is at its default is not asked.

    ``free`` are the times one can come, in order. ``least`` and ``most`` are hours a week.
    ``starts_by`` is the last day on which one would begin. ``shown`` hides programs, on request.
    """

    free: tuple[FreeTime, ...] = ()
    least: int | None = None
    most: int | None = None
    attendance: Attendance | None = None
    starts_by: date | None = None
    opening: bool = False
    shown: Shown = Shown.ALL

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The free times in minutes after Monday's midnight."""
        return tuple(free.span for free in self.free)

    def pairs(self) -> list[tuple[str, str]]:
        """As (name, value) pairs of an address, defaults left out."""
        named_values = [("come", text) for text in come_texts(self.free)]
        if self.least is not None or self.most is not None:
            named_values.append(("weekly", weekly_text(self.least, self.most)))
        if self.attendance is not None:
            named_values.append(("attend", self.attendance.value))
        if self.starts_by is not None:
            named_values.append(("by", self.starts_by.isoformat()))
        if self.opening:
            named_values.append(("opening", "1"))
        if self.shown is not Shown.ALL:
            named_values.append(("hours", self.shown.value))
        return named_values


def come_texts(free: Iterable[FreeTime]) -> list[str]:
    """ "mon wed 17:30-21:00", days with the same hours together, in order of the first day."""
    together: dict[tuple[int, int], list[Day]] = {}
    for item in free:
        together.setdefault((item.start, item.end), []).append(item.day)
    return [
        f"{' '.join(days)} {clock_of(start)}-{clock_of(end % MINUTES_A_DAY)}"
        for (start, end), days in together.items()
    ]


def weekly_text(least: int | None, most: int | None) -> str:
    """ "9" for at least 9 hours, "-12" for at most 12, "9-12" for both."""
    return f"{'' if least is None else least}" + ("" if most is None else f"-{most}")


def hours_from_query(query: Mapping[str, Sequence[str]], problems: dict[str, str]) -> HoursAsked:
    """Read what is asked of hours; ``problems`` gets a sentence for each field that is wrong."""
    free = set[FreeTime]()
    for text in query.get("come", ()):
        free |= _free(text, problems) if text else set()
    free |= _from_form(query, problems)
    weekly = _last(query, "weekly")
    least, most = _weekly(weekly, problems)
    attendance, starts_by = _last(query, "attend"), _last(query, "by")
    if attendance and attendance not in set(Attendance) - {Attendance.EITHER}:
        problems["attend"] = f"“{attendance[:40]}” is neither in-person nor telehealth."
        attendance = ""
    if starts_by and read_date(starts_by) is None:
        problems["by"] = f"“{starts_by[:40]}” is not a day such as 2026-12-07."
    opening = _last(query, "opening")
    if opening not in ("", "0", "1"):
        problems["opening"] = f"“opening” is 1 or 0, not “{opening[:40]}”."
    shown = _last(query, "hours") or Shown.ALL
    if shown not in set(Shown):
        problems["hours"] = f"“{shown[:40]}” is not one of {', '.join(Shown)}."
        shown = Shown.ALL
    return HoursAsked(
        tuple(sorted(free, key=lambda f: (f.day.number, f.start, f.end)))[:MOST_SPANS],
        least,
        most,
        Attendance(attendance) if attendance else None,
        read_date(starts_by),
        opening == "1",
        Shown(shown),
    )


def _free(text: str, problems: dict[str, str]) -> set[FreeTime]:
    match = _SPAN.fullmatch(" ".join(text.lower().split()))
    days = match[1].split() if match else []
    start, end = (minutes_of(match[2]), minutes_of(match[3])) if match else (None, None)
    late = start == MINUTES_A_DAY  # a day ends at 24:00: what begins then is the next day's
    if start is None or end is None or late or not days or not set(days) <= set(WEEK):
        problems["come"] = f"“{text[:40]}” is not written like “mon wed 17:30-21:00”."
        return set()
    return {_span(Day(day), start, end) for day in days}


def _span(day: Day, start: int, end: int) -> FreeTime:
    """An end that is not after the start is on the next day; the same time twice is a whole day."""
    return FreeTime(day, start, end if end > start else end + MINUTES_A_DAY)


def _from_form(query: Mapping[str, Sequence[str]], problems: dict[str, str]) -> set[FreeTime]:
    """Days that are ticked and one span for all of them; without a time, the whole day."""
    days = [day for day in query.get("day", ()) if day]
    times = {name: _last(query, name) for name in ("from", "to")}
    known = set(days) <= set(WEEK)
    if not known:
        problems["day"] = "One of the days is not a day of the week."
    read = {name: minutes_of(text or "00:00") for name, text in times.items()}
    for name, minutes in read.items():
        if minutes is None or (name == "from" and minutes == MINUTES_A_DAY):
            problems[name] = f"“{times[name][:40]}” is not a time of day such as 17:30."
    start, end = read["from"], read["to"]
    if start is None or end is None or start == MINUTES_A_DAY or not known:
        return set()
    if not days and any(times.values()):
        days = list(WEEK)
    return {_span(Day(day), start, end) for day in days}


def _weekly(text: str, problems: dict[str, str]) -> tuple[int | None, int | None]:
    match = _WEEKLY.fullmatch(text)
    least, dash, most = match.groups() if match else ("", "", "")
    low, high = (int(part) if part else None for part in (least, most))
    crossed = low is not None and high is not None and low > high
    far = any(n is not None and not 1 <= n <= MOST_WEEKLY for n in (low, high))
    if text and (match is None or crossed or far or bool(dash) != bool(most)):
        problems["weekly"] = (
            f"“{text[:40]}” is not hours a week: write 9 for at least 9, 9-12, or -12 for at most "
            f"12, up to {MOST_WEEKLY}."
        )
        return None, None
    return low, high


def _last(query: Mapping[str, Sequence[str]], name: str) -> str:
    values = query.get(name, ())
    return values[-1].strip() if values else ""
