"""What could be changed in a need that finds little, each change with what it would find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from waypost.navigation.answer import Change, ChangeKind, Snapshot
from waypost.navigation.engine_query import build_query, has_border
from waypost.navigation.need import LEVEL, MAX_RADIUS, Need
from waypost.places.place import Found, Place

WIDER_STEPS = (50.0, 100.0, 250.0, MAX_RADIUS)

Candidate = tuple[ChangeKind, str, Need]


def find_changes(
    snapshot: Snapshot, need: Need, place: Place | None, total: int
) -> tuple[Change, ...]:
    """Changes that find more than ``total``, each counted, the smallest change first.

    Where no single one does, all that may be given up is given up at once.
    """
    for candidates in (_candidates(need, place), _everything_open(need, place)):
        counted = [
            Change(kind, detail, other, _count(snapshot, other, place, need.place))
            for kind, detail, other in candidates
        ]
        found = [change for change in counted if change.total > total]
        if found:
            return tuple(_without_repeats(found))
    return ()


def _count(snapshot: Snapshot, need: Need, place: Place | None, named: str) -> int:
    """What a changed need finds; ``place`` is what the text ``named`` is read as."""
    if need.place != named:
        read = snapshot.gazetteer.resolve(need.place)
        if not isinstance(read, Found):
            return 0
        place = read.place
    return snapshot.index.count(build_query(snapshot, need, place))


def middle(place: Place) -> str:
    """The middle of an area, as text that is read as a point."""
    return f"{place.point.lat:.2f},{place.point.lon:.2f}"


def _candidates(need: Need, place: Place | None) -> list[Candidate]:
    """The need with one thing given up, for each thing that may be."""
    found = [] if place is None else _farther(need, place)
    found += [
        (ChangeKind.OPEN_FACET, facet, need.with_choices(facet, ())) for facet, _ in need.choices
    ]
    found += [
        (
            ChangeKind.ALLOW,
            column,
            replace(need, without=tuple(w for w in need.without if w != column), page=1),
        )
        for column in need.without
    ]
    if need.text:
        found.append((ChangeKind.DROP_TEXT, need.text, replace(need, text="", page=1)))
    return found


def _farther(need: Need, place: Place) -> list[Candidate]:
    """Wider circles about the place; about the middle of an area, across its border."""
    kind, near, radius = ChangeKind.WIDER, need.place, need.radius_miles
    if has_border(place):
        kind, near, radius = ChangeKind.BEYOND, middle(place), 0.0
    return [
        (kind, f"{step:g}", replace(need, place=near, radius_miles=step, page=1))
        for step in WIDER_STEPS
        if radius is not None and step > radius
    ]


def _everything_open(need: Need, place: Place | None) -> list[Candidate]:
    """The level of care alone, and then not even that, at any distance from the place."""
    if place is None:
        return []
    near = middle(place) if has_border(place) else need.place
    levels = need.chosen.get(LEVEL, ())
    open_need = Need(near, None, choices=(), sort=need.sort, page_size=need.page_size)
    return [
        (ChangeKind.OPEN_ALL, LEVEL if kept else "", open_need.with_choices(LEVEL, kept))
        for kept in dict.fromkeys((levels, ()))
    ]


def _without_repeats(changes: Sequence[Change]) -> list[Change]:
    """The smallest two distances that find something are enough."""
    farther = [c for c in changes if c.kind in (ChangeKind.WIDER, ChangeKind.BEYOND)]
    return farther[:2] + [change for change in changes if change not in farther]
