"""When a service's program meets and whether it takes people, as elements of a HealthcareService.

Times are on the wall of a zone, which R4 has no element for: an extension of ours names it, and the
track. An end at or before its start is on the next day; the extension says so as well.
"""

from __future__ import annotations

from datetime import date, timedelta

from waypost.api.fhir.resources.listing import Json, Listing, coded
from waypost.api.fhir.systems import ACCEPTING_PATIENTS, NEW_PATIENTS, OPENING, TRACK_HOURS
from waypost.editions.hours import words
from waypost.editions.hours.shown import last_current_day, wall_hours
from waypost.values.opening import Opening
from waypost.values.track import Attendance, Session, Track

TAKEN = {True: ("newpt", "Accepting"), False: ("nopt", "Not Accepting")}
REMOTE = frozenset({Attendance.TELEHEALTH, Attendance.EITHER})


def available_time(listing: Listing, key: str) -> list[Json] | None:
    """The weekly times of each track that meets already: R4 has no day from which a time holds."""
    hours = listing.hours(key)
    return [
        _time(track, session, max(hours.first_day, track.starts_on or date.min), hours.last_day)
        for track in hours.begun
        for session in track.sessions
    ] or None


def _time(track: Track, session: Session, first: date, last: date) -> Json:
    on_wall = wall_hours(session)
    when: Json = {
        "extension": [_track_hours(track, first, last, next_day=on_wall.next_day)],
        "daysOfWeek": [day.value for day in on_wall.days],
    }
    if on_wall.all_day:
        return when | {"allDay": True}
    return when | {
        "availableStartTime": f"{on_wall.start}:00",
        "availableEndTime": f"{on_wall.end}:00",
    }


def _track_hours(track: Track, first: date, last: date, *, next_day: bool) -> Json:
    parts: list[Json] = [
        {"url": "track", "valueString": track.id},
        {"url": "zone", "valueCode": track.zone},
        {"url": "endsNextDay", "valueBoolean": next_day},
        {"url": "period", "valuePeriod": _period(first, last)},
    ]
    if track.attendance:
        parts.append({"url": "attendance", "valueCode": track.attendance.value})
    if track.language:
        parts.append({"url": "language", "valueCode": track.language})
    return {"url": TRACK_HOURS, "extension": parts}


def _period(first: date, last: date) -> Json:
    """Both days included; a track that begins after the word on it ends has a beginning alone."""
    start = {"start": first.isoformat()}
    return start | {"end": last.isoformat()} if first <= last else start


def not_available(listing: Listing, key: str) -> list[Json] | None:
    """The days on which no track meets because some said so, days in a row together.

    Where one track pauses and another meets the service is there: that is said in words alone.
    """
    return [
        {
            "description": "No track meets.",
            "during": {"start": first.isoformat(), "end": last.isoformat()},
        }
        for first, last in _runs(listing.hours(key).days_off)
    ] or None


def _runs(days: tuple[date, ...]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] <= timedelta(days=1):
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs


def availability_exceptions(listing: Listing, key: str) -> str | None:
    """The days on which a track does not meet, in words."""
    tracks = [track for track in listing.hours(key).tracks if track.not_on]
    return " ".join(f"Track “{t.id}”: {words.not_on(t)}." for t in tracks) or None


def extra_details(listing: Listing, key: str) -> str | None:
    """Each track and each word on places in a line of its own."""
    hours = listing.hours(key)
    lines = [words.of_track(track, hours.today) for track in hours.tracks]
    lines += [words.OF_THE_SITE] if lines else []
    lines += [words.of_opening(opening) for opening in hours.openings]
    lines += [words.of_opening(opening, past=True) for opening in hours.past]
    return "\n\n".join(lines) or None


def is_remote(listing: Listing, key: str) -> bool:
    """Whether one can take part in a track from afar."""
    return any(track.attendance in REMOTE for track in listing.hours(key).tracks)


def languages(listing: Listing, key: str) -> tuple[str, ...]:
    """The languages in which tracks are held."""
    return listing.hours(key).languages


def extensions(listing: Listing, key: str) -> list[Json]:
    """Whether new patients are accepted, and the word on each place, of the last week alone."""
    hours = listing.hours(key)
    taken = hours.takes_people
    accepting = [] if taken is None else [_new_patients(taken, hours.openings)]
    return [*accepting, *map(_opening, hours.openings)]


def _new_patients(taken: bool, openings: tuple[Opening, ...]) -> Json:
    """Plan-Net allows characteristics only where new patients are accepted."""
    code, display = TAKEN[taken]
    accepted = coded(ACCEPTING_PATIENTS, code, display)
    parts: list[Json] = [{"url": "acceptingPatients", "valueCodeableConcept": accepted}]
    if taken:
        parts += [
            {"url": "characteristics", "valueString": words.of_opening(opening)}
            for opening in openings
        ]
    return {"url": NEW_PATIENTS, "extension": parts}


def _opening(opening: Opening) -> Json:
    holds = _period(opening.as_of, last_current_day(opening))
    parts: list[Json] = [{"url": "period", "valuePeriod": holds}]
    if opening.track:
        parts.append({"url": "track", "valueString": opening.track})
    if opening.places is not None:
        parts.append({"url": "places", "valueUnsignedInt": opening.places})
    if opening.waiting_days is not None:
        parts.append({"url": "waitingDays", "valueUnsignedInt": opening.waiting_days})
    if opening.next_start:
        parts.append({"url": "nextStart", "valueDate": opening.next_start.isoformat()})
    return {"url": OPENING, "extension": parts}
