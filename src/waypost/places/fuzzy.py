"""The place that a misspelled name most likely means."""

from __future__ import annotations

from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from waypost.places.making import names_in_state, rows_by_name, to_place
from waypost.places.place import Ambiguous, Found, Place, PlaceKind, Resolution, Unknown

SURE = 84.0
"""From this similarity (0 to 100) the best name is taken as meant, if no other is as close."""

SURE_IN_STATE = 75.0
"""The same where the state is named and nothing else there is nearly as close."""

LIKELY = 70.0
CLEAR_GAP = 4.0
GUESSES = 6


@cache
def _names(state: str) -> tuple[str, ...]:
    table = rows_by_name()
    if not state:
        return tuple(table)
    return tuple(name for name, rows in table.items() if any(r.state == state for r in rows))


def _similar(a: str, b: str, *, score_cutoff: float | None = None) -> float:
    """Similarity that counts two letters swapped as one error (optimal string alignment)."""
    return 100 * OSA.normalized_similarity(a, b)


def closest(text: str, name: str, state: str) -> Resolution:
    """The place whose name is nearest to the one typed, in a state where one is named."""
    rough = process.extract(name, _names(state), scorer=fuzz.ratio, score_cutoff=60, limit=40)
    scored = sorted(
        ((_similar(name, other), other) for other, _, _ in rough), key=lambda x: (-x[0], x[1])
    )
    scored = [(score, other) for score, other in scored if score >= LIKELY]
    if not scored:
        return Unknown(text, ())
    best = scored[0][0]
    alike = [other for score, other in scored if score > best - CLEAR_GAP]
    places = _places(alike, state)
    if len(places) == 1 and best >= (SURE_IN_STATE if state else SURE):
        return Found(places[0], corrected=True)
    if best >= SURE_IN_STATE and state and len(alike) == 1:
        return Ambiguous(text, _largest(places))
    if best >= SURE and state:
        return Found(_largest(places)[0], corrected=True)
    if best >= SURE:
        return Ambiguous(text, _largest(places)[:GUESSES])
    return Unknown(text, _largest(_places([o for _, o in scored], state))[:GUESSES])


def _places(names: list[str], state: str) -> list[Place]:
    if state:
        found = [p for name in names for p in _meant(names_in_state(name, state))]
    else:
        found = [to_place(row) for name in names for row in rows_by_name()[name][:GUESSES]]
    return list(dict.fromkeys(found))


def _meant(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The towns of a name, or the county that has it."""
    return tuple(p for p in places if p.kind is PlaceKind.CITY) or places[:1]


def _largest(places: list[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda p: -(p.population or 0)))
