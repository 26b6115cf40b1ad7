"""A person's need, as one frozen question that web, API, command line and tests all speak."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from waypost.directory.facets import COLUMNS

LEVEL = "level"
DEFAULT_LEVEL = "iop"
ANY_LEVEL = "any"
DEFAULT_RADIUS = 25.0
MAX_RADIUS = 3000.0
DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 200
MAX_PAGE = 10_000
MAX_TEXT = 200
NEAREST = "nearest"
NOT_FACETS = frozenset({"code"})

Choices = tuple[tuple[str, tuple[str, ...]], ...]


class Sort(StrEnum):
    """How the answer is ordered."""

    NEAREST = "nearest"
    BEST = "best"
    NAME = "name"


class BadNeed(ValueError):
    """A need that cannot be searched; ``problems`` maps a field to a sentence for its reader."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Need:
    """What is looked for.

    ``place`` is what the person typed; ``radius_miles`` is None for "the nearest, however far".
    ``choices`` are (facet, options): any of the options within a facet, all of the facets.
    No choice in the facet "level" means any level of care. ``without`` are "facet:option"
    columns that must be absent. ``text`` is a program's or organization's name.
    """

    place: str = ""
    radius_miles: float | None = DEFAULT_RADIUS
    choices: Choices = ((LEVEL, (DEFAULT_LEVEL,)),)
    without: tuple[str, ...] = ()
    text: str = ""
    sort: Sort = Sort.NEAREST
    page: int = 1
    page_size: int = DEFAULT_PAGE_SIZE

    def __post_init__(self) -> None:
        problems = dict(_problems(self))
        if problems:
            raise BadNeed(problems)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The options chosen in each facet."""
        return dict(self.choices)

    @property
    def chosen_columns(self) -> frozenset[str]:
        """All chosen options as "facet:option" columns."""
        return frozenset(
            f"{facet}:{option}" for facet, options in self.choices for option in options
        )

    def with_choices(self, facet: str, options: Iterable[str]) -> Need:
        """The same need with other options in one facet (none opens the facet), on page 1."""
        chosen = self.chosen
        chosen[facet] = tuple(options)
        return replace(self, choices=tidy(chosen), page=1)


def tidy(chosen: Mapping[str, Iterable[str]]) -> Choices:
    """Choices in their one canonical order, empty facets left out."""
    return tuple(
        (facet, tuple(sorted(set(options))))
        for facet, options in sorted(chosen.items())
        if tuple(options)
    )


def clean_text(text: str) -> str:
    """Text without control characters and doubled spaces, in composed form (NFC)."""
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _problems(need: Need) -> Iterable[tuple[str, str]]:
    for name, text in (("near", need.place), ("q", need.text)):
        if len(text) > MAX_TEXT:
            yield name, f"That is longer than {MAX_TEXT} characters; please shorten it."
        elif text != clean_text(text):
            yield name, "That holds characters that cannot be searched; please type plain words."
    yield from _number_problems(need)
    if need.choices != tidy(need.chosen):
        yield "choices", "The choices are not in their canonical order."
    for facet, options in need.choices:
        yield from _choice_problems(facet, options)
    for column in need.without:
        facet, _, option = column.partition(":")
        yield from (("not", text) for _, text in _choice_problems(facet, (option,)))
    if need.without != tuple(sorted(set(need.without))):
        yield "not", "What is left out is not in its canonical order."
    clash = need.chosen_columns & set(need.without)
    if clash:
        yield "not", f"{', '.join(sorted(clash))} is both asked for and left out; choose one."


def _number_problems(need: Need) -> Iterable[tuple[str, str]]:
    radius = need.radius_miles
    if radius is not None and not (math.isfinite(radius) and 0 < radius <= MAX_RADIUS):
        yield "within", f"A distance runs from 1 to {MAX_RADIUS:.0f} miles, or is “nearest”."
    if not 1 <= need.page <= MAX_PAGE:
        yield "page", f"A page number runs from 1 to {MAX_PAGE}."
    if not 1 <= need.page_size <= MAX_PAGE_SIZE:
        yield "page_size", f"A page holds from 1 to {MAX_PAGE_SIZE} programs."


def _choice_problems(facet: str, options: Iterable[str]) -> Iterable[tuple[str, str]]:
    known = COLUMNS.get(facet)
    if known is None:
        yield facet[:40] or "choices", f"There is no facet called “{facet[:40]}”."
        return
    for option in options:
        if f"{facet}:{option}" not in known:
            yield facet, f"“{option[:40]}” is not one of the choices of {facet}."
