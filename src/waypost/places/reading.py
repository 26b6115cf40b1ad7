"""From words to a place: each reader tries one way of reading, the surest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from waypost.places import around
from waypost.places.abroad import ends_abroad, is_abroad, is_another_country, is_foreign_capital
from waypost.places.address import in_parts, of_a_street, state_first
from waypost.places.choosing import (
    MAX_CHOICES,
    candidates,
    choose_state,
    places_in,
    places_of,
    with_others,
)
from waypost.places.fuzzy import closest
from waypost.places.known import PART_OF_A_PLACE, KnownAnswer, known
from waypost.places.making import state_place
from waypost.places.named import big_city, has_town, named, named_together
from waypost.places.place import Found, Resolution, Unknown, Why
from waypost.places.postal import with_lost_zero
from waypost.places.shortened import written_out
from waypost.places.spelling import plain
from waypost.places.state_words import misspelled_state
from waypost.places.states import STATE_NAMES
from waypost.places.typed import Typed, read_less, read_typed, state_beside

_FEW_DIGITS = re.compile(r"^[0-9]{3,4}\b|\b[0-9]{3,4}$")
Reader = Callable[[Typed], Resolution | None]
MOST_TAIL = 4


def read_words(text: str) -> Resolution:
    """The place that words mean; digits that make a ZIP are read before."""
    written = read_typed(text)
    answer = _nowhere(written) or _by_key(text) or _as_written(written)
    if answer:
        return answer
    less = read_less(text)
    return first_answer(read(less) for read in _READERS) or Unknown(text, ())


def first_answer(answers: Iterable[Resolution | None]) -> Resolution | None:
    """The first that is one."""
    for answer in answers:
        if answer:
            return answer
    return None


def _nowhere(typed: Typed) -> Resolution | None:
    """What names no place: where the person is, the whole country, another country."""
    words = plain(typed.text)
    if around.is_here(words):
        return Unknown(typed.text, (), Why.HERE)
    if around.is_country(words):
        return Unknown(typed.text, (), Why.COUNTRY)
    if is_foreign_capital(words):
        return Unknown(typed.text, (), Why.ABROAD)
    if is_another_country(words) and not any(c.weight for c in candidates(words)):
        return Unknown(typed.text, (), Why.ABROAD)
    return None


def _by_key(text: str) -> Resolution | None:
    """A town or county by its whole key ("Nassau, NY"), so that what was chosen is not asked
    again; what else answers to the name is the way out."""
    name, comma, code = text.rpartition(",")
    state = code.strip().upper()
    if not comma or state not in STATE_NAMES:
        return None
    words = plain(name)
    exact = [c for c in candidates(words, state) if not c.bare and plain(c.row.name) == words]
    if len(exact) != 1:
        return None
    place = exact[0].place
    others = places_in(named(text, words, state))
    return Found(place, others=tuple(other for other in others if other != place))


def _as_written(typed: Typed) -> Resolution | None:
    """A name with its state, a name alone, or a state alone."""
    if not typed.parts:
        return _state_alone(typed)
    whole = plain(typed.text)
    line = known(whole) if typed.state and "," not in typed.text else None
    if line and (line.kind not in PART_OF_A_PLACE or not has_town(typed.name, typed.state)):
        return named(typed.text, whole)  # "West Texas" is no town in Texas
    answer = named(typed.text, typed.name, typed.state)
    return answer or (named(typed.text, whole) if typed.state else None)


def _state_alone(typed: Typed) -> Resolution | None:
    if not typed.state:
        return None
    words = plain(typed.text)
    if known(words):
        return named(typed.text, words)
    return choose_state(typed.text, state_place(typed.state), surely=typed.surely)


def _abroad(typed: Typed) -> Resolution | None:
    lines = map(known, typed.parts)
    if any(line and line.answer is KnownAnswer.OVERSEAS for line in lines):
        return Unknown(typed.text, (), Why.MILITARY)
    if ends_abroad(typed.parts) or (not typed.state and is_abroad(typed.name)):
        return Unknown(typed.text, (), Why.ABROAD)
    return None


def _lost_zero(typed: Typed) -> Resolution | None:
    """ "2139 MA" and "Cambridge MA 2139": a ZIP of the state without its first zero."""
    match = _FEW_DIGITS.search(typed.name)
    if not match:
        return None
    state = typed.state or state_beside(typed.text, match[0])
    place = with_lost_zero(match[0], state) if state else None
    return Found(place, corrected=True) if place else None


def _county_first(typed: Typed) -> Resolution | None:
    names = around.county_first(typed.name)
    return first_answer(named(typed.text, name, typed.state) for name in names)


def _township(typed: Typed) -> Resolution | None:
    """A town or township: a village of the same name is another place, so it is asked about."""
    words = plain(typed.text)
    if not around.says_township(words):
        return None
    name = around.without_township(typed.name)
    answer = named(typed.text, name, typed.state)
    if isinstance(answer, Found) and answer.others:
        return with_others(answer, (), typed.text, Why.INSIDE)
    return answer


def _in_full(typed: Typed) -> Resolution | None:
    return first_answer(named(typed.text, name, typed.state) for name in written_out(typed.name))


def _together(typed: Typed) -> Resolution | None:
    return named_together(typed.text, typed.name, typed.state)


def _without_city(typed: Typed) -> Resolution | None:
    """ "Austin city" for Austin."""
    bare = typed.name.removesuffix(" city").removesuffix(" town").removesuffix(" village")
    return named(typed.text, bare, typed.state) if bare != typed.name else None


def _surely_misspelled(typed: Typed) -> Resolution | None:
    near = closest(typed.text, typed.name, typed.state, same_letter=True)
    return None if isinstance(near, Unknown) else near


def _spelled_nearly(typed: Typed) -> Resolution | None:
    return closest(typed.text, typed.name, typed.state)


def _big_city_last(typed: Typed) -> Resolution | None:
    """ "Williamsburg Brooklyn", "downtown Austin": the end of the words is a big city."""
    words = typed.name.split()
    for size in range(min(MOST_TAIL, len(words) - 1), 0, -1):
        ending = " ".join(words[-size:])
        if big_city(ending, typed.state):
            answer = named(typed.text, ending, typed.state)
            return replace(answer, corrected=True) if isinstance(answer, Found) else answer
    return None


def _misspelled_state(typed: Typed) -> Resolution | None:
    """ "Memphis Tennesee": the last words are nearly a state, the words before a place in it."""
    words = [] if typed.state else typed.name.split()
    for size in (3, 2, 1):
        code = misspelled_state(" ".join(words[-size:])) if len(words) > size else ""
        if code:
            name = " ".join(words[:-size])
            answer = named(typed.text, name, code) or closest(typed.text, name, code)
            return replace(answer, corrected=True) if isinstance(answer, Found) else answer
    return None


def _city_of_another_state(typed: Typed) -> Resolution | None:
    """ "Chicago, WI": no such town there, so the big city and what is spelled nearly so there."""
    cities = big_city(typed.name) if typed.state else []
    if not cities:
        return None
    near = closest(typed.text, typed.name, typed.state)
    there = near.guesses if isinstance(near, Unknown) else places_in(near)
    offered = dict.fromkeys((*places_of(cities), *there))
    return Unknown(typed.text, tuple(offered)[:MAX_CHOICES], Why.SPELLING)


def _misspelled_state_after_comma(typed: Typed) -> Resolution | None:
    """ "Jackson, Missisippi"."""
    last = typed.parts[-1] if len(typed.parts) > 1 else ""
    known_place = typed.state or not last or candidates(last)
    return None if known_place else _misspelled_state(typed)


def _as_state_misspelled(typed: Typed) -> Resolution | None:
    """ "West Virgina": before towns that are spelled nearly so."""
    if typed.state or candidates(typed.name):
        return None
    code = misspelled_state(typed.name)
    return Found(state_place(code), corrected=True) if code else None


_READERS: tuple[Reader, ...] = (
    _as_written,
    _abroad,
    _lost_zero,
    _county_first,
    _township,
    of_a_street,
    _in_full,
    _together,
    _without_city,
    _city_of_another_state,
    state_first,
    _misspelled_state_after_comma,
    in_parts,
    _as_state_misspelled,
    _surely_misspelled,
    _big_city_last,
    _misspelled_state,
    _spelled_nearly,
)
