"""The tracks and openings of sites as the search's table of offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from waypost.directory.site import Site
from waypost.directory.timetables import TRACKS
from waypost.search.offers import ANY, EITHER, IN_PERSON, NEVER, TELEHEALTH, OfferTable
from waypost.values.opening import Opening
from waypost.values.track import Attendance, TimeOfDay, Track
from waypost.values.wall_time import MINUTES_A_WEEK

HOW = {
    None: ANY,
    Attendance.IN_PERSON: IN_PERSON,
    Attendance.TELEHEALTH: TELEHEALTH,
    Attendance.EITHER: EITHER,
}
TIME_BITS = {TimeOfDay.DAY: 1, TimeOfDay.EVENINGS: 2, TimeOfDay.WEEKENDS: 4}
_NO_TRACK = Track(id="", sessions=(), zone="UTC")
_NO_OPENING = Opening(as_of=date.min)


def offer_table(numbered: Iterable[tuple[int, Site]]) -> OfferTable:
    """The offers of sites with their rows of the index, in the order of the rows."""
    columns: dict[str, list[int]] = {name: [] for name in _FIELDS}
    first, starts, ends = [0], [], []
    zones: dict[str, int] = {}
    for row, site in numbered:
        for track, opening in _offers(site):
            for name, value in _numbers(site, track, opening).items():
                columns[name].append(value)
            columns["rows"].append(row)
            columns["zone"].append(zones.setdefault(track.zone, len(zones)))
            columns["home"].append(zones.setdefault(site.timezone, len(zones)))
            starts += [meeting.start for meeting in track.meetings]
            ends += [meeting.end for meeting in track.meetings]
            first.append(len(starts))
    lists = columns | {"first": first, "starts": starts, "ends": ends}
    arrays = {name: np.array(values, dtype=np.int32) for name, values in lists.items()}
    return OfferTable(**arrays, zones=tuple(zones) or ("",))


_FIELDS = (
    *("rows", "known", "until", "attendance", "times", "weekly", "starts_on", "zone"),
    *("place", "next_start", "said_on", "home"),
)


def _offers(site: Site) -> Iterator[tuple[Track, Opening]]:
    """Each track with the word on its places; of a site without tracks, its openings alone."""
    by_track = {opening.track: opening for opening in site.openings}
    for track in site.tracks:
        yield track, by_track.get(track.id) or by_track.get("") or _NO_OPENING
    if not site.tracks:
        for opening in site.openings:
            yield _NO_TRACK, opening


def _numbers(site: Site, track: Track, opening: Opening) -> dict[str, int]:
    fact = site.facts.get(TRACKS)
    until = fact.until.toordinal() if fact and fact.until else NEVER
    return {
        "known": int(track is not _NO_TRACK),
        "until": until,
        "attendance": HOW[track.attendance],
        "times": sum(TIME_BITS[time] for time in track.times_of_day),
        "weekly": min(track.weekly_minutes or 0, MINUTES_A_WEEK),
        "starts_on": track.starts_on.toordinal() if track.starts_on else 0,
        "place": -1 if opening.has_place is None else int(opening.has_place),
        "next_start": opening.next_start.toordinal() if opening.next_start else 0,
        "said_on": 0 if opening is _NO_OPENING else opening.as_of.toordinal(),
    }
