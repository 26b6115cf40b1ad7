"""What could be changed in a need that finds little, and how much each change would find.

Where nothing is found, the most helpful changes come first: care by video in the person's own
state, other levels of care nearby, a wider circle, and then choices that could be dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from waypost.directory.facets import Join
from waypost.navigation.answer import Change, ChangeKind, SearchedSnapshot
from waypost.navigation.engine_query import has_border
from waypost.navigation.hours import Shown
from waypost.navigation.hours_search import count_shown
from waypost.navigation.need import LEVEL, NEAREST, Need
from waypost.places.place import Found, Place, PlaceKind
from waypost.search.query import Hits

WIDER_STEPS = (50.0, 100.0, 250.0, None)
"""Miles; the last step is any distance."""

TELEHEALTH = "telehealth"
LICENSE = "license"
OF_THE_STATE = ("state-substance-use", "state-mental-health", "state-health")
OTHER_LEVELS = ("php", "outpatient", "medication", "residential", "otp", "inpatient")
"""Levels to offer where the requested level is not nearby, most similar first."""
MOST_LEVELS = 3

Candidate = tuple[ChangeKind, str, Need]


def find_changes(
    snapshot: SearchedSnapshot, need: Need, place: Place | None, hits: Hits, now: datetime
) -> tuple[Change, ...]:
    """Changes that find more than ``hits``, each with its count, most helpful first.

    Where no single change does, everything that can be dropped is dropped at once.
    """
    ways = _ways_out(snapshot, need, place, hits.counts, now) if hits.total == 0 else []
    levels_shown = any(way.kind is ChangeKind.LEVEL for way in ways)
    skipped = LEVEL if levels_shown else ""
    for candidates in (_candidates(need, place, skipped), _everything_open(need, place)):
        counted = [
            Change(kind, detail, other, _count(snapshot, other, place, need.place, now))
            for kind, detail, other in candidates
        ]
        more = [change for change in counted if change.total > hits.total]
        if more:
            return (*ways, *_without_repeats(more))
    return tuple(ways)


def _ways_out(
    snapshot: SearchedSnapshot,
    need: Need,
    place: Place | None,
    counts: Mapping[str, int],
    now: datetime,
) -> list[Change]:
    """Telehealth in the state, and other levels of care nearby."""
    telehealth = (
        Change(kind, detail, other, _count(snapshot, other, place, need.place, now))
        for kind, detail, other in _by_telehealth(need, place)
    )
    levels = [
        Change(ChangeKind.LEVEL, level, need.with_choices(LEVEL, (level,)), total)
        for level in OTHER_LEVELS
        if (total := counts.get(f"{LEVEL}:{level}", 0)) and need.chosen.get(LEVEL)
    ]
    first = next((change for change in telehealth if change.total), None)
    return [*([first] if first else []), *levels[:MOST_LEVELS]]


def _by_telehealth(need: Need, place: Place | None) -> list[Candidate]:
    """The same need met by video from anywhere in the state, then only its level of care."""
    if place is None or not place.state or place.kind is PlaceKind.STATE:
        return []
    if f"{TELEHEALTH}:{TELEHEALTH}" in need.without:
        return []
    near = middle(place) if has_border(place) else need.place
    alone = Need(near, None, (), page_size=need.page_size, state=place.state)
    same = replace(need, place=near, radius_miles=None, state=place.state, page=1)
    return [
        (kind, place.state, _licensed(changed.with_choices(TELEHEALTH, (TELEHEALTH,))))
        for kind, changed in (
            (ChangeKind.TELEHEALTH, same),
            (ChangeKind.TELEHEALTH_ALONE, alone.with_choices(LEVEL, need.chosen.get(LEVEL, ()))),
        )
    ]


def _licensed(need: Need) -> Need:
    """Require a license of the state, unless the need already asks about licenses.

    A clinician who treats by video must be licensed where the person is.
    """
    if LICENSE in need.chosen:
        return need
    return _any_is_enough(need.with_choices(LICENSE, OF_THE_STATE), LICENSE)


def _count(
    snapshot: SearchedSnapshot, need: Need, place: Place | None, named: str, now: datetime
) -> int:
    """What a changed need finds; ``place`` is what the text ``named`` is read as."""
    if need.place != named:
        resolution = snapshot.gazetteer.resolve(need.place)
        if not isinstance(resolution, Found):
            return 0
        place = resolution.place
    return count_shown(snapshot, need, place, now)


def middle(place: Place) -> str:
    """The middle of an area, as text that resolves to a point."""
    return f"{place.point.lat:.2f},{place.point.lon:.2f}"


def _candidates(need: Need, place: Place | None, skipped: str) -> list[Candidate]:
    """The need with one thing dropped, for each that can be except the facet ``skipped``."""
    candidates = [] if place is None else _farther(need, place)
    candidates += [
        (ChangeKind.ANY_OF, facet, _any_is_enough(need, facet))
        for facet, options in need.required
        if len(options) > 1 and need.joins(facet) is Join.ALL
    ]
    candidates += [
        (ChangeKind.OPEN_FACET, facet, need.with_choices(facet, ()))
        for facet, _ in need.required
        if facet != skipped
    ]
    candidates += [
        (
            ChangeKind.ALLOW,
            column,
            replace(need, without=tuple(w for w in need.without if w != column), page=1),
        )
        for column in need.without
    ]
    if need.hours.shown is not Shown.ALL:
        shown = replace(need.hours, shown=Shown.ALL)
        candidates.append((ChangeKind.OPEN_HOURS, "", replace(need, hours=shown, page=1)))
    if need.state:
        candidates.append((ChangeKind.OPEN_STATE, need.state, replace(need, state="", page=1)))
    if need.text:
        candidates.append((ChangeKind.DROP_TEXT, need.text, replace(need, text="", page=1)))
    return candidates


def _any_is_enough(need: Need, facet: str) -> Need:
    return replace(need, any_of=tuple(sorted({*need.any_of, facet})), page=1)


def _farther(need: Need, place: Place) -> list[Candidate]:
    """Wider circles around the place; around an area's middle, so that they cross its border."""
    kind, near, radius = ChangeKind.WIDER, need.place, need.radius_miles
    if has_border(place):
        kind, near, radius = ChangeKind.BEYOND, middle(place), 0.0
    if radius is None:
        return []
    return [
        (
            kind,
            NEAREST if step is None else f"{step:g}",
            replace(need, place=near, radius_miles=step, page=1),
        )
        for step in WIDER_STEPS
        if step is None or step > radius
    ]


def _everything_open(need: Need, place: Place | None) -> list[Candidate]:
    """Only the level of care, and then nothing at all, at any distance from the place."""
    if place is None:
        return []
    near = middle(place) if has_border(place) else need.place
    levels = need.chosen.get(LEVEL, ())
    open_need = Need(near, None, choices=(), sort=need.sort, page_size=need.page_size)
    return [
        (ChangeKind.OPEN_ALL, LEVEL if options else "", open_need.with_choices(LEVEL, options))
        for options in dict.fromkeys((levels, ()))
    ]


def _without_repeats(changes: Sequence[Change]) -> list[Change]:
    """The changes with only the two shortest distances that find something."""
    farther = [c for c in changes if c.kind in (ChangeKind.WIDER, ChangeKind.BEYOND)]
    return farther[:2] + [change for change in changes if change not in farther]
