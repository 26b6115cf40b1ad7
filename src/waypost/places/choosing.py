"""Decides which place with a name is meant: taken at once, or asked about.

Weight is population. A county named without the word "county" counts a tenth: "Austin" means the
city, while "Broward" means the county.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.places.names import (
    COUNTY_WORDS,
    Row,
    counties_by_bare_name,
    rows_by_name,
    to_place,
)
from waypost.places.place import Ambiguous, Found, Place, Resolution, Unknown, Why
from waypost.places.tables import CityRow

FAR_LARGER = 5
"""A place more than this many times as large as its namesakes is taken."""

BARE_COUNTY = 0.1
WAY_OUT = 0.02
"""A county of the same name in a named state is offered as well from this share of the town's
weight."""

MAX_CHOICES = 12
MAX_OTHERS = 6
BIG_CITY = 100_000
"""A city of this size with a state's name may be meant instead of the state."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that answers to a name; ``bare`` where it is a county named without its word."""

    row: Row
    bare: bool = False

    @property
    def weight(self) -> float:
        """People, a tenth of them for a county without its word."""
        return (self.row.population or 0) * (BARE_COUNTY if self.bare else 1)

    @property
    def place(self) -> Place:
        """The row as a place."""
        return to_place(self.row)


def candidates(name: str, state: str = "") -> list[Candidate]:
    """What has a plain name, heaviest first.

    Where no state is named, a post office is meant only if no town or county has the name.
    """
    rows = [Candidate(row) for row in rows_by_name().get(name, ()) if _in(row, state)]
    if not name.endswith(COUNTY_WORDS):
        counties = counties_by_bare_name().get(name, ())
        rows += [Candidate(row, bare=True) for row in counties if _in(row, state)]
    if not state:
        rows = [c for c in rows if c.weight or "(" in c.row.name] or rows
    return sorted(rows, key=lambda c: -c.weight)


def _in(row: Row, state: str) -> bool:
    return not state or row.state == state


def choose(text: str, ranked: list[Candidate], state: str = "") -> Resolution | None:
    """The place that is meant, or the choices to ask about; None if there are no candidates."""
    if not ranked:
        return None
    if len(ranked) == 1:
        return Found(ranked[0].place)
    if state:
        return _choose_in_state(text, ranked)
    accented = _with_its_accents(text, ranked)
    if accented:
        rest = [c for c in ranked if c is not accented]
        return Found(accented.place, others=places_of(rest)[:MAX_OTHERS])
    first, rest = ranked[0], ranked[1:]
    rivals = [c for c in rest if not _holds(c, first)]
    largest = rivals[0].weight if rivals else 0.0
    if first.weight > FAR_LARGER * largest and not (first.bare and _town_among(rest)):
        return Found(first.place, others=places_of(rest)[:MAX_OTHERS])
    return Ambiguous(text, places_of(ranked)[:MAX_CHOICES])


def _with_its_accents(text: str, ranked: list[Candidate]) -> Candidate | None:
    """The one whose accents were typed too ("Rincón"), unless another is far larger."""
    if text.isascii():
        return None
    typed = text.casefold()
    same = [c for c in ranked if not c.row.name.isascii() and c.row.name.casefold() in typed]
    near = [c for c in same if c.weight * FAR_LARGER >= ranked[0].weight]
    only = near or (same if ranked[0].weight < BIG_CITY else [])
    return only[0] if len(only) == 1 else None


def _choose_in_state(text: str, candidates: list[Candidate]) -> Resolution:
    """In a named state a town comes before a county of its name, unless the town is tiny."""
    towns = [c for c in candidates if isinstance(c.row, CityRow)]
    counties = [c for c in candidates if c not in towns]
    if len(towns) != 1:
        ranked = [*towns, *counties]
        if not towns and len(counties) == 1:
            return Found(counties[0].place)
        return Ambiguous(text, places_of(ranked)[:MAX_CHOICES])
    town = towns[0]
    if any(c.weight > FAR_LARGER * town.weight and c.bare for c in counties):
        return Ambiguous(text, places_of(candidates))
    others = [c for c in counties if c.weight >= WAY_OUT * town.weight]
    return Found(town.place, others=places_of(others))


def _holds(county: Candidate, town: Candidate) -> bool:
    """Whether a county without its word may be the one around a larger town of its name."""
    return county.bare and not town.bare and county.row.state == town.row.state


def _town_among(rest: Iterable[Candidate]) -> bool:
    return any(isinstance(c.row, CityRow) for c in rest)


def places_of(candidates: Iterable[Candidate]) -> tuple[Place, ...]:
    """The candidates as places, each once."""
    return tuple(dict.fromkeys(c.place for c in candidates))


def choose_state(text: str, state: Place, *, surely: bool) -> Resolution:
    """A state, unless a big city bears its name too ("New York", "Washington")."""
    name = state.label.lower()
    cities = [c for c in candidates(name) if isinstance(c.row, CityRow)]
    others = places_of(c for c in cities if c.weight >= WAY_OUT * (state.population or 0))
    big = [c for c in cities if c.weight >= BIG_CITY]
    if surely or not big:
        return Found(state, others=others[:MAX_OTHERS])
    return Ambiguous(text, (state, *places_of(big)))


def with_others(answer: Resolution, more: Iterable[Place], text: str, why: Why) -> Ambiguous:
    """The answer as a question, with more places after its own."""
    places = dict.fromkeys((*places_in(answer), *more))
    return Ambiguous(text, tuple(places)[:MAX_CHOICES], why)


def places_in(answer: Resolution | None) -> tuple[Place, ...]:
    """Every place of an answer: the one, the choices or the guesses."""
    match answer:
        case Found(place, _, others):
            return (place, *others)
        case Ambiguous(_, choices):
            return choices
        case Unknown(_, guesses):
            return guesses
        case _:
            return ()
