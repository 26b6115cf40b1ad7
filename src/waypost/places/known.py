"""Nicknames, regions and other names that no table of towns has: a reviewed list.

Each line of ``data/known_names.tsv`` has the names, whether they are taken at once (``is``), asked
about (``ask``) or are abroad (``overseas``), the keys of their places, their kind, and the source
or the reason for it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from waypost.places.around import without_township
from waypost.places.spelling import plain
from waypost.places.states import STATE_NAMES


class KnownAnswer(StrEnum):
    """What is done with a known name."""

    IS = "is"
    ASK = "ask"
    OVERSEAS = "overseas"


class KnownKind(StrEnum):
    """What sort of name it is."""

    NICKNAME = "nickname"
    AIRPORT = "airport"
    COUNTY = "county"
    REGION = "region"
    ISLAND = "island"
    BOROUGH = "borough"
    NEIGHBORHOOD = "neighborhood"
    BASE = "base"
    OVERSEAS = "overseas"
    TOWNSHIP = "township"
    CAMPUS = "campus"
    RESERVATION = "reservation"
    FORMER = "former"
    SPANISH = "spanish"


PART_OF_A_PLACE = frozenset({KnownKind.NEIGHBORHOOD, KnownKind.TOWNSHIP, KnownKind.CAMPUS})
"""Kinds that are asked about even if only one place is left: the name means something in or beside
that place, not the place itself."""


@dataclass(frozen=True, slots=True)
class Known:
    """A line of the list; ``places`` are keys, ``states`` the postal codes that they lie in."""

    names: tuple[str, ...]
    answer: KnownAnswer
    places: tuple[str, ...]
    kind: KnownKind
    reason: str

    def places_in(self, state: str) -> tuple[str, ...]:
        """Its places in a state, without the state itself."""
        return tuple(key for key in self.places if key.endswith(f", {state}") or key.isdigit())

    @property
    def states(self) -> frozenset[str]:
        """The postal codes after the commas of its places."""
        return frozenset(key[-2:] for key in self.places if key[-4:-2] == ", ")


@cache
def known_lines() -> tuple[Known, ...]:
    """The list, as reviewed."""
    text = (files("waypost.places") / "data" / "known_names.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        Known(
            tuple(row["names"].split("|")),
            KnownAnswer(row["answer"]),
            tuple(filter(None, row["places"].split("; "))),
            KnownKind(row["kind"]),
            row["reason"],
        )
        for row in rows
    )


@cache
def known_names() -> Mapping[str, Known]:
    """The lines by each of their plain names."""
    return {plain(name): line for line in known_lines() for name in line.names}


def known(words: str, state: str = "") -> Known | None:
    """The line of a plain name; if a state is named, only a line with a place in it."""
    names = known_names()
    line = names.get(words) or names.get(without_township(words))
    if line is None or not state or state in line.states:
        return line
    return line if line.answer is KnownAnswer.IS and _lies_in(line, state) else None


def _lies_in(line: Known, state: str) -> bool:
    return any(key == STATE_NAMES[state] for key in line.places)


@cache
def stands_for_post_office() -> frozenset[tuple[str, str]]:
    """Plain names with a state whose post office is not a place beside the one that is known."""
    listed = {key for line in known_lines() for key in line.places}
    meant = frozenset(
        (name, state)
        for name, line in known_names().items()
        for state in (line.states if line.answer is KnownAnswer.IS else _first_state(line))
    )
    return meant - {(plain(key[:-4]), key[-2:]) for key in listed}


def _first_state(line: Known) -> frozenset[str]:
    return frozenset(key[-2:] for key in line.places[:1] if key[-4:-2] == ", ")
