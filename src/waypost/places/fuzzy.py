"""The place that a misspelled name most likely means.

A name counts by its similarity to what was typed and by its population: one wrong letter in
"Tennessee" is likelier than a hamlet in Illinois whose spelling is just as close.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from waypost.places.choosing import FAR_LARGER, Candidate, candidates, places_of
from waypost.places.names import counties_by_bare_name, names_by_state, rows_by_name, state_by_name
from waypost.places.place import Ambiguous, Found, Place, Resolution, Unknown, Why
from waypost.places.spelling import plain
from waypost.places.states import STATE_NAMES

SURE = 0.8
"""From this similarity (0 to 1), a name is taken as meant if it is far ahead of all others."""

LIKELY, LIKELY_IN_STATE = 0.7, 0.6
"""From this likeness a name is offered."""

AHEAD = 7.0
"""This many points ahead is far: a hundredth of similarity is a point, and so is a third of a power
of ten in population."""

PEOPLE_POINTS = 3.0
GUESSES = 6
SMALLEST_TAKEN = 10_000
"""No small town is taken for a misspelled name: it is offered."""

LETTER_TOO_MANY = 6
"""From this length on, a town whose name is a big city's but for a letter too many or too few may
be the city misspelled (Pittsburg)."""

BIG_CITY = 100_000

LONGEST = 40
"""No name is this long: a sentence is not compared with names."""


Reading = Callable[[str, str, str], Resolution | None]


@dataclass(frozen=True, slots=True)
class _Like:
    """A name that is nearly the one typed; ``points`` are of likeness and of people."""

    name: str
    likeness: float
    points: float


@cache
def _people() -> dict[str, float]:
    """The most people that any place of each name has, a county's without its word a tenth."""
    people: dict[str, float] = {}
    for name, rows in rows_by_name().items():
        people[name] = float(max(row.population or 0 for row in rows))
    for name, counties in counties_by_bare_name().items():
        most = max(row.population or 0 for row in counties) / 10
        people[name] = max(most, people.get(name, 0.0))
    for name in map(plain, STATE_NAMES.values()):
        state = state_by_name(name)
        people[name] = float(state.population or 0) if state else 0.0
    return people


@cache
def _names(state: str) -> tuple[str, ...]:
    return names_by_state()[state] if state else tuple(_people())


def closest(
    text: str, name: str, state: str, read: Reading, *, same_letter: bool = False
) -> Resolution:
    """The place whose name is nearest to the one typed, in a state where one is named; ``read``
    says what the name means once it is spelled right.

    ``same_letter`` looks only among names with the same first letter, which is quick.
    """
    alike = _alike(name, state, LIKELY_IN_STATE if state else LIKELY, same_letter=same_letter)
    if not alike:
        return Unknown(text, ())
    first = alike[0]
    behind = alike[1].points if len(alike) > 1 else 0.0
    far_ahead = first.points - behind >= AHEAD or first.likeness == 1
    own = None if state else state_by_name(first.name)
    taken = first.likeness >= SURE and far_ahead
    answer = (Found(own) if own else read(text, first.name, state)) if taken else None
    match answer:
        case Found(place, _, others) if _may_be_taken(place, state):
            return Found(place, corrected=True, others=others)
        case Ambiguous(_, choices):
            return Ambiguous(text, choices)
        case _:
            return Unknown(text, _guesses(alike, state), Why.SPELLING)


def guesses(name: str, state: str) -> tuple[Place, ...]:
    """The places with the closest spelling, likeliest first."""
    return _guesses(_alike(name, state, LIKELY), state)


def big_namesakes_but_for_a_letter(name: str, namesakes: Iterable[Candidate]) -> list[Candidate]:
    """Big cities whose name has a letter more or fewer, far larger than the candidates found."""
    if len(name) < LETTER_TOO_MANY:
        return []
    largest = max((c.weight for c in namesakes), default=0.0)
    # Imported here and below: a worker starts sooner without it, and asks it of names misspelled.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract(name, _big_cities(), scorer=OSA.distance, score_cutoff=1, limit=GUESSES)
    return [
        c
        for other, _, _ in near
        if len(other) != len(name)
        for c in candidates(other)
        if c.weight >= BIG_CITY and c.weight * 2 > FAR_LARGER * largest
    ]


@cache
def _big_cities() -> tuple[str, ...]:
    return tuple(name for name, people in _people().items() if people >= BIG_CITY)


def _alike(name: str, state: str, least: float, *, same_letter: bool = False) -> list[_Like]:
    """Similar names. Most typing errors spare the first letter, so those names are tried first."""
    if not name or len(name) > LONGEST:
        return []
    near = _near(name, _by_first_letter(state).get(name[0], ()), least)
    if not same_letter and (not near or near[0][1] < SURE):
        near = _near(name, _names(state), least)
    alike = [_Like(other, like, _points(other, like, state)) for other, like, _ in near]
    return sorted(alike, key=lambda a: (-a.points, a.name))


def _near(name: str, names: Sequence[str], least: float) -> list[tuple[str, float, int]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return process.extract(
        name, names, scorer=OSA.normalized_similarity, score_cutoff=least, limit=60
    )


@cache
def _by_first_letter(state: str) -> dict[str, tuple[str, ...]]:
    by_letter: dict[str, list[str]] = {}
    for name in _names(state):
        by_letter.setdefault(name[0], []).append(name)
    return {letter: tuple(names) for letter, names in by_letter.items()}


def _points(name: str, likeness: float, state: str) -> float:
    people = _people_in(name, state) if state else _people()[name]
    return 100 * likeness + PEOPLE_POINTS * math.log10(people + 1)


def _people_in(name: str, state: str) -> float:
    return max((c.weight for c in candidates(name, state)), default=0.0)


def _may_be_taken(place: Place, state: str) -> bool:
    return bool(state) or (place.population or 0) >= SMALLEST_TAKEN


def _guesses(alike: list[_Like], state: str) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(_places(alike[: 2 * GUESSES], state)))[:GUESSES]


def _places(alike: list[_Like], state: str) -> Iterator[Place]:
    """Each name's two heaviest places, a state with that name first."""
    for like in alike:
        own = None if state else state_by_name(like.name)
        if own:
            yield own
        yield from places_of(candidates(like.name, state)[:2])
