"""The two taxonomies: our levels of care, and SAMHSA's service codes under their categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from waypost.directory.codes import CODES
from waypost.editions.hsds.ids import uuid_of
from waypost.editions.hsds.levels import LEVELS

Row = dict[str, Any]

LEVEL, SAMHSA = "level", "samhsa"

TAXONOMIES: Mapping[str, Row] = {
    LEVEL: {
        "id": uuid_of("taxonomy/level"),
        "name": "Waypost levels of care",
        "description": "How much care a service gives, read from SAMHSA's service codes. A level "
        "here is no ASAM certification.",
        "version": "1",
    },
    SAMHSA: {
        "id": uuid_of("taxonomy/samhsa"),
        "name": "SAMHSA service codes",
        "description": "Service codes of SAMHSA's national directories of substance use and of "
        "mental health treatment facilities; the terms at the top are their categories.",
        "version": "2024",
    },
}
"""Each taxonomy as a row."""


def _term(taxonomy: str, code: str, name: str, description: str, parent: str = "") -> Row:
    taxonomy_words = TAXONOMIES[taxonomy]
    row: Row = {"id": uuid_of(f"taxonomy_term/{taxonomy}/{code}"), "code": code, "name": name}
    row["description"] = description or name
    if parent:
        row["parent_id"] = uuid_of(f"taxonomy_term/{taxonomy}/{parent}")
    return row | {
        "taxonomy": taxonomy_words["name"],
        "language": "en",
        "taxonomy_id": taxonomy_words["id"],
    }


def _level_terms() -> dict[str, Row]:
    return {
        level.key: _term(
            LEVEL,
            level.key,
            level.label,
            f"{level.label}: the facility states one of the service codes "
            f"{', '.join(sorted(level.codes))}.",
        )
        for level in LEVELS
    }


def _code_terms() -> dict[str, Row]:
    terms: dict[str, Row] = {}
    for code in CODES.values():
        if code.category not in terms:
            terms[code.category] = _term(SAMHSA, code.category, code.category_name, "")
        terms[code.code] = _term(SAMHSA, code.code, code.name, code.description, code.category)
    return terms


LEVEL_TERMS: Mapping[str, Row] = _level_terms()
"""The term of each level of care, by its key."""

CODE_TERMS: Mapping[str, Row] = _code_terms()
"""The term of each service code and of each category, by its letters, a category before its own."""

TERMS: tuple[Row, ...] = (*LEVEL_TERMS.values(), *CODE_TERMS.values())
"""All terms in order."""

READY: Mapping[str, orjson.Fragment] = {
    term["id"]: orjson.Fragment(orjson.dumps(term)) for term in TERMS
}
"""Each term written once, to be set into thousands of attributes."""
