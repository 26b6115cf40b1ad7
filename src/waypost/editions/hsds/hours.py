"""When a service's program meets and whether it has a place, as rows of HSDS.

A schedule is a weekly RRULE on a wall clock. HSDS knows an offset from UTC and no zone, so a track
has a row for each season of its clock, each valid on its own days: the wall time is the same in all
of them, and the offset is right on every day. The zone itself is in the description. Seconds stand
in a time because the tables ask for them (Table Schema, type "time" in its default format).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from waypost.editions.hours import words
from waypost.editions.hours.shown import ShownHours, wall_hours
from waypost.editions.hsds.ids import uuid_of
from waypost.editions.hsds.rows import Row, known
from waypost.values.opening import Opening
from waypost.values.track import Session, Track
from waypost.values.utc_offset import OffsetSpan, offset_at, offset_spans, offset_text
from waypost.values.wall_time import Day

RRULE_DAY = {
    Day.MON: "MO", Day.TUE: "TU", Day.WED: "WE", Day.THU: "TH", Day.FRI: "FR", Day.SAT: "SA",
    Day.SUN: "SU",
}  # fmt: skip
UNIT: Row = {"id": uuid_of("unit/place"), "name": "Place"}
"""What capacity is counted in: a place in a group of the program."""


def schedules(hours: ShownHours, service_id: str, service_at_location_id: str) -> list[Row]:
    """The weekly times of a service, for it and for where it is given."""
    return [
        row | {"service_id": service_id, "service_at_location_id": service_at_location_id}
        for track in hours.tracks
        for session in track.sessions
        for row in _of_session(track, session, hours, service_id)
    ]


def _of_session(
    track: Track, session: Session, hours: ShownHours, service_id: str
) -> Iterator[Row]:
    first = max(hours.first_day, track.starts_on or hours.first_day)
    if first > hours.last_day:  # it starts after the word has lapsed
        return
    for span in offset_spans(track.zone, session.from_minute, first, hours.last_day):
        begins = _first_meeting(session, span)
        if begins is not None:
            key = f"{track.id}/{'-'.join(session.days)}/{session.start}-{session.end}/{span.season}"
            row = _row(track, session, span, begins, uuid_of(f"schedule/{service_id}/{key}"))
            yield row | {"notes": _notes(words.more_of_track(track, hours.today))}


def _first_meeting(session: Session, span: OffsetSpan) -> date | None:
    days = {day.number for day in session.days}
    week = (span.first + timedelta(days=n) for n in range(7))
    return next((day for day in week if day.weekday() in days and day <= span.last), None)


def _row(track: Track, session: Session, span: OffsetSpan, begins: date, row_id: str) -> Row:
    on_wall = wall_hours(session)
    ends = offset_at(begins, session.to_minute, track.zone)
    return known({
        "id": row_id,
        "valid_from": span.first.isoformat(),
        "valid_to": span.last.isoformat(),
        "dtstart": begins.isoformat(),
        "timezone": round(span.minutes / 60, 2) if span.minutes % 60 else span.minutes // 60,
        "wkst": "MO",
        "freq": "WEEKLY",
        "interval": 1,
        "byday": ",".join(RRULE_DAY[day] for day in session.days),
        "description": f"Track “{track.id}”: {words.times(session)} ({track.zone}).",
        "opens_at": f"{on_wall.start}:00{offset_text(span.minutes)}",
        "closes_at": f"{on_wall.end}:00{offset_text(ends)}",
        "attending_type": words.ATTENDING[track.attendance] if track.attendance else "",
    })  # fmt: skip


def _notes(parts: list[str]) -> str:
    text = "; ".join(parts)
    return (f"{text[0].upper()}{text[1:]}. " if text else "") + words.OF_THE_SITE


def capacities(hours: ShownHours, service_id: str) -> list[Row]:
    """How many places are free, of words of the last week alone, each as of ``updated``."""
    return [
        {
            "id": uuid_of(f"service_capacity/{service_id}/{opening.track}"),
            "service_id": service_id,
            "unit_id": UNIT["id"],
            "available": opening.places,
            "description": words.of_opening(opening),
            "updated": f"{opening.as_of}T00:00:00.000Z",
        }
        for opening in hours.openings
        if opening.places is not None
    ]


def alert(hours: ShownHours) -> str:
    """What was said of places, each with its day and for how long it holds; '' of nothing."""
    lines: list[tuple[Opening, bool]] = [(o, False) for o in hours.openings]
    lines += [(o, True) for o in hours.past]
    return " ".join(words.of_opening(opening, past=past) for opening, past in lines)
