"""What a program says of its hours and places, in the site that is published.

Two fields of a site are claimed by its program alone: ``tracks`` and ``openings``. Their values are
the plain JSON of `waypost.values`; the times of day of the tracks become codes of the site, so that
the search counts them as it counts every other choice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from waypost.directory.choosing import mark
from waypost.directory.facets import COLUMNS, known_for
from waypost.directory.program_word import CHANGES, FIELDS, with_words, word_now
from waypost.directory.site import Claim, FactSource, Site
from waypost.values.opening import Freshness, Opening, freshness
from waypost.values.placed_fault import FaultCode, Faulty, PlacedFault
from waypost.values.track import TimeOfDay, Track

TRACKS, OPENINGS = "tracks", "openings"
PROGRAM_SOURCE = "program"
"""The source of what a program says of itself."""

HOLDS = {TRACKS: timedelta(days=180), OPENINGS: timedelta(days=15)}
"""How long a word holds; whoever said it is asked before whether it is still right."""

SAID_FIELDS = (*HOLDS, *FIELDS, CHANGES)
"""Every field of a site that its program alone claims."""

CODE_OF = {
    TimeOfDay.DAY: "DAY-GROUPS",
    TimeOfDay.EVENINGS: "EVENING-GROUPS",
    TimeOfDay.WEEKENDS: "WEEKEND-GROUPS",
}
FOR_WHOM = ("age", "gender", "group", "only")
"""The facets whose choices may say for whom a track is."""


class Speaker(StrEnum):
    """Whose word it is: a role, never a name. The value is the claim's method."""

    REPRESENTATIVE = "said by a representative of the program"
    ADMINISTRATOR = "said by an administrator of the program"
    SOFTWARE = "said by the program's own software"
    OPERATOR = "entered by the operator for the program"


def with_timetable(site: Site, won: Mapping[str, Claim]) -> Site:
    """The site with its program's own words as they were chosen among its claims, or with none."""
    tracks = msgspec.convert(_value(won, TRACKS), tuple[Track, ...])
    openings = msgspec.convert(_value(won, OPENINGS), tuple[Opening, ...])
    facts = {name: fact for name, fact in site.facts.items() if name not in HOLDS}
    facts |= {
        name: FactSource(won[name].source, won[name].as_of, won[name].method, won[name].until)
        for name, values in ((TRACKS, tracks), (OPENINGS, openings))
        if values
    }
    times = {CODE_OF[time] for track in tracks for time in track.times_of_day}
    codes = site.codes - frozenset(CODE_OF.values()) | times
    timed = replace(site, tracks=tracks, openings=openings, facts=facts, codes=codes)
    return with_words(timed, won)


def _value(won: Mapping[str, Claim], field: str) -> object:
    return won[field].value if field in won else ()


def with_claims(
    site: Site, claims: Sequence[Claim], said: Sequence[Claim]
) -> tuple[Site, list[Claim]]:
    """A published site, and all claims to it, with ``said`` in place of what was said before."""
    others = [claim for claim in claims if claim.field not in SAID_FIELDS]
    marked: list[Claim] = []
    won: dict[str, Claim] = {}
    for field in SAID_FIELDS:
        of_field, winner = mark([claim for claim in said if claim.field == field])
        marked += of_field
        if winner is not None:
            won[field] = winner
    return with_timetable(site, won), [*others, *marked]


def columns_known(site: Site) -> frozenset[str]:
    """The choices that were asked at all, by a survey or by the program's own word on its hours."""
    asked = known_for(site.surveys)
    return asked | frozenset(COLUMNS["time"]) if site.tracks else asked


def known_tracks(site: Site, today: date) -> tuple[Track, ...]:
    """The tracks that hold today: what a program said long ago and did not confirm is not known."""
    fact = site.facts.get(TRACKS)
    return site.tracks if fact and (fact.until is None or today < fact.until) else ()


def shown_openings(site: Site, today: date) -> list[tuple[Opening, Freshness]]:
    """The openings that may still be shown, each with how."""
    aged = [(opening, freshness(opening, today)) for opening in site.openings]
    return [(opening, age) for opening, age in aged if age is not Freshness.GONE]


def still_said(site: Site, today: date) -> Site:
    """The site without what its program said too long ago; ``today`` is where the program is."""
    if not (site.tracks or site.openings or site.said):
        return site
    tracks = known_tracks(site, today)
    openings = tuple(opening for opening, _age in shown_openings(site, today))
    said = {name: values for name, values in site.said.items() if word_now(site, name, today)}
    stands = {*said, *([TRACKS] if tracks else []), *([OPENINGS] if openings else [])}
    facts = {n: f for n, f in site.facts.items() if n in stands or n not in (*HOLDS, *FIELDS)}
    codes = site.codes if tracks else site.codes - frozenset(CODE_OF.values())
    return replace(site, tracks=tracks, openings=openings, said=said, facts=facts, codes=codes)


def check_for_whom(tracks: Sequence[Track]) -> None:
    """Raise `Faulty` where a track is for people of whom no choice of the search speaks."""
    known = {column for facet in FOR_WHOM for column in COLUMNS[facet]}
    faults = [
        PlacedFault(f"tracks[{i}].for_whom", FaultCode.BAD_GROUP, column)
        for i, track in enumerate(tracks)
        for column in track.for_whom
        if column not in known
    ]
    if faults:
        raise Faulty(faults)


def check_their_tracks(openings: Sequence[Opening], ids: Collection[str]) -> None:
    """Raise `Faulty` where an opening is of a track that the program does not have."""
    faults = [
        PlacedFault(f"openings[{i}].track", FaultCode.UNKNOWN_TRACK, opening.track)
        for i, opening in enumerate(openings)
        if opening.track and opening.track not in ids
    ]
    if faults:
        raise Faulty(faults)
