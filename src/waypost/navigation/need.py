"""A person's need, as one frozen question that web, API, command line and tests all use."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from waypost.directory.facets import COLUMNS, FACET, Join
from waypost.navigation.hours import MOST_SPANS, HoursAsked, Shown
from waypost.navigation.who import band_of, special_groups
from waypost.places.states import STATE_NAMES

LEVEL = "level"
AGE = "age"
DEFAULT_LEVEL = "iop"
ANY_LEVEL = "any"
DEFAULT_RADIUS = 25.0
MAX_RADIUS = 3000.0
DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 200
MAX_PAGE = 10_000
MAX_TEXT = 200
MAX_YEARS = 120
NEAREST = "nearest"
NOT_FACETS = frozenset({"code"})
WISHES = frozenset(key for key, facet in FACET.items() if not facet.public)
"""Facets that no public list knows of: a choice there hides no program."""
TIME = "time"
"""Day, evenings, weekends: the one facet that is asked of a program's own word on its hours."""

Choices = tuple[tuple[str, tuple[str, ...]], ...]


NO_HOURS = HoursAsked()


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
    ``choices`` are (facet, options): the facet decides whether all of its options are needed
    or any, and every facet must be met. ``any_of`` are "all" facets where any option is enough.
    No choice in the facet "level" means any level of care. ``without`` are "facet:option"
    columns that must be absent. ``prefer`` are columns that are a reason and a bonus, and hide no
    program. ``years`` is the person's age where it was told; its band is then among the choices.
    ``state`` is a postal code, for programs in that state alone. ``text`` is a program's or
    organization's name. ``hours`` is what is asked of hours and places.
    """

    place: str = ""
    radius_miles: float | None = DEFAULT_RADIUS
    choices: Choices = ((LEVEL, (DEFAULT_LEVEL,)),)
    without: tuple[str, ...] = ()
    text: str = ""
    sort: Sort = Sort.NEAREST
    page: int = 1
    page_size: int = DEFAULT_PAGE_SIZE
    any_of: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    years: int | None = None
    state: str = ""
    hours: HoursAsked = NO_HOURS

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

    @property
    def required(self) -> Choices:
        """The choices that a program must meet: all except wishes."""
        return tuple((facet, options) for facet, options in self.choices if facet not in WISHES)

    @property
    def asks_hours(self) -> bool:
        """Whether anything is asked that only a program itself can say."""
        return TIME in self.chosen or replace(self.hours, shown=Shown.ALL) != NO_HOURS

    @property
    def special_groups(self) -> frozenset[str]:
        """The groups for people like this person; having one is a bonus, not a condition."""
        named = self.named_columns
        return special_groups(named) - named

    @property
    def named_columns(self) -> frozenset[str]:
        """Everything the person named: what is chosen and what is preferred."""
        return self.chosen_columns | set(self.prefer)

    def joins(self, facet: str) -> Join:
        """Whether every option chosen in a facet must be offered, or any one is enough."""
        described = FACET.get(facet)
        return Join.ANY if described is None or facet in self.any_of else described.join

    def with_choices(self, facet: str, options: Iterable[str]) -> Need:
        """The same need with other options in one facet (none opens the facet), on page 1."""
        chosen = self.chosen
        chosen[facet] = tuple(options)
        any_of = tuple(f for f in self.any_of if chosen.get(f))
        prefer = tuple(p for p in self.prefer if p not in {f"{facet}:{o}" for o in chosen[facet]})
        years = self.years
        if years is not None and band_of(years) not in chosen.get(AGE, ()):
            years = None
        return replace(
            self, choices=tidy(chosen), any_of=any_of, prefer=prefer, years=years, page=1
        )


def tidy(chosen: Mapping[str, Iterable[str]]) -> Choices:
    """Choices in their one canonical order, empty facets left out."""
    return tuple(
        (facet, tuple(sorted(set(options))))
        for facet, options in sorted(chosen.items())
        if tuple(options)
    )


def clean_text(text: str) -> str:
    """Text without control characters or repeated spaces, in composed form (NFC)."""
    if text.isascii() and text.isprintable() and text == " ".join(text.split()):
        return text  # as most are
    printable = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return unicodedata.normalize("NFC", " ".join(printable.split()))


def _problems(need: Need) -> Iterable[tuple[str, str]]:
    for name, text in (("near", need.place), ("q", need.text)):
        if len(text) > MAX_TEXT:
            yield name, f"That is longer than {MAX_TEXT} characters; please shorten it."
        elif text != clean_text(text):
            yield name, "That has characters that cannot be searched; please type plain words."
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
    yield from _who_problems(need)
    if len(need.hours.free) >= MOST_SPANS:
        yield "come", f"Give fewer than {MOST_SPANS} spans of hours."
    clash = need.named_columns & set(need.without)
    if clash:
        yield "not", f"{', '.join(sorted(clash))} is both asked for and left out; choose one."


def _who_problems(need: Need) -> Iterable[tuple[str, str]]:
    for facet in need.any_of:
        if facet not in FACET or FACET[facet].join is not Join.ALL:
            yield "any", f"“{facet[:40]}” is not a facet that is joined by “all of these”."
        elif facet not in need.chosen:
            yield "any", f"Nothing is chosen in {facet}."
    for column in need.prefer:
        facet, _, option = column.partition(":")
        yield from (("prefer", text) for _, text in _choice_problems(facet, (option,)))
    if need.chosen_columns.intersection(need.prefer):
        yield "prefer", "What must be offered need not be preferred as well."
    for name in ("any_of", "prefer"):
        values = getattr(need, name)
        if values != tuple(sorted(set(values))):
            yield name, "The list is not in its canonical order."
    if need.years is not None and not 0 <= need.years <= MAX_YEARS:
        yield AGE, f"An age must be from 0 to {MAX_YEARS}."
    elif need.years is not None and band_of(need.years) not in need.chosen.get(AGE, ()):
        yield AGE, "The age is not among the ages chosen."
    if need.state and need.state not in STATE_NAMES:
        yield "state", f"“{need.state[:40]}” is not a state’s postal code, such as TX."


def _number_problems(need: Need) -> Iterable[tuple[str, str]]:
    radius = need.radius_miles
    if radius is not None and not (math.isfinite(radius) and 0 < radius <= MAX_RADIUS):
        yield "within", f"A distance must be from 1 to {MAX_RADIUS:.0f} miles, or “nearest”."
    if not 1 <= need.page <= MAX_PAGE:
        yield "page", f"A page number must be from 1 to {MAX_PAGE}."
    if not 1 <= need.page_size <= MAX_PAGE_SIZE:
        yield "page_size", f"A page must hold from 1 to {MAX_PAGE_SIZE} programs."


def _choice_problems(facet: str, options: Iterable[str]) -> Iterable[tuple[str, str]]:
    columns = COLUMNS.get(facet)
    if columns is None:
        yield facet[:40] or "choices", f"There is no facet called “{facet[:40]}”."
        return
    for option in options:
        if f"{facet}:{option}" not in columns:
            yield facet, f"“{option[:40]}” is not one of the choices of {facet}."
