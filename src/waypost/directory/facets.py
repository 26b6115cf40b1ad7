"""The search's choices, built from service codes."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from waypost.directory.codes import CODES
from waypost.directory.site import Survey


class BadFacets(ValueError):
    """The facets' data file contradicts the service codes."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice; a site offers it if it has any of ``codes`` and none of ``absent``."""

    facet: str
    key: str
    label: str
    label_es: str
    codes: frozenset[str]
    absent: frozenset[str] = frozenset()

    @property
    def column(self) -> str:
        """Its name in the search index."""
        return f"{self.facet}:{self.key}"

    def offered(self, codes: Collection[str]) -> bool:
        """Whether a site with these codes offers it."""
        return not self.codes.isdisjoint(codes) and self.absent.isdisjoint(codes)


class Join(StrEnum):
    """What several choices in one facet mean: one of them is enough, or each must be offered."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of choices.

    ``join`` says what several choices mean by default; where it is ALL, a search may ask for "any
    of these" instead. ``public`` is False where no public list has the answer and only the
    program itself can give it: such a choice is a wish and hides no program.
    """

    key: str
    label: str
    label_es: str
    help: str
    help_es: str
    options: tuple[Option, ...]
    join: Join
    public: bool


_DATA = tomllib.loads((files("waypost.directory") / "data" / "facets.toml").read_text("utf-8"))
OWN_CODES = frozenset[str](_DATA["own_codes"])
"""Codes outside every survey, for what only a program itself can say."""


def _option(facet: str, line: str) -> Option:
    key, codes, label, label_es = (part.strip() for part in line.split("|"))
    present = frozenset(code for code in codes.split() if not code.startswith("!"))
    absent = frozenset(code[1:] for code in codes.split() if code.startswith("!"))
    unknown = [code for code in present | absent if code not in CODES and code not in OWN_CODES]
    if unknown:
        raise BadFacets(f"{facet}:{key} names codes that do not exist: {sorted(unknown)}")
    return Option(facet, key, label, label_es, present, absent)


def _facet(data: Mapping[str, Any]) -> Facet:
    return Facet(
        data["key"],
        data["label"],
        data["label_es"],
        data["help"],
        data["help_es"],
        tuple(_option(data["key"], line) for line in data["options"]),
        Join(data.get("join", Join.ANY)),
        data.get("public", True),
    )


FACETS: tuple[Facet, ...] = tuple(map(_facet, _DATA["facets"]))
FACET: Mapping[str, Facet] = {facet.key: facet for facet in FACETS}
"""Each facet by its key."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{f.key: tuple(o.column for o in f.options) for f in FACETS},
    "code": tuple(f"code:{code}" for code in sorted(CODES)),
}
"""Each group of the search index with its columns; "code" holds every service code."""

_OPTIONS: Mapping[str, Option] = {o.column: o for f in FACETS for o in f.options}


def option(column: str) -> Option:
    """The choice with this column; a service code is a choice of its own."""
    choice = _OPTIONS.get(column)
    if choice is None:
        code = CODES[column.removeprefix("code:")]
        choice = Option("code", code.code, code.name, code.name, frozenset({code.code}))
    return choice


@cache
def _columns_of_code(code: str) -> tuple[str, ...]:
    own = () if code in OWN_CODES else (f"code:{code}",)
    return (*own, *(c for c, o in _OPTIONS.items() if code in o.codes))


_EXCLUSIVE = tuple(o for o in _OPTIONS.values() if o.absent)


# A site has about a hundred columns, so a thousand sets are some ten megabytes.
@lru_cache(maxsize=1024)
def _columns_for(codes: frozenset[str]) -> frozenset[str]:
    described = (code for code in codes if code in CODES or code in OWN_CODES)
    columns = {column for code in described for column in _columns_of_code(code)}
    return frozenset(columns - {o.column for o in _EXCLUSIVE if not o.offered(codes)})


def columns_for(codes: Collection[str]) -> frozenset[str]:
    """The columns a site with these codes has; unknown codes are ignored."""
    return _columns_for(frozenset(codes))


def levels_for(codes: Collection[str]) -> list[str]:
    """The columns of the levels of care that a site with these codes offers."""
    return [c for c in COLUMNS["level"] if _OPTIONS[c].offered(codes)]


@cache
def known_for(surveys: frozenset[Survey]) -> frozenset[str]:
    """The columns these surveys ask about; any other column is unknown, not absent."""
    codes = {c.code for c in CODES.values() if c.surveys & surveys}
    return frozenset(
        [column for column, o in _OPTIONS.items() if o.codes & codes]
        + [f"code:{code}" for code in codes]
    )


def find_option(text: str) -> Option | None:
    """The choice typed on a command line as a column, a code, a key or a label; None if no such."""
    if text in _OPTIONS:
        return _OPTIONS[text]
    if text.upper() in CODES:
        return option(f"code:{text.upper()}")
    plain = text.casefold().strip()
    for match in (
        lambda o: o.key == plain,
        lambda o: plain in (o.label.casefold(), o.label_es.casefold()),
        lambda o: len(plain) > 3 and o.label.casefold().startswith(plain),
    ):
        choice = next((o for o in _OPTIONS.values() if match(o)), None)
        if choice:
            return choice
    return None
