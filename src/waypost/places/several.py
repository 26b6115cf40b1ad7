"""Several places in one text, "Nassau and Suffolk" or "Dallas/Fort Worth": one is searched."""

from __future__ import annotations

import re
from itertools import product

from waypost.places.abroad import best_known_abroad
from waypost.places.choosing import FAR_LARGER, places_in
from waypost.places.making import zip_place
from waypost.places.named import named
from waypost.places.place import Ambiguous, Place, Resolution, Why
from waypost.places.tables import zips
from waypost.places.typed import Typed, read_less
from waypost.values.geo import miles_between

_BETWEEN = re.compile(r"\s*(?:[/&+;|]|\s(?:and|or|y|o|e|u)\s)\s*", re.IGNORECASE)
_BETWEEN_ZIPS = re.compile(r"\s*(?:[/&+;|,]|\b(?:and|or|y|o)\b|\s)\s*", re.IGNORECASE)
MOST_NAMES = 4
OF_EACH = 2
"""Of a name that several places bear so many are offered."""

NEIGHBOR_MILES = 60.0
"""Names side by side with no word between them are two places only if they are so near."""
LEAST_PEOPLE = 5_000
INSIDE_MILES = 12.0
"""A name much smaller and so near is a part of the other ("Williamsburg Brooklyn")."""


def several_zips(text: str) -> Resolution | None:
    """ "78701 or 78702": several known ZIPs and nothing else."""
    parts = dict.fromkeys(_BETWEEN_ZIPS.split(text))
    if len(parts) < 2 or len(parts) > MOST_NAMES or not all(part in zips() for part in parts):
        return None
    return Ambiguous(text, tuple(zip_place(zips()[part]) for part in parts), Why.SEVERAL)


def with_a_word_between(typed: Typed) -> Resolution | None:
    """ "Nassau and Suffolk", "Dallas/Fort Worth, TX", where each part is a place.

    A part abroad is left out ("El Paso/Juarez"); a state alone is that state's place of the name
    before it ("Bristol TN/VA").
    """
    parts = [part for part in _BETWEEN.split(typed.text) if part]
    if not 2 <= len(parts) <= MOST_NAMES:
        return None
    answers, last = [], ""
    for less in map(read_less, parts):
        last = less.name or last
        answer = named(typed.text, last, less.state or typed.state)
        if not answer and less.name and not best_known_abroad(less.name):
            return None
        answers += [answer] if answer else []
    if len(answers) == 1:
        return answers[0]
    return _asked(typed, [*map(places_in, answers)])


def side_by_side(typed: Typed) -> Resolution | None:
    """ "Raleigh Durham", "Nassau Suffolk": two names of places that are neighbors."""
    words = typed.name.split() if len(typed.parts) == 1 else []
    for cut in range(1, len(words)):
        names = " ".join(words[:cut]), " ".join(words[cut:])
        pair = [_large(named(typed.text, name, typed.state)) for name in names]
        if all(pair) and any(_neighbors(*both) for both in product(*pair)):
            return _asked(typed, pair)
    return None


def _large(answer: Resolution | None) -> tuple[Place, ...]:
    return tuple(p for p in places_in(answer) if (p.population or 0) >= LEAST_PEOPLE)


def _neighbors(one: Place, other: Place) -> bool:
    """Whether two places are near, and neither is a part of the other."""
    if one.kind is not other.kind and one.county_fips == other.county_fips:
        return False  # a city and its county
    apart = miles_between(one.point, other.point)
    low, high = sorted((one.population or 0, other.population or 0))
    return 0 < apart <= NEIGHBOR_MILES and not (apart <= INSIDE_MILES and high > FAR_LARGER * low)


def _asked(typed: Typed, each: list[tuple[Place, ...]]) -> Resolution | None:
    """The question which: the first neighbors of each name, else the first places of each."""
    together = (c for c in product(*each) if all(_neighbors(c[0], p) for p in c[1:]))
    chosen = next(together, None)
    offered = dict.fromkeys(chosen or (p for places in each for p in places[:OF_EACH]))
    return Ambiguous(typed.text, tuple(offered), Why.SEVERAL) if offered else None
