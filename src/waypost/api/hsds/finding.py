"""The records that answer a question, in the order of their sites' keys or the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from waypost.api.hsds.asking import Ask
from waypost.api.hsds.columns import Bools, HsdsDirectory
from waypost.directory.codes import CODES
from waypost.editions.hsds.levels import GENERAL, KINDS, LEVELS
from waypost.editions.hsds.sites import Numbers
from waypost.editions.hsds.taxonomy import CODE_TERMS, LEVEL, LEVEL_TERMS, SAMHSA, TAXONOMIES
from waypost.search.index import Query

_LEVEL_OF = {LEVEL_TERMS[level.key]["id"]: i for i, level in enumerate(LEVELS)}
_CODE_OF = {CODE_TERMS[code]["id"]: code for code in CODES}
_STATED = np.array([[kind is not GENERAL for kind in KINDS]])


def services(directory: HsdsDirectory, ask: Ask) -> tuple[Numbers, Numbers]:
    """The rows and the kinds of the services that fit, and where they are given as well."""
    table = directory.offered & _fits(directory, ask, of_organizations=False)
    if ask.postcode is None:
        places, kinds = _true(table)
        return directory.rows[places], kinds
    nearest = _nearest(directory, ask)
    at, kinds = _true(table[directory.places[nearest]])
    return nearest[at], kinds


def _true(table: Bools) -> tuple[Numbers, Numbers]:
    """The rows and columns that are true: a third of `np.nonzero`'s time on so wide a table."""
    rows, columns = np.divmod(np.flatnonzero(table), table.shape[1])
    return rows, columns


def organizations(directory: HsdsDirectory, ask: Ask) -> Numbers:
    """The rows of the organizations that fit."""
    table = directory.offered & _fits(directory, ask, of_organizations=True)
    return directory.rows[table.any(axis=1)]


def _nearest(directory: HsdsDirectory, ask: Ask) -> Numbers:
    """The rows of the sites around a ZIP, nearest first."""
    assert ask.postcode is not None
    query = Query(
        lat=ask.postcode.lat,
        lon=ask.postcode.lon,
        radius_miles=ask.proximity,
        limit=len(directory.rows),
        count_groups=(),
    )
    return directory.snapshot.index.search(query).rows


def _fits(directory: HsdsDirectory, ask: Ask, *, of_organizations: bool) -> Bools:
    """By place and kind: what fits every filter that is asked for."""
    fits = np.ones((1, 1), dtype=np.bool_)
    for name, mask in FILTERS.items():
        value = getattr(ask, name)
        if value not in (None, ""):
            fits = fits & mask(directory, value)
    if ask.taxonomy_term_id:
        fits = fits & _with_term(directory, ask.taxonomy_term_id, of_organizations)
    return fits


def _with_term(directory: HsdsDirectory, term_id: str, of_organizations: bool) -> Bools:
    """An attribute of a service is its own or its location's, of an organization any below it."""
    if term_id in _LEVEL_OF:
        mask = np.zeros((1, len(KINDS)), dtype=np.bool_)
        mask[0, _LEVEL_OF[term_id]] = True
        return mask
    code = _CODE_OF.get(term_id, "")
    operator = code and CODES[code].category == "FOP"
    if not code or (operator and not of_organizations):
        return np.zeros((1, 1), dtype=np.bool_)
    kinds = [code in level.codes for level in KINDS]
    stated = np.array([kinds if any(kinds) else [True] * len(KINDS)])
    with_term: Bools = directory.with_code(code)[:, None] & stated
    return with_term


def _with_taxonomy(directory: HsdsDirectory, taxonomy_id: str) -> Bools:
    if taxonomy_id == TAXONOMIES[LEVEL]["id"]:
        return _STATED
    if taxonomy_id == TAXONOMIES[SAMHSA]["id"]:
        return directory.coded[:, None]
    return np.zeros((1, 1), dtype=np.bool_)


def _of_organization(directory: HsdsDirectory, organization_id: str) -> Bools:
    row = directory.organization(organization_id)
    its_own: Bools = directory.rows == (-1 if row is None else row)
    return its_own[:, None]


FILTERS: Mapping[str, Callable[[HsdsDirectory, Any], Bools]] = {
    "search": HsdsDirectory.with_words,
    "taxonomy_id": _with_taxonomy,
    "organization_id": _of_organization,
    "modified_after": lambda directory, time: (directory.changed >= time)[:, None],
}
"""What each parameter lets through."""
