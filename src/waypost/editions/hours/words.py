"""Hours and places in the English sentences for which a standard has no field of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from waypost.directory.facets import FACET
from waypost.editions.hours.shown import WallHours, last_current_day, wall_hours
from waypost.values.opening import Opening
from waypost.values.track import Attendance, Session, Track
from waypost.values.wall_time import Day

DAYS = {
    Day.MON: "Monday", Day.TUE: "Tuesday", Day.WED: "Wednesday", Day.THU: "Thursday",
    Day.FRI: "Friday", Day.SAT: "Saturday", Day.SUN: "Sunday",
}  # fmt: skip
ATTENDING = {
    Attendance.IN_PERSON: "In person",
    Attendance.TELEHEALTH: "By telehealth",
    Attendance.EITHER: "In person or by telehealth",
}
OF_THE_SITE = "The program says its hours for the whole site, and not for each level of care."


def joined(parts: Iterable[str]) -> str:
    """ "a, b and c"."""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def times(session: Session) -> str:
    """ "Monday and Wednesday, 18:00 to 21:00"."""
    hours = wall_hours(session)
    return f"{joined(DAYS[day] for day in hours.days)}, {_span(hours)}"


def _span(hours: WallHours) -> str:
    if hours.all_day:
        return "day and night"
    return f"{hours.start} to {hours.end}{' the next day' if hours.next_day else ''}"


def of_track(track: Track, today: date) -> str:
    """A track in one line: when it meets, by which clock, and all else that is said of it."""
    when = "; ".join(times(session) for session in track.sessions)
    line = f"Track “{track.id}”: {when} ({track.zone})"
    return "; ".join([line, *more_of_track(track, today)]) + "."


def more_of_track(track: Track, today: date) -> list[str]:
    """What is said of a track beside its times."""
    parts = []
    if track.weekly_minutes:
        parts.append(f"{track.weekly_minutes / 60:g} hours a week")
    if track.attendance:
        parts.append(ATTENDING[track.attendance].lower())
    if track.language:
        parts.append(f"language {track.language}")
    if track.for_whom:
        parts.append(f"for {joined(map(_whom, track.for_whom))}")
    if track.starts_on:
        parts.append(f"{'starts on' if track.starts_on > today else 'since'} {track.starts_on}")
    if track.not_on:
        parts.append(not_on(track))
    return parts


def not_on(track: Track) -> str:
    """The days on which a track does not meet."""
    return f"not on {joined(map(date.isoformat, track.not_on))}"


def _whom(column: str) -> str:
    facet, _, key = column.partition(":")
    option = (
        next((o for o in FACET[facet].options if o.key == key), None) if facet in FACET else None
    )
    return option.label.lower() if option else column


def of_opening(opening: Opening, *, past: bool = False) -> str:
    """What a program said of its places, always with its day."""
    about = f" in track “{opening.track}”" if opening.track else ""
    said = "; ".join(_said(opening, past=past))
    holds = (
        "it has not said so since"
        if past
        else f"after {last_current_day(opening)} ask whether it is still so"
    )
    return f"The program said on {opening.as_of}{about}: {said}; {holds}."


def _said(opening: Opening, *, past: bool) -> list[str]:
    parts = []
    if opening.places:
        free = f"{opening.places} place{'s' if opening.places > 1 else ''}"
        parts.append(f"was open, {free}" if past else f"open, {free}")
    elif opening.places == 0:
        parts.append("was full" if past else "full")
    if opening.waiting_days == 0:
        parts.append("no waiting time")
    elif opening.waiting_days:
        parts.append(f"a wait of about {opening.waiting_days} days")
    if opening.next_start:
        parts.append(f"the next group starts on {opening.next_start}")
    return parts
