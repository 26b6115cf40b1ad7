"""Converts a need to plain JSON values and back without loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from waypost.directory.facets import COLUMNS
from waypost.navigation.hours import come_texts, weekly_text
from waypost.navigation.need import (
    AGE,
    ANY_LEVEL,
    DEFAULT_LEVEL,
    LEVEL,
    MAX_YEARS,
    NEAREST,
    BadNeed,
    Need,
)
from waypost.navigation.need_url import need_from_query


def to_json(need: Need) -> dict[str, object]:
    """The need as plain JSON values."""
    return {
        "near": need.place,
        "within": NEAREST if need.radius_miles is None else need.radius_miles,
        "choices": {facet: list(options) for facet, options in need.choices},
        "any": list(need.any_of),
        "prefer": list(need.prefer),
        "not": list(need.without),
        "years": need.years,
        "state": need.state,
        "come": come_texts(need.hours.free),
        "weekly": weekly_text(need.hours.least, need.hours.most),
        "attend": need.hours.attendance.value if need.hours.attendance else "",
        "by": need.hours.starts_by.isoformat() if need.hours.starts_by else "",
        "opening": need.hours.opening,
        "hours": need.hours.shown.value,
        "q": need.text,
        "sort": need.sort.value,
        "page": need.page,
        "page_size": need.page_size,
    }


def from_json(data: Mapping[str, object]) -> Need:
    """Read what `to_json` writes; fields left out have their defaults."""
    problems = {
        name[:40]: problem for name, value in data.items() if (problem := _misfit(name, value))
    }
    if problems:
        raise BadNeed(problems)
    query = {name: [str(data[name])] for name in (*_TEXTS, *_NUMBERS) if data.get(name) is not None}
    choices = cast("Mapping[str, list[str]]", data.get("choices", {LEVEL: [DEFAULT_LEVEL]}))
    query |= {facet: list(options) for facet, options in choices.items()}
    if not query.get(LEVEL):
        query[LEVEL] = [ANY_LEVEL]
    for name in _LISTS:
        query[name] = list(cast("list[str]", data.get(name, [])))
    query["opening"] = ["1" if data.get("opening") else ""]
    if data.get("years") is not None:
        query[AGE] = [*query.get(AGE, []), str(data["years"])]
    return need_from_query(query)


_TEXTS = {"near", "q", "sort", "state", "weekly", "attend", "by", "hours"}
_LISTS = {
    "not": "“not” is a list of “facet:option”.",
    "prefer": "“prefer” is a list of “facet:option”.",
    "any": "“any” is a list of facets.",
    "come": "“come” is a list of hours such as “mon wed 17:30-21:00”.",
}
_NUMBERS = {
    "within": "“within” is a number of miles, or “nearest”.",
    "page": "“page” is a whole number.",
    "page_size": "“page_size” is a whole number.",
}


_YEARS = f"“years” is a whole number from 0 to {MAX_YEARS}, or null."


def _misfit(name: str, value: object) -> str:
    """What is wrong with the type of a field's value, or '' if nothing is."""
    problem = ""
    if name in _TEXTS:
        problem = "" if isinstance(value, str | None) else f"“{name}” is text."
    elif name in _NUMBERS:
        fits = isinstance(value, str | int | float | None) and not isinstance(value, bool)
        problem = "" if fits else _NUMBERS[name]
    elif name in _LISTS:
        problem = "" if _is_texts(value) else _LISTS[name]
    elif name == "years":
        fits = value is None or (isinstance(value, int) and not isinstance(value, bool))
        problem = "" if fits and (value is None or 0 <= value <= MAX_YEARS) else _YEARS  # type: ignore[operator]
    elif name == "opening":
        problem = "" if isinstance(value, bool | None) else "“opening” is true or false."
    elif name == "choices":
        problem = _choices_misfit(value)
    else:
        problem = f"There is no field called “{name[:40]}”."
    return problem


def _choices_misfit(value: object) -> str:
    if not isinstance(value, Mapping) or not all(map(_is_texts, value.values())):
        return "“choices” maps each facet to a list of its options."
    unknown = set(value) - set(COLUMNS)
    return f"There is no facet called “{min(unknown)[:40]}”." if unknown else ""


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
