"""Reads a street address, or a place between commas with what is in or around it."""

from __future__ import annotations

import re
from dataclasses import replace

from waypost.places.choosing import places_in, with_others
from waypost.places.named import big_city, named
from waypost.places.names import COUNTY_WORDS
from waypost.places.place import Ambiguous, Found, Resolution, Why
from waypost.places.spelling import as_typed
from waypost.places.state_words import state_named
from waypost.places.typed import Typed

_STREET = re.compile(
    r"^(?:[nsew] ?\d+(?: ?[nsew] ?\d+)? |\d+[a-z]? |p ?o box|po box|box \d|rr \d|apt |suite |"
    r"calle |carr |urb |km )|"
    r" (?:street|avenue|ave|road|rd|blvd|boulevard|drive|dr|lane|ln|highway|hwy|pkwy|parkway)$"
)
_CORNER = re.compile(
    r"^\W*(?:(?:the )?(?:corner|intersection) of|(?:la )?esquina de)\b|"
    r"^[\w.' ]+(?: (?:and|at|y|con) |\s*[&@/+]\s*)[\w.' ]+,",
    re.IGNORECASE,
)
"""Two streets that meet, as typed, with a town after a comma: "5th & Main, Austin"."""
MOST_WORDS = 4
MOST_STATE_WORDS = 3


def has_a_street(words: str) -> bool:
    """Whether plain words begin with a house number or name a street or a box."""
    return bool(_STREET.search(words))


def names_a_street(text: str) -> bool:
    """Whether a text holds a street or a corner, which is more than a search needs to know."""
    return bool(_CORNER.match(text)) or any(map(has_a_street, map(as_typed, text.split(","))))


def of_a_street(typed: Typed) -> Resolution | None:
    """The town of a street address: the longest end of its words that is one.

    Without a state or a comma before the town, only a big city's name is read this way.
    """
    if not any(map(has_a_street, typed.parts)) and not _CORNER.match(typed.text):
        return None
    for i, part in reversed([*enumerate(typed.parts)]):
        words = part.split()
        for size in range(min(MOST_WORDS, len(words)), 0, -1):
            ending = " ".join(words[-size:])
            whole = i > 0 and size == len(words)
            if typed.state or whole or big_city(ending):
                answer = named(typed.text, ending, typed.state)
                if answer:
                    return _corrected(answer)
    return None


def in_parts(typed: Typed) -> Resolution | None:
    """ "Austin, Travis County, Texas" is the town; "Flushing, Queens" is asked about."""
    if len(typed.parts) < 2:
        return None
    *_, before, last = typed.parts
    outer = named(typed.text, last, typed.state)
    if last.endswith(COUNTY_WORDS) or outer is None:
        return _town_in_county(typed, before, outer)
    if not isinstance(outer, Found):
        return None
    inner = named(typed.text, before, outer.place.state)
    if inner is None:
        return replace(outer, corrected=True) if big_city(last, typed.state) else None
    if isinstance(inner, Found) and inner.place == outer.place:
        return outer
    inside = [inner.place] if isinstance(inner, Found) else places_in(inner)
    return with_others(replace(outer, others=()), inside, typed.text, Why.INSIDE)


def _town_in_county(typed: Typed, before: str, county: Resolution | None) -> Resolution | None:
    """The town before a county, in the county's state; if several, the one in that county."""
    state = typed.state or (county.place.state if isinstance(county, Found) else "")
    answer = named(typed.text, before, state)
    if isinstance(answer, Ambiguous) and isinstance(county, Found):
        inside = [p for p in answer.choices if p.county_fips == county.place.county_fips]
        return Found(inside[0]) if len(inside) == 1 else answer
    return answer


def state_first(typed: Typed) -> Resolution | None:
    """ "TX Austin", "New York Buffalo": the state stands before the town."""
    words = [] if typed.state else typed.name.split()
    for size in range(min(MOST_STATE_WORDS, len(words) - 1), 0, -1):
        state = state_named(" ".join(words[:size]))
        if state:
            return named(typed.text, " ".join(words[size:]), state.code)
    return None


def _corrected(answer: Resolution) -> Resolution:
    return replace(answer, corrected=True) if isinstance(answer, Found) else answer
