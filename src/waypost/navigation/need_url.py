"""Converts a need to a readable query string and back without loss."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from waypost.directory.facets import COLUMNS
from waypost.navigation.hours import hours_from_query
from waypost.navigation.need import (
    AGE,
    ANY_LEVEL,
    DEFAULT_LEVEL,
    DEFAULT_PAGE_SIZE,
    DEFAULT_RADIUS,
    LEVEL,
    MAX_RADIUS,
    MAX_TEXT,
    MAX_YEARS,
    NEAREST,
    BadNeed,
    Need,
    Sort,
    clean_text,
    tidy,
)
from waypost.navigation.who import band_of

MAX_VALUES = 64
"""More values than any facet has options, so no person sends this many."""


def query_pairs(need: Need) -> list[tuple[str, str]]:
    """The need as (name, value) pairs, defaults left out."""
    pairs = [("near", need.place)] if need.place else []
    if need.radius_miles != DEFAULT_RADIUS:
        pairs.append(("within", _radius_text(need.radius_miles)))
    if need.state:
        pairs.append(("state", need.state))
    pairs += [
        (f, _as_written(need, f, o)) for f, options in need.choices if f != LEVEL for o in options
    ]
    levels = need.chosen.get(LEVEL, (ANY_LEVEL,))
    if levels != (DEFAULT_LEVEL,):
        pairs += [(LEVEL, level) for level in levels]
    pairs += [("any", facet) for facet in need.any_of]
    pairs += [("prefer", column) for column in need.prefer]
    pairs += [("not", column) for column in need.without]
    pairs += need.hours.pairs()
    if need.text:
        pairs.append(("q", need.text))
    if need.sort is not Sort.NEAREST:
        pairs.append(("sort", need.sort.value))
    if need.page_size != DEFAULT_PAGE_SIZE:
        pairs.append(("page_size", str(need.page_size)))
    if need.page != 1:
        pairs.append(("page", str(need.page)))
    return pairs


def _as_written(need: Need, facet: str, option: str) -> str:
    """An option as written in the address: for a given age, the years themselves."""
    if facet == AGE and need.years is not None and option == band_of(need.years):
        return str(need.years)
    return option


def query_string(need: Need) -> str:
    """The need as a query string without the question mark."""
    return urlencode(query_pairs(need))


def need_from_query(query: Mapping[str, Sequence[str]]) -> Need:
    """Read a need from the values of each parameter; raise `BadNeed` with every problem."""
    problems: dict[str, str] = {}
    for name, values in query.items():
        if len(values) > MAX_VALUES:
            problems[name[:40]] = f"“{name[:40]}” is given more than {MAX_VALUES} times."
    if problems:
        raise BadNeed(problems)
    levels = [level for level in query.get(LEVEL, ()) if level]
    chosen = {facet: [o for o in query.get(facet, ()) if o] for facet in COLUMNS if facet != LEVEL}
    if ANY_LEVEL not in levels:
        chosen[LEVEL] = levels or [DEFAULT_LEVEL]
    years = _years(chosen, problems)
    radius = _radius(_last(query, "within"), problems)
    page = _whole(query, "page", 1, problems)
    page_size = _whole(query, "page_size", DEFAULT_PAGE_SIZE, problems)
    sort = _sort(_last(query, "sort"), problems)
    hours = hours_from_query(query, problems)
    try:
        need = Need(
            place=_text(query, "near"),
            radius_miles=radius,
            choices=tidy(chosen),
            without=tuple(sorted({w for w in query.get("not", ()) if w})),
            text=_text(query, "q"),
            sort=sort,
            page=page,
            page_size=page_size,
            any_of=tuple(sorted({f for f in query.get("any", ()) if chosen.get(f, f)})),
            prefer=_preferred(query, chosen),
            years=years,
            state=_last(query, "state").upper(),
            hours=hours,
        )
    except BadNeed as error:
        raise BadNeed(error.problems | problems) from None
    if problems:
        raise BadNeed(problems)
    return need


def _years(chosen: dict[str, list[str]], problems: dict[str, str]) -> int | None:
    """The age given in years, or None; the last if several. Its band replaces it in ``chosen``."""
    ages = [text for text in chosen[AGE] if text.isascii() and text.isdigit()]
    bands = [band for band in chosen[AGE] if band not in ages]
    if not ages:
        return None
    years = int(ages[-1][:4])
    if years > MAX_YEARS:
        problems[AGE] = f"“{ages[-1][:40]}” is not an age from 0 to {MAX_YEARS}."
        chosen[AGE] = bands
        return None
    chosen[AGE] = [*bands, band_of(years)]
    return years


def _preferred(
    query: Mapping[str, Sequence[str]], chosen: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """What is preferred, without what is already required."""
    required = {f"{facet}:{option}" for facet, options in chosen.items() for option in options}
    return tuple(sorted({p for p in query.get("prefer", ()) if p} - required))


def _last(query: Mapping[str, Sequence[str]], name: str) -> str:
    values = query.get(name, ())
    return values[-1].strip() if values else ""


def _text(query: Mapping[str, Sequence[str]], name: str) -> str:
    return clean_text(_last(query, name)[: MAX_TEXT * 2])


def _radius_text(radius: float | None) -> str:
    return (
        NEAREST
        if radius is None
        else f"{radius:g}"
        if radius == float(f"{radius:g}")
        else repr(radius)
    )


def _radius(text: str, problems: dict[str, str]) -> float | None:
    if not text:
        return DEFAULT_RADIUS
    if text.lower() == NEAREST:
        return None
    try:
        radius = float(text) if text.isascii() else math.nan
    except ValueError:
        radius = math.nan
    if not 0 < radius <= MAX_RADIUS:
        problems["within"] = (
            f"“{text[:40]}” is not a distance: give miles from 1 to {MAX_RADIUS:.0f}, or “nearest”."
        )
        return DEFAULT_RADIUS
    return radius


def _whole(
    query: Mapping[str, Sequence[str]], name: str, default: int, problems: dict[str, str]
) -> int:
    text = _last(query, name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        problems[name] = f"“{text[:40]}” is not a whole number of 1 or more."
        return default
    return int(text)


def _sort(text: str, problems: dict[str, str]) -> Sort:
    try:
        return Sort(text.lower()) if text else Sort.NEAREST
    except ValueError:
        names: Iterable[str] = (sort.value for sort in Sort)
        problems["sort"] = f"“{text[:40]}” is not an order: choose {', '.join(names)}."
        return Sort.NEAREST
