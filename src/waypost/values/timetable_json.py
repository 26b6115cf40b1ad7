"""Tracks and openings from plain JSON values, with every fault by its code and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from waypost.values.opening import Freshness, Opening, freshness
from waypost.values.placed_fault import FaultCode, Faulty, PlacedFault
from waypost.values.reading_json import Reading
from waypost.values.track import Attendance, Session, Track
from waypost.values.wall_time import MINUTES_A_DAY, WEEK, Day, clock_of, known_zones, minutes_of

MOST_TRACKS = 40
MOST_SESSIONS = 21
MOST_DATES = 60
MOST_HOURS = 60
LONGEST_SESSION = 12 * 60
SHORTEST_SESSION = 15
MOST_PLACES = 999
LONGEST_WAIT = 730
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_CHOICE = re.compile(r"[a-z]+:[a-z0-9-]+", re.ASCII)


def read_tracks(data: object) -> tuple[Track, ...]:
    """Tracks in the order of their ids.

    Raises:
        Faulty: with every fault; nothing is taken then.
    """
    faults: list[PlacedFault] = []
    items = _listed(data, "tracks", MOST_TRACKS, faults)
    tracks = [_track(Reading(faults, f"tracks[{i}]", item)) for i, item in enumerate(items)]
    seen: set[str] = set()
    for i, track in enumerate(tracks):
        if track.id and track.id in seen:
            faults.append(PlacedFault(f"tracks[{i}].id", FaultCode.SAME_ID, track.id))
        seen.add(track.id)
    if faults:
        raise Faulty(faults)
    return tuple(sorted(tracks, key=lambda track: track.id))


def read_openings(data: object, today: date) -> tuple[Opening, ...]:
    """Openings in the order of their tracks; one without a date speaks of ``today``.

    Raises:
        Faulty: with every fault; nothing is taken then.
    """
    faults: list[PlacedFault] = []
    items = _listed(data, "openings", MOST_TRACKS, faults)
    openings = [
        _opening(Reading(faults, f"openings[{i}]", item), today) for i, item in enumerate(items)
    ]
    seen: set[str] = set()
    for i, opening in enumerate(openings):
        if opening.track in seen:
            faults.append(PlacedFault(f"openings[{i}].track", FaultCode.SAME_ID, opening.track))
        seen.add(opening.track)
    if faults:
        raise Faulty(faults)
    return tuple(sorted(openings, key=lambda opening: opening.track))


def plain(values: Sequence[Track] | Sequence[Opening]) -> list[dict[str, Any]]:
    """Tracks or openings as plain JSON values, as `read_tracks` and `read_openings` read them."""
    decoded: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(list(values)))
    return decoded


def _listed(data: object, place: str, most: int, faults: list[PlacedFault]) -> list[Any]:
    if not isinstance(data, list):
        faults.append(PlacedFault(place, FaultCode.NOT_A_LIST, str(data)[:60]))
        return []
    if len(data) > most:
        faults.append(PlacedFault(place, FaultCode.TOO_MANY, str(len(data))))
    return data[:most]


def _track(item: Reading) -> Track:
    item.only(*Track.__struct_fields__)
    sessions = tuple(
        _session(Reading(item.faults, f"{item.place}.sessions[{i}]", data))
        for i, data in enumerate(item.items("sessions", MOST_SESSIONS))
    )
    if not item.data.get("sessions"):
        item.faulty("sessions", FaultCode.MISSING)
    for field in ("id", "zone"):
        if not item.data.get(field):
            item.faulty(field, FaultCode.MISSING)
    attendance = item.text(
        "attendance", lambda t: t in set(Attendance), FaultCode.BAD_ATTENDANCE, None
    )
    not_on = [item.day(f"not_on[{i}]", d) for i, d in enumerate(item.items("not_on", MOST_DATES))]
    track = Track(
        id=item.text("id", lambda t: bool(_ID.fullmatch(t)), FaultCode.BAD_ID, ""),
        sessions=tuple(sorted(sessions, key=_order)),
        zone=item.text("zone", known_zones().__contains__, FaultCode.BAD_ZONE, ""),
        hours_a_week=_hours(item),
        attendance=Attendance(attendance) if attendance else None,
        language=item.text(
            "language", lambda t: bool(_TAG.fullmatch(t)), FaultCode.BAD_LANGUAGE, ""
        ),
        for_whom=_groups(item),
        starts_on=item.day("starts_on", item.data.get("starts_on")),
        not_on=tuple(sorted({d for d in not_on if d})),
    )
    if _overlap(track):
        item.faulty("sessions", FaultCode.OVERLAP)
    return track


def _order(session: Session) -> tuple[int, str]:
    return (session.days[0].number if session.days else 0, session.start)


def _overlap(track: Track) -> bool:
    """Whether nobody could be at all of its sessions; Sunday night runs into Monday."""
    meetings = track.meetings
    if len(meetings) < sum(len(session.days) for session in track.sessions):
        return True  # the same one twice
    after = [*meetings[1:], *meetings[:1]]
    starts = [m.start for m in after[:-1]] + [m.start + 7 * MINUTES_A_DAY for m in after[-1:]]
    return any(m.end > start for m, start in zip(meetings, starts, strict=True))


def _session(item: Reading) -> Session:
    item.only("days", "start", "end")
    days = set()
    for i, day in enumerate(item.items("days", len(WEEK))):
        if isinstance(day, str) and day in set(Day):
            days.add(Day(day))
        else:
            item.faulty(f"days[{i}]", FaultCode.BAD_DAY, day)
    for field in ("days", "start", "end"):
        if not item.data.get(field):
            item.faulty(field, FaultCode.MISSING)
    clocks = {field: _clock(item, field) for field in ("start", "end")}
    session = Session(days=tuple(d for d in WEEK if d in days), **clocks)
    if all(clocks.values()) and not SHORTEST_SESSION <= session.minutes <= LONGEST_SESSION:
        item.faulty("end", FaultCode.BAD_LENGTH, f"{session.start} to {session.end}")
    return session


def _clock(item: Reading, field: str) -> str:
    """A time of day in its one spelling: midnight is "00:00", which as an end is the next day's."""
    latest = MINUTES_A_DAY - (field == "start")  # a day ends at 24:00, and no session begins there

    def fits(text: str) -> bool:
        minutes = minutes_of(text)
        return minutes is not None and minutes <= latest

    text = item.text(field, fits, FaultCode.BAD_CLOCK, "")
    return clock_of((minutes_of(text) or 0) % MINUTES_A_DAY) if text else ""


def _hours(item: Reading) -> float | None:
    value = item.data.get("hours_a_week")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    # Of less than its shortest session nobody could come to any, and all hours would fit.
    if value is not None and not (number and SHORTEST_SESSION / 60 <= value <= MOST_HOURS):
        item.faulty("hours_a_week", FaultCode.BAD_HOURS, value)
        return None
    return None if value is None else float(value)


def _groups(item: Reading) -> tuple[str, ...]:
    """Choices of the search; whether there are such is known to the directory."""
    groups = set()
    for i, name in enumerate(item.items("for_whom", MOST_SESSIONS)):
        if isinstance(name, str) and _CHOICE.fullmatch(name):
            groups.add(name)
        else:
            item.faulty(f"for_whom[{i}]", FaultCode.BAD_GROUP, name)
    return tuple(sorted(groups))


def _opening(item: Reading, today: date) -> Opening:
    item.only(*Opening.__struct_fields__)
    opening = Opening(
        as_of=item.day("as_of", item.data.get("as_of")) or today,
        places=item.whole("places", MOST_PLACES),
        next_start=item.day("next_start", item.data.get("next_start")),
        waiting_days=item.whole("waiting_days", LONGEST_WAIT),
        track=item.text("track", lambda t: bool(_ID.fullmatch(t)), FaultCode.BAD_ID, ""),
    )
    if opening.as_of > today:
        item.faulty("as_of", FaultCode.IN_THE_FUTURE, opening.as_of)
    if freshness(opening, today) is Freshness.GONE:
        item.faulty("as_of", FaultCode.TOO_OLD, opening.as_of)
    start = opening.next_start
    if start is not None and start < opening.as_of:
        item.faulty("next_start", FaultCode.IS_OVER, start)
    if start is not None and start - today > timedelta(days=LONGEST_WAIT):
        item.faulty("next_start", FaultCode.TOO_FAR, start)
    if not {"places", "next_start", "waiting_days"} & {
        k for k, v in item.data.items() if v not in ("", None)
    }:
        item.faulty("", FaultCode.SAYS_NOTHING)
    return opening
