"""Finds what has exactly a given name, in a state or anywhere."""

from __future__ import annotations

from functools import cache

from waypost.places.choosing import (
    BIG_CITY,
    FAR_LARGER,
    MAX_CHOICES,
    MAX_OTHERS,
    Candidate,
    candidates,
    choose,
    places_of,
)
from waypost.places.fuzzy import big_namesakes_but_for_a_letter
from waypost.places.known import PART_OF_A_PLACE, Known, KnownAnswer, KnownKind, known
from waypost.places.making import state_place, zip_place
from waypost.places.names import names_by_squeezed
from waypost.places.place import Ambiguous, Found, Place, Resolution, Unknown, Why
from waypost.places.spelling import plain, squeezed
from waypost.places.state_words import misspelled_state
from waypost.places.states import STATE_KEYS
from waypost.places.tables import zips
from waypost.values.geo import miles_between

HAMLET = 1_000
SAME_PLACE_MILES = 10.0
_AREAS = frozenset({KnownKind.REGION, KnownKind.ISLAND, KnownKind.RESERVATION})


def named(text: str, name: str, state: str = "") -> Resolution | None:
    """What has exactly this plain name; None if nothing does."""
    exact = candidates(name, state)
    line = known(name, state)
    if state and has_town(name, state):
        return choose(text, exact, state)
    if line:
        return _by_line(text, line, exact, state)
    if not state:
        larger = big_namesakes_but_for_a_letter(name, exact) if exact else []
        state_too = _misspelled_state(name, exact)
        if state_too:
            return Ambiguous(text, (state_too, *places_of(exact))[:MAX_CHOICES], Why.SPELLING)
        if larger:
            ranked = sorted([*exact, *larger], key=lambda c: -c.weight)
            return Ambiguous(text, places_of(ranked)[:MAX_CHOICES], Why.SPELLING)
    return choose(text, exact, state)


def _misspelled_state(name: str, exact: list[Candidate]) -> Place | None:
    """The state that a hamlet's name misspells ("Arkansaw")."""
    hamlets = bool(exact) and all(c.weight < HAMLET for c in exact)
    code = misspelled_state(name) if hamlets else ""
    return state_place(code) if code else None


def has_town(name: str, state: str) -> bool:
    """Whether a state has a town of exactly this name whose people are counted."""
    return any(c.weight and not c.bare for c in candidates(name, state))


def named_together(text: str, name: str, state: str = "") -> Resolution | None:
    """The same for a name whose words are typed together or apart ("Mc Allen", "lasvegas")."""
    for other in names_by_squeezed().get(squeezed(name), ()):
        answer = named(text, other, state) if other != name else None
        if answer:
            return answer
    return None


def big_city(name: str, state: str = "") -> list[Candidate]:
    """The big cities of exactly this name."""
    return [c for c in candidates(name, state) if c.weight >= BIG_CITY and not c.bare]


@cache
def place_of_key(key: str) -> Place:
    """The place of a key of the list of known names.

    Raises:
        LookupError: no place has the key, which the tests of the list rule out.
    """
    if key in zips():
        return zip_place(zips()[key])
    for code, state in STATE_KEYS.items():
        if key == state:
            return state_place(code)
    name, _, code = key.rpartition(", ")
    for candidate in candidates(plain(name), code):
        if plain(candidate.place.key) == plain(key):
            return candidate.place
    raise LookupError(key)


def _by_line(text: str, line: Known, exact: list[Candidate], state: str) -> Resolution:
    if line.answer is KnownAnswer.OVERSEAS:
        return Unknown(text, (), Why.MILITARY)
    keys = (line.places_in(state) if state else ()) or line.places
    own = [place_of_key(key) for key in keys]
    counties = line.kind is KnownKind.COUNTY
    rest = [c for c in exact if (counties or not c.bare) and c.place not in own]
    if line.answer is KnownAnswer.IS:
        far = [c for c in rest if miles_between(c.place.point, own[0].point) > SAME_PLACE_MILES]
        return _taken(text, own[0], far)
    if state and len(own) == 1 and line.kind not in PART_OF_A_PLACE:
        return Found(own[0], others=places_of(rest)[:MAX_OTHERS])
    choices = tuple(dict.fromkeys((*own, *places_of(rest))))[:MAX_CHOICES]
    return Ambiguous(text, choices, _why(line))


def _taken(text: str, place: Place, rest: list[Candidate]) -> Resolution:
    """The place of a nickname, unless a town of exactly this name is nearly as large."""
    largest = max((c.weight for c in rest if not c.bare), default=0.0)
    others = places_of(rest)
    if largest and (place.population or 0) <= FAR_LARGER * largest:
        return Ambiguous(text, (place, *others)[:MAX_CHOICES])
    return Found(place, others=others[:MAX_OTHERS])


def _why(line: Known) -> Why:
    if line.kind in _AREAS:
        return Why.REGION
    return Why.INSIDE if line.kind in PART_OF_A_PLACE else Why.NAMESAKES
