"""What a program reports of itself: census, stay, ends, hours and how full its groups are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from waypost.treatment.attendance.attended import SessionMinutes
from waypost.treatment.records.person import EpisodeSeen

PUBLISHED_ENDS = {
    "completed": 38,
    "transferred": 18,
    "dropped out": 23,
    "terminated": 14,
    "other": 7,
}
"""Percent of 114,440 discharges from intensive outpatient care in 27 states, 2004."""
PUBLISHED_SOURCE = (
    "SAMHSA, TEDS 2004, Discharges from Substance Abuse Treatment Services, chapter 4",
    "https://webarchive.library.unt.edu/eot2008/20080916053023/"
    "http:/www.drugabusestatistics.samhsa.gov/TEDSdischarges/2k4/TEDSD2k4Chp4.htm",
)
TEDS_OF = {
    "completed": "completed",
    "moved to another level": "transferred",
    "own decision": "dropped out",
    "stopped coming, contact failed": "dropped out",
    "attendance": "terminated",
    "lack of progress": "terminated",
}
"""Our coded reasons as TEDS counts them; what is not here is "other"."""


@dataclass(frozen=True, slots=True)
class ProgramReport:
    """One program over a time. ``retained`` is for those who could have stayed so long."""

    first: date
    last: date
    census: int
    begun: int
    ended: int
    retained: Mapping[int, tuple[int, int]]
    ends: Mapping[str, int]
    planned_minutes: int
    attended_minutes: int
    tracks: Mapping[str, tuple[int, int]]


def report(
    first: date, last: date, episodes: Iterable[EpisodeSeen], lines: Iterable[SessionMinutes]
) -> ProgramReport:
    """The figures from ``first`` to ``last``, both included."""
    begun = [e for e in episodes if e.started_on is not None]
    ended = [e for e in begun if e.ended_on and first <= e.ended_on <= last]
    kept = list(lines)
    tracks: dict[str, list[int]] = {}
    for line in kept:
        counts = tracks.setdefault(line.track, [0, 0])
        counts[0] += line.minutes
        counts[1] += line.length
    return ProgramReport(
        first,
        last,
        census=sum(_in_care(e, last) for e in begun),
        begun=sum(first <= (e.started_on or first) <= last for e in begun),
        ended=len(ended),
        retained={days: retained(begun, days, last) for days in (30, 60, 90)},
        ends=dict(Counter(TEDS_OF.get(e.end_reason, "other") for e in ended)),
        planned_minutes=sum(line.length for line in kept),
        attended_minutes=sum(line.minutes for line in kept),
        tracks={track: (counts[0], counts[1]) for track, counts in sorted(tracks.items())},
    )


def _in_care(episode: EpisodeSeen, day: date) -> bool:
    begun = episode.started_on is not None and episode.started_on <= day
    return begun and (episode.ended_on is None or episode.ended_on > day)


def retained(episodes: Iterable[EpisodeSeen], days: int, last: date) -> tuple[int, int]:
    """How many stayed so long or completed before, of those who began so long ago."""
    able = [
        e
        for e in episodes
        if e.started_on is not None and e.started_on + timedelta(days=days) <= last
    ]
    stayed = sum(
        e.ended_on is None
        or e.end_reason == "completed"
        or (e.started_on is not None and e.ended_on - e.started_on >= timedelta(days=days))
        for e in able
    )
    return stayed, len(able)
