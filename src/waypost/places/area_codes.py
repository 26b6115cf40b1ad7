"""Telephone area codes, which people type where a ZIP is asked for.

``data/area_codes.tsv`` has the codes in service in late 2026 with one to four towns of each: most
were worked out from the numbers that the directory lists, the others set by hand. A test compares
their states with the geocoding data of libphonenumber. The list of the North American Numbering
Plan Administrator (nanpa.com) could not be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from waypost.places.named import place_of_key
from waypost.places.place import Ambiguous, Resolution, Unknown, Why
from waypost.places.postal import read_digits

_SAID = re.compile(
    r"^(?:the |el )?(?:area ?codes?|c[oó]digo de [aá]rea|[aá]rea)[ :#.]*\(?(\d{3})\)?$|"
    r"^(?:the )?\(?(\d{3})\)? (?:area ?code|area)$|^(?:the|el) \(?(\d{3})\)?$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^\(?(\d{3})\)?$")
_TELEPHONE = re.compile(r"^(?:\+?1[ .-]*)?\(?(\d{3})\)?[ .-]*\d{3}[ .-]*\d{4}$")
MOST_ZIPS = 4


@cache
def towns_of_codes() -> Mapping[str, tuple[str, ...]]:
    """The keys of the towns of each area code."""
    lines = (files("waypost.places") / "data" / "area_codes.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return {code: tuple(keys.split("; ")) for codes, keys in rows for code in codes.split()}


def read_area_code(text: str) -> Resolution | None:
    """ "area code 512", "(512) 555-0100" or three digits alone, which may begin a ZIP as well."""
    alone = _ALONE.match(text)
    match = alone or _SAID.match(text) or _TELEPHONE.match(text)
    if match is None:
        return None
    keys = towns_of_codes().get(next(filter(None, match.groups())))
    zips = read_digits(alone[1]) if alone else None
    if keys is None:
        return zips
    begun = zips.guesses[:MOST_ZIPS] if isinstance(zips, Unknown) else ()
    return Ambiguous(text, (*map(place_of_key, keys), *begun), Why.AREA_CODE)
