"""Places in other countries, which a search of the United States cannot find.

``data/abroad.tsv`` lists countries (in English and Spanish), provinces of the neighbors, and cities
that are asked for. Many a city of the United States has the name of one of them: whoever types
"Paris" alone may mean Texas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from waypost.places.choosing import MAX_CHOICES, candidates, places_of
from waypost.places.place import Place

LARGE_TOWN = {"country": 20_000, "city": 10_000, "province": 1_000}
"""A town of the United States with so many people is meant as often as its namesake abroad of each
kind."""

_CANADIAN_CODE = re.compile(r"(?:^|(?<= ))[a-z]\d[a-z] ?\d[a-z]\d$")
_SAYS_SO = re.compile(r"^(?:ciudad (?:de )?mexico|mexico city|(?:cd|ciudad) juarez)$")
MOST_WORDS = 5


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    """The plain names of each kind."""
    lines = (files("waypost.places") / "data" / "abroad.tsv").read_text("utf-8").splitlines()[1:]
    listed: dict[str, set[str]] = {}
    for kind, _, names in (line.split("\t") for line in lines):
        listed.setdefault(kind, set()).update(names.split("|"))
    return {kind: frozenset(names) for kind, names in listed.items()}


def _is(words: str, *kinds: str) -> bool:
    return any(words in _listed()[kind] for kind in kinds)


def ends_abroad(parts: tuple[str, ...]) -> bool:
    """Whether the last of several parts is a country or a neighbor's province."""
    return len(parts) > 1 and _is(parts[-1], "country", "province", "province code")


def is_city_abroad_by_itself(words: str) -> bool:
    """Whether plain words are a city abroad that says so itself: "ciudad de Mexico"."""
    return bool(_SAYS_SO.match(words) or _CANADIAN_CODE.search(words))


def best_known_abroad(words: str) -> bool:
    """Whether plain words alone are a country, a province or a city abroad, and no large town of
    the United States has the name."""
    large = [LARGE_TOWN[kind] for kind in LARGE_TOWN if _is(words, kind)]
    towns = (c.weight for c in candidates(words) if not c.bare)
    return bool(large) and max(towns, default=0) < max(large)


def namesakes(words: str) -> tuple[Place, ...]:
    """The places here that bear the name of one abroad."""
    return places_of(c for c in candidates(words) if c.weight)[:MAX_CHOICES]


def is_abroad_with_its_country(words: str) -> bool:
    """Whether plain words end in a country or a province: "toronto canada", "hamilton ontario".

    Where a town here has the country's name, a city abroad must stand before it.
    """
    split = words.split()
    for size in range(1, min(MOST_WORDS, len(split) - 1) + 1):
        head, tail = " ".join(split[:-size]), " ".join(split[-size:])
        if _is(tail, "country", "province", "province code"):
            own = any(c.weight for c in candidates(tail)) or _is(tail, "province code")
            if not own or _is(head, "city"):
                return True
    return False
