"""Slips of who types a place: letters, digits and states that are nearly right, read with care."""

from __future__ import annotations

import re
from dataclasses import replace

from waypost.places.choosing import MAX_CHOICES, candidates, choose_state, places_in, places_of
from waypost.places.fuzzy import closest
from waypost.places.known import known
from waypost.places.making import state_place
from waypost.places.named import big_city, has_town, named
from waypost.places.names import names_by_squeezed
from waypost.places.place import Found, Resolution, Unknown, Why
from waypost.places.spelling import plain, squeezed
from waypost.places.state_words import misspelled_state, state_words
from waypost.places.states import STATE_NAMES
from waypost.places.typed import Typed, read_less

_WRONG_DIGITS = re.compile(r" ([0-9]{3,4}|[0-9]{6,8})$")
_COLORADO_OR_COUNTY = re.compile(r"\bco\.?$", re.IGNORECASE)
MOST_TAIL = 4


def wrong_digits_last(typed: Typed) -> Resolution | None:
    """ "Austin TX 7870": the town, where the ZIP beside it has too few or too many digits."""
    match = _WRONG_DIGITS.search(plain(typed.text))
    if not match:
        return None
    less = read_less(plain(typed.text)[: match.start()])
    answer = named(typed.text, less.name, less.state) if less.state else None
    return replace(answer, corrected=True) if isinstance(answer, Found) else answer


def county_last(typed: Typed) -> Resolution | None:
    """ "Dane Co.": "co" is no state where Colorado has no such place."""
    if typed.state != "CO" or not _COLORADO_OR_COUNTY.search(typed.text):
        return None
    return named(typed.text, f"{typed.name} county")


def state_joined(typed: Typed) -> Resolution | None:
    """ "miamifl", "AustinTexas"."""
    word = squeezed(typed.name) if not typed.state else ""
    for ending, code in state_words().items():
        letters = squeezed(ending)
        if word.endswith(letters) and len(word) > len(letters) + 2:
            for name in names_by_squeezed().get(word.removesuffix(letters), ()):
                if has_town(name, code):
                    answer = named(typed.text, name, code)
                    return replace(answer, corrected=True) if isinstance(answer, Found) else answer
    return None


def surely_misspelled(typed: Typed) -> Resolution | None:
    """The one place that is spelled nearly so and begins with the same letter."""
    near = closest(typed.text, typed.name, typed.state, named, same_letter=True)
    return None if isinstance(near, Unknown) else near


def spelled_nearly(typed: Typed) -> Resolution | None:
    """The place, or the guesses, whose names are nearest to what was typed."""
    return closest(typed.text, typed.name, typed.state, named)


def big_city_last(typed: Typed) -> Resolution | None:
    """ "Williamsburg Brooklyn", "downtown Austin": the end of the words is a big city."""
    words = typed.name.split()
    for size in range(min(MOST_TAIL, len(words) - 1), 0, -1):
        ending = " ".join(words[-size:])
        if big_city(ending, typed.state):
            answer = named(typed.text, ending, typed.state)
            return replace(answer, corrected=True) if isinstance(answer, Found) else answer
    return None


def state_misspelled_last(typed: Typed) -> Resolution | None:
    """ "Memphis Tennesee": the last words are nearly a state, the words before a place in it."""
    words = [] if typed.state else typed.name.split()
    for size in (3, 2, 1):
        code = misspelled_state(" ".join(words[-size:])) if len(words) > size else ""
        if code:
            name = " ".join(words[:-size])
            answer = named(typed.text, name, code) or closest(typed.text, name, code, named)
            return replace(answer, corrected=True) if isinstance(answer, Found) else answer
    return None


def city_of_another_state(typed: Typed) -> Resolution | None:
    """ "Chicago, WI": no such town there, so the big city and what is spelled nearly so there."""
    cities = big_city(typed.name) if typed.state else []
    if not cities:
        return None
    near = closest(typed.text, typed.name, typed.state, named)
    there = near.guesses if isinstance(near, Unknown) else places_in(near)
    offered = dict.fromkeys((*places_of(cities), *there))
    return Unknown(typed.text, tuple(offered)[:MAX_CHOICES], Why.SPELLING)


def misspelled_state_after_comma(typed: Typed) -> Resolution | None:
    """ "Jackson, Missisippi"."""
    last = typed.parts[-1] if len(typed.parts) > 1 else ""
    known_place = typed.state or not last or candidates(last)
    return None if known_place else state_misspelled_last(typed)


def as_state_misspelled(typed: Typed) -> Resolution | None:
    """ "West Virgina": before towns that are spelled nearly so."""
    if typed.state or candidates(typed.name):
        return None
    code = misspelled_state(typed.name)
    if not code:
        return None
    name = plain(STATE_NAMES[code])  # "New Yrok" may be the city
    own = named(typed.text, name) if known(name) else None
    answer = own or choose_state(typed.text, state_place(code), surely=False)
    return replace(answer, corrected=True) if isinstance(answer, Found) else answer
