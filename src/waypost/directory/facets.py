"""The choices of the search, made of service codes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from waypost.directory.codes import CODES
from waypost.directory.site import Survey


class BadFacets(ValueError):
    """The data file of the facets is at odds with the codes."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: a site offers it if it has any of the codes."""

    facet: str
    key: str
    label: str
    label_es: str
    codes: frozenset[str]

    @property
    def column(self) -> str:
        """Its name in the search index."""
        return f"{self.facet}:{self.key}"


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of choices of which any may do."""

    key: str
    label: str
    label_es: str
    help: str
    options: tuple[Option, ...]


def _option(facet: str, line: str) -> Option:
    key, codes, label, label_es = (part.strip() for part in line.split("|"))
    unknown = set(codes.split()) - set(CODES)
    if unknown:
        raise BadFacets(f"{facet}:{key} names codes that do not exist: {sorted(unknown)}")
    return Option(facet, key, label, label_es, frozenset(codes.split()))


def _read() -> tuple[Facet, ...]:
    text = (files("waypost.directory") / "data" / "facets.yaml").read_text("utf-8")
    return tuple(
        Facet(
            f["key"],
            f["label"],
            f["label_es"],
            f["help"],
            tuple(_option(f["key"], line) for line in f["options"]),
        )
        for f in yaml.safe_load(text)["facets"]
    )


FACETS: tuple[Facet, ...] = _read()
COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{f.key: tuple(o.column for o in f.options) for f in FACETS},
    "code": tuple(f"code:{code}" for code in sorted(CODES)),
}
"""Each group of the search index with its columns; "code" holds every service code."""

_OPTIONS: Mapping[str, Option] = {o.column: o for f in FACETS for o in f.options}


def option(column: str) -> Option:
    """The choice with this column; a service code is a choice of its own."""
    found = _OPTIONS.get(column)
    if found is None:
        code = CODES[column.removeprefix("code:")]
        found = Option("code", code.code, code.name, code.name, frozenset({code.code}))
    return found


@cache
def _columns_of_code(code: str) -> tuple[str, ...]:
    return (f"code:{code}", *(c for c, o in _OPTIONS.items() if code in o.codes))


# A site has about a hundred columns, so a thousand sets are some ten megabytes.
@lru_cache(maxsize=1024)
def _columns_for(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(c for code in codes if code in CODES for c in _columns_of_code(code))


def columns_for(codes: Collection[str]) -> frozenset[str]:
    """The columns a site with these codes has; codes not yet known are passed over."""
    return _columns_for(frozenset(codes))


def levels_for(codes: Collection[str]) -> list[str]:
    """The columns of the levels of care that a site with these codes offers."""
    return [c for c in COLUMNS["level"] if not _OPTIONS[c].codes.isdisjoint(codes)]


@cache
def known_for(surveys: frozenset[Survey]) -> frozenset[str]:
    """The columns that these surveys ask about at all; the rest is unknown, not absent."""
    asked = {c.code for c in CODES.values() if c.surveys & surveys}
    return frozenset(
        [column for column, o in _OPTIONS.items() if o.codes & asked]
        + [f"code:{code}" for code in asked]
    )


def find_option(text: str) -> Option | None:
    """Read what is typed on a command line: a column, a code, a choice's key or its label."""
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
        found = next((o for o in _OPTIONS.values() if match(o)), None)
        if found:
            return found
    return None
