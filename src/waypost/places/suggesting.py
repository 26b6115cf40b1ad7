"""Suggests places that a partly typed text may mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from waypost.places.choosing import BARE_COUNTY
from waypost.places.fuzzy import guesses
from waypost.places.known import PART_OF_A_PLACE, Known, KnownAnswer, known_names
from waypost.places.making import state_place, zip_place
from waypost.places.named import place_of_key
from waypost.places.names import Row, counties_by_bare_name, rows_by_name, to_place
from waypost.places.place import Place
from waypost.places.postal import beginning
from waypost.places.shortened import written_out
from waypost.places.spelling import plain
from waypost.places.state_words import state_words
from waypost.places.states import STATE_NAMES
from waypost.places.tables import CityRow, zips
from waypost.places.typed import read_less
from waypost.values.letters import LONG_WORDS

EXACT = 10.0
"""A place whose whole name is typed counts as this many times as large."""

STATE = 0.3
"""The share of its people for which a state counts: a city with the same beginning is likelier."""

SHORTEST_KNOWN = 3
"""A nickname is not suggested before this many of its letters, unless it is shorter."""

MOST_LISTED, MOST_PART = 50_000.0, 5_000.0
"""The beginning of a nickname, and that of a neighborhood's name, count as no larger a town."""

SHORTEST_MISSPELLED = 4

INDEPENDENT_CITY = " city"
"""Counties of this ending are a city, which has its own entry."""

Source = Row | Known | str
Way = tuple[str, frozenset[int]]
Entry = tuple[str, float, int, Source]


@dataclass(frozen=True, slots=True)
class _Index:
    """Names in order, each with a weight, another for who types the whole name, the number of its
    state (-1 for a line of the list), and what place it is of."""

    names: list[str]
    weights: npt.NDArray[np.float64]
    whole: npt.NDArray[np.float64]
    states: npt.NDArray[np.int8]
    sources: list[Source]


_NUMBER = {code: n for n, code in enumerate(STATE_NAMES)}


def suggestions(text: str, limit: int) -> tuple[Place, ...]:
    """Places whose name or ZIP begins like the tidy text, the likeliest first.

    A state may follow the name, with or without a comma, typed to its end or not.
    """
    if text.isascii() and text.isdigit():
        return tuple(zip_place(zips()[code]) for code in beginning(text, limit))
    begun = _begun(_ways(text), limit) or _begun(_ways_in_full(text), limit)
    return begun or _misspelled(text, limit)


def _begun(ways: Iterable[Way], limit: int) -> tuple[Place, ...]:
    """The places of the heaviest entries that begin in any of these ways."""
    best: dict[int, tuple[float, bool]] = {}
    for name, states in ways:
        for entry, weight, whole in _beginning(name, states, 4 * limit):
            best[entry] = max((weight, whole), best.get(entry, (0.0, False)))
    ranked = sorted(best, key=lambda entry: (-best[entry][0], entry))
    sources = _index().sources
    places = dict.fromkeys(p for e in ranked for p in _places(sources[e], whole=best[e][1]))
    return tuple(places)[:limit]


def _misspelled(text: str, limit: int) -> tuple[Place, ...]:
    typed = read_less(text)
    return (
        guesses(typed.name, typed.state)[:limit] if len(typed.name) >= SHORTEST_MISSPELLED else ()
    )


def _ways_in_full(text: str) -> Iterator[Way]:
    typed = read_less(text)
    for name in written_out(typed.name):
        yield name, frozenset({_NUMBER[typed.state]} if typed.state else ())


def _ways(text: str) -> Iterator[Way]:
    """How the text may be cut into the beginning of a name and states; no state means any."""
    words = read_less(text).parts and plain(text)
    if not words:
        yield from (((plain(text), frozenset()),) if plain(text) else ())
        return
    yield words, frozenset()
    last = words.rpartition(" ")[2]
    short = {long: s for s, long in LONG_WORDS.items()}.get(last)
    if short and text.lower().rstrip(" .").endswith(short):
        yield words.removesuffix(last) + short, frozenset()
    typed = read_less(text)
    if typed.state:
        yield typed.name, frozenset({_NUMBER[typed.state]})
    elif typed.name != words:
        yield typed.name, frozenset()
    split = words.split()
    for size in range(1, min(4, len(split))):
        states = _states_beginning(" ".join(split[-size:]))
        if states:
            yield " ".join(split[:-size]), states


@cache
def _state_beginnings() -> tuple[tuple[str, int], ...]:
    return tuple(sorted((words, _NUMBER[code]) for words, code in state_words().items()))


def _states_beginning(words: str) -> frozenset[int]:
    return frozenset(n for name, n in _state_beginnings() if name.startswith(words))


def _beginning(name: str, states: frozenset[int], most: int) -> Iterator[tuple[int, float, bool]]:
    """The heaviest entries whose name begins so, with their weights and whether it is all of the
    name."""
    index = _index()
    low, high = bisect_left(index.names, name), bisect_left(index.names, name + "\uffff")
    if low == high:
        return
    same = bisect_left(index.names, name + "\x00")
    weights = index.weights[low:high].copy()
    weights[: same - low] = index.whole[low:same]
    listed = index.states[same:high] == -1
    if states:
        weights[~np.isin(index.states[low:high], [*states, -1])] = -1
        weights[index.states[low:high] == -1] = -1
    if len(name) < SHORTEST_KNOWN:
        weights[same - low :][listed] = -1
    top = np.argsort(-weights, kind="stable")[:most]
    for i in map(int, top):
        if weights[i] >= 0:
            yield low + i, float(weights[i]), low + i < same


def _places(source: Source, *, whole: bool) -> Iterable[Place]:
    """The places of an entry; of a nickname that is not typed to its end only the first."""
    if isinstance(source, str):
        return (state_place(source),)
    if isinstance(source, Known):
        return map(place_of_key, source.places if whole else source.places[:1])
    return (to_place(source),)


@cache
def _index() -> _Index:
    entries = sorted(_entries(), key=lambda e: e[0])
    return _Index(
        [e[0] for e in entries],
        np.array([_unfinished(e) for e in entries], dtype=np.float64),
        np.array([EXACT * e[1] for e in entries], dtype=np.float64),
        np.array([e[2] for e in entries], dtype=np.int8),
        [e[3] for e in entries],
    )


def _unfinished(entry: Entry) -> float:
    """The weight of an entry whose name is not typed to its end."""
    _, weight, _, source = entry
    if not isinstance(source, Known):
        return weight
    return min(weight, MOST_PART if source.kind in PART_OF_A_PLACE else MOST_LISTED)


def _entries() -> Iterator[Entry]:
    for name, rows in rows_by_name().items():
        for row in rows:
            share = 1 if isinstance(row, CityRow) else BARE_COUNTY
            if not row.name.endswith(INDEPENDENT_CITY):
                yield name, (row.population or 0) * share, _NUMBER[row.state], row
    for name, counties in counties_by_bare_name().items():
        for row in counties:
            yield name, (row.population or 0) * BARE_COUNTY, _NUMBER[row.state], row
    for name, code in state_words().items():
        yield name, STATE * (state_place(code).population or 0), _NUMBER[code], code
    for name, line in known_names().items():
        if line.answer is not KnownAnswer.OVERSEAS:
            people = place_of_key(line.places[0]).population or 0
            yield name, people, -1, line
