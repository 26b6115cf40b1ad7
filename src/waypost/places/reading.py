"""Turns words into a place: each reader tries one way of reading, surest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from waypost.places import around
from waypost.places.abroad import (
    best_known_abroad,
    ends_abroad,
    is_abroad_with_its_country,
    is_city_abroad_by_itself,
    namesakes,
)
from waypost.places.address import in_parts, of_a_street, state_first
from waypost.places.choosing import (
    candidates,
    choose_state,
    places_in,
    with_others,
)
from waypost.places.known import PART_OF_A_PLACE, KnownAnswer, known
from waypost.places.making import state_place
from waypost.places.named import has_town, named, named_together
from waypost.places.other_words import county_by_another_word, of_a_campus
from waypost.places.parts_of_states import part_of_a_state
from waypost.places.place import Ambiguous, Found, Resolution, Unknown, Why
from waypost.places.postal import with_lost_zero
from waypost.places.several import side_by_side, with_a_word_between
from waypost.places.shortened import written_out
from waypost.places.slips import (
    as_state_misspelled,
    big_city_last,
    city_of_another_state,
    county_last,
    misspelled_state_after_comma,
    spelled_nearly,
    state_joined,
    state_misspelled_last,
    surely_misspelled,
    wrong_digits_last,
)
from waypost.places.spelling import plain
from waypost.places.states import STATE_NAMES
from waypost.places.typed import Typed, read_less, read_typed, state_beside

_FEW_DIGITS = re.compile(r"^[0-9]{3,4}\b|\b[0-9]{3,4}$")
_LABEL = re.compile(
    r"\b(?:city|state|town|county|zip|location|address|place|ciudad|estado|direccion|lugar)\s*[:=]",
    re.IGNORECASE,
)
Reader = Callable[[Typed], Resolution | None]


def read_words(text: str) -> Resolution:
    """The place that words mean; digits that make a ZIP are read before."""
    text = _LABEL.sub(" ", text)
    written = read_typed(text)
    answer = first_answer(
        read(written) for read in (_nowhere, _of_a_key, _as_written, part_of_a_state)
    )
    if answer:
        return answer
    less = read_less(text)
    return first_answer(read(less) for read in _READERS) or Unknown(text, ())


def first_answer(answers: Iterable[Resolution | None]) -> Resolution | None:
    """The first answer that is not None."""
    for answer in answers:
        if answer:
            return answer
    return None


def _nowhere(typed: Typed) -> Resolution | None:
    """Text that names no place here: "near me", the whole country, another country."""
    words = plain(typed.text)
    if around.is_here(words):
        return Unknown(typed.text, (), Why.HERE)
    if around.is_country(words) or around.is_everywhere(words):
        return Unknown(typed.text, (), Why.COUNTRY)
    if around.is_online(words):
        return Unknown(typed.text, (), Why.ONLINE)
    if is_city_abroad_by_itself(words):
        return Unknown(typed.text, (), Why.ABROAD)
    if best_known_abroad(words) and not known(words):
        return Unknown(typed.text, namesakes(words), Why.ABROAD)
    return None


def _of_a_key(typed: Typed) -> Resolution | None:
    """A town or county by its whole key ("Nassau, NY"), so that what was chosen is not asked
    again; what else answers to the name is the way out."""
    text = typed.text
    name, comma, code = text.rpartition(",")
    state = code.strip().upper()
    if not comma or state not in STATE_NAMES:
        return None
    words = plain(name)
    exact = [c for c in candidates(words, state) if not c.bare and plain(c.row.name) == words]
    if len(exact) != 1:
        return None
    place = exact[0].place
    namesakes = places_in(named(text, words, state))
    return Found(place, others=tuple(o for o in namesakes if o != place))


def _as_written(typed: Typed) -> Resolution | None:
    """A name with its state, a name alone, or a state alone."""
    if not typed.parts:
        return _state_alone(typed)
    whole = plain(typed.text)
    line = known(whole) if typed.state and "," not in typed.text else None
    if line and (line.kind not in PART_OF_A_PLACE or not has_town(typed.name, typed.state)):
        return named(typed.text, whole)  # "West Texas" is not a town in Texas
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
    alone = not typed.state and best_known_abroad(typed.name) and not known(typed.name)
    if alone or ends_abroad(typed.parts) or is_abroad_with_its_country(typed.name):
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
    if not around.says_township(typed.name):
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


def _without_the(typed: Typed) -> Resolution | None:
    bare = typed.name.removeprefix("the ")
    return named(typed.text, bare, typed.state) if bare != typed.name else None


def _of_a_nation(typed: Typed) -> Resolution | None:
    """ "Seminole Indian reservation": the list's line, or places of the name, asked about."""
    bare = around.without_reservation(typed.name)
    if bare == typed.name:
        return None
    for name in (f"{bare} reservation", f"{bare} nation", bare):
        if known(name, typed.state):
            return named(typed.text, name, typed.state)
    inside = places_in(named(typed.text, bare, typed.state))
    return Ambiguous(typed.text, inside, Why.INSIDE) if inside else None


_READERS: tuple[Reader, ...] = (
    _as_written,
    of_a_campus,
    _abroad,
    _lost_zero,
    wrong_digits_last,
    county_last,
    county_by_another_word,
    _county_first,
    _township,
    _of_a_nation,
    with_a_word_between,
    of_a_street,
    _in_full,
    _together,
    _without_city,
    _without_the,
    state_joined,
    side_by_side,
    city_of_another_state,
    state_first,
    misspelled_state_after_comma,
    in_parts,
    as_state_misspelled,
    surely_misspelled,
    big_city_last,
    state_misspelled_last,
    spelled_nearly,
)
