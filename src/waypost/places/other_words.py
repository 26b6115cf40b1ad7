"""Places named by a word that our tables do not use: a campus, a county by another state's word."""

from __future__ import annotations

import re
from functools import cache

from waypost.places.choosing import Candidate, choose, places_in
from waypost.places.known import known
from waypost.places.named import named
from waypost.places.names import (
    bare_county,
    counties_by_bare_name,
    rows_by_name,
    state_by_name,
)
from waypost.places.place import Ambiguous, Resolution, Why
from waypost.places.spelling import in_full, plain
from waypost.places.tables import counties
from waypost.places.typed import Typed

_CAMPUS = re.compile(
    r"\b(?:universit(?:y|ies)|univ|uni|universidad|campus)\b|^u of (?=\S)|^u (?=\S)"
)
_WRITTEN = re.compile(r"\b(?:univ|uni|universidad)\b")
_AROUND = re.compile(
    r"\b(?:university|the|of|at|in|campus|main|state|system|de|en)\b|^u of (?=\S)|^u (?=\S)"
)
_AFTER_AT = re.compile(r"^.*\b(?:university|u) (?:of )?.*\b(?:at|in) (?=\S)")


@cache
def _counties() -> frozenset[tuple[str, str]]:
    """Names and states of counties; that of Carson City is a town's as well."""
    return frozenset((row.name, row.state) for row in counties().values())


def of_a_campus(typed: Typed) -> Resolution | None:
    """ "Univ of Florida", "Boise State University": the list's line, else the town in its name,
    which is asked about, since a university may stand elsewhere."""
    whole = in_full(plain(typed.text))
    if not _CAMPUS.search(whole):
        return None
    words = _WRITTEN.sub("university", whole)
    words = re.sub(r"^u (?:of )?(?=\S)", "university of ", words).removeprefix("the ")
    for name in (words, words.removesuffix(" university"), words.replace(" campus", "")):
        if known(name):
            return named(typed.text, name)
    town = " ".join(_AROUND.sub(" ", _AFTER_AT.sub("", words)).split())
    state = state_by_name(town)
    inside = (state,) if state else places_in(named(typed.text, town)) if town else ()
    return Ambiguous(typed.text, inside, Why.INSIDE) if inside else None


def county_by_another_word(typed: Typed) -> Resolution | None:
    """ "Juneau Borough", "Orleans County LA", "Carson City County": a county by another word."""
    bare = bare_county(typed.name)
    if not bare:
        return None
    own = [row for row in rows_by_name().get(bare, ()) if (row.name, row.state) in _counties()]
    rows = [*counties_by_bare_name().get(bare, ()), *own]
    there = [Candidate(row) for row in rows if typed.state in ("", row.state)]
    alaskan = [c for c in there if typed.name.endswith(" borough") and c.row.state == "AK"]
    ranked = sorted(alaskan or there, key=lambda c: -c.weight)
    return choose(typed.text, ranked, typed.state)
