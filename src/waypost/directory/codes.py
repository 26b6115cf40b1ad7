"""The federal directories' service codes: what each means and which survey asks about it.

Source: SAMHSA, National Directories 2022 to 2024, sheet "Service Code Reference".
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from waypost.directory.site import Survey


@dataclass(frozen=True, slots=True)
class Code:
    """One service code: ``name`` and ``category_name`` as SAMHSA publishes them."""

    code: str
    name: str
    description: str
    category: str
    category_name: str
    surveys: frozenset[Survey]


def _surveys(row: Mapping[str, str]) -> frozenset[Survey]:
    surveys = set()
    for survey, prefix in ((Survey.SUBSTANCE_USE, "in_su_"), (Survey.MENTAL_HEALTH, "in_mh_")):
        if any(row[f"{prefix}{year}"] == "True" for year in (2022, 2023, 2024)):
            surveys.add(survey)
    return frozenset(surveys)


def _read() -> dict[str, Code]:
    text = (files("waypost.directory") / "data" / "service_codes.csv").read_text("utf-8")
    return {
        row["service_code"]: Code(
            row["service_code"],
            row["service_name"].strip(),
            row["service_description"].strip(),
            row["category_code"],
            row["category_name"].strip(),
            _surveys(row),
        )
        for row in csv.DictReader(text.splitlines())
    }


CODES: Mapping[str, Code] = _read()


@cache
def _by_name() -> Mapping[tuple[str, str], str]:
    return {(c.category, _plain(c.name)): c.code for c in CODES.values()}


@cache
def _by_name_alone() -> Mapping[str, frozenset[str]]:
    codes_of: dict[str, set[str]] = {}
    for code in CODES.values():
        codes_of.setdefault(_plain(code.name), set()).add(code.code)
    return {name: frozenset(codes) for name, codes in codes_of.items()}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def code_by_name(category: str, name: str) -> str | None:
    """The code of a service that the locator's JSON names, or None.

    Six pairs of codes share a name, so the category is tried first; a name that only one code
    has is accepted in any category.
    """
    code = _by_name().get((category, _plain(name)))
    if code:
        return code
    alone = _by_name_alone().get(_plain(name), frozenset())
    return next(iter(alone)) if len(alone) == 1 else None
