"""The tables of every type: one walk over the sites, each element made once for all parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import orjson

from waypost.api.fhir.columns import Addresses, Column, column_for
from waypost.api.fhir.dates import Dates
from waypost.api.fhir.extract import values_at
from waypost.api.fhir.memory import give_back
from waypost.api.fhir.parameters import PARAMETERS, SearchParameter, Type
from waypost.api.fhir.references import References
from waypost.api.fhir.resources.kinds import KINDS, Part, ResourceKind
from waypost.api.fhir.resources.listing import Json, Listing
from waypost.api.fhir.table import ResourceTable
from waypost.publishing.reader import Snapshot

Add = Callable[[Any, int], None]
Plan = Sequence[tuple[Part, Sequence[tuple[str, Add]]]]
"""For each element: what makes it, and for each parameter the rest of its path and its column."""

UPDATED, PROFILES, ID = "_lastUpdated", "_profile", "_id"
MADE_OF_META = frozenset({UPDATED, PROFILES, ID})
MADE_OF_CHANGE = (UPDATED, "recorded")
"""The parameters whose values are when a site's record changed."""


class Indexed(Protocol):
    """What goes into the tables: a snapshot's sites and the resources that stand alone."""

    snapshot: Snapshot

    @property
    def site_ids(self) -> list[str]:
        """The FHIR ids of the current sites, in order."""

    @property
    def row_at(self) -> np.ndarray:
        """The snapshot's row of each position in the order of the sites' ids."""

    def listings(self) -> Iterator[Listing]:
        """Every current site, in the order of the ids."""

    def own(self) -> Iterator[Json]:
        """The resources that stand for themselves."""


def build_tables(directory: Indexed) -> dict[str, ResourceTable]:
    """Every type's table, with its columns closed."""
    # What stays is made first: behind it the memory of what is gathered can be given back whole.
    positions = {i: p for p, i in enumerate(directory.site_ids)}
    built = directory.snapshot.manifest.built_at.timestamp()
    tables = {type_: _empty(type_, built) for type_ in PARAMETERS}
    plans = [(k, tables[k.type], _plan(k, tables[k.type])) for k in KINDS.values()]
    for position, listing in enumerate(directory.listings()):
        for kind, table, plan in plans:
            for key in kind.keys(listing):
                row = table.add(position, key)
                _index_made(listing, key, row, plan)
                _index_meta(table, kind, listing.changed, row)
    for resource in directory.own():
        rows_of_kind = tables.get(resource["resourceType"])
        if rows_of_kind is not None and resource["id"] not in rows_of_kind.own_ids:
            _index_own(rows_of_kind, resource)
    _close(tables, directory, positions)
    give_back()
    return tables


def touched(
    tables: Mapping[str, ResourceTable], snapshot: Snapshot, changed: np.ndarray, rows: np.ndarray
) -> dict[str, ResourceTable]:
    """The tables with the times of change of some sites, by their rows of the snapshot, anew."""
    moments = np.zeros(len(snapshot.index.order), dtype=np.int64)
    moments[snapshot.index.order[rows]] = changed[rows]
    after = dict(tables)
    for type_ in KINDS:
        of_site = np.array(tables[type_].sites, dtype=np.int64)
        ours = np.flatnonzero(moments[of_site]).astype(np.int32)
        at = moments[of_site[ours]]
        columns = {name: tables[type_].columns.get(name) for name in MADE_OF_CHANGE}
        moved = {n: c.moved(ours, at) for n, c in columns.items() if isinstance(c, Dates)}
        after[type_] = tables[type_].with_columns(moved)
    return after


def _empty(type_: str, now: float) -> ResourceTable:
    columns: dict[str, Column | References] = {}
    for name, parameter in PARAMETERS[type_].items():
        if parameter.type is Type.REFERENCE:
            columns[name] = References()
        elif parameter.type is not Type.SPECIAL and name != ID:
            columns[name] = column_for(parameter, now)
    return ResourceTable(type_, columns)


def _plan(kind: ResourceKind, table: ResourceTable) -> Plan:
    """The elements of a kind that some parameter looks at, each with where its values go."""
    plan: dict[str, list[tuple[str, Add]]] = {}
    for parameter in PARAMETERS[kind.type].values():
        if parameter.type is Type.SPECIAL or parameter.name in MADE_OF_META:
            continue
        add = table.columns[parameter.name].add
        for path in parameter.paths:
            root, _, rest = path.partition(".")
            if root in kind.parts:
                plan.setdefault(root, []).append((rest, add))
    return [(kind.parts[element], adding) for element, adding in plan.items()]


def _index_made(listing: Listing, key: str, row: int, plan: Plan) -> None:
    for part, adding in plan:
        value = part(listing, key)
        if value is None:
            continue
        values = value if isinstance(value, list) else (value,)
        for rest, add in adding:
            for single in values:
                if rest:
                    for inner in values_at(single, rest):
                        add(inner, row)
                else:
                    add(single, row)


def _index_meta(table: ResourceTable, kind: ResourceKind, changed: int, row: int) -> None:
    updated, profiles = table.columns[UPDATED], table.columns[PROFILES]
    assert isinstance(updated, Dates) and isinstance(profiles, Addresses)
    updated.add_second(changed, row)
    if kind.profile:
        profiles.add(kind.profile, row)


def _add(
    table: ResourceTable, parameter: SearchParameter, resource: Mapping[str, Any], row: int
) -> None:
    column = table.columns[parameter.name]
    for path in parameter.paths:
        for value in values_at(resource, path):
            column.add(value, row)


def _index_own(table: ResourceTable, resource: Json) -> None:
    row = table.add_own(resource["id"], orjson.dumps(resource))
    for parameter in PARAMETERS[table.type].values():
        if parameter.type is not Type.SPECIAL and parameter.name != ID:
            _add(table, parameter, resource, row)


def _close(
    tables: Mapping[str, ResourceTable], directory: Indexed, positions: Mapping[str, int]
) -> None:
    def find(type_: str, id_: str) -> int | None:
        table = tables.get(type_)
        if table is None:
            return None
        if id_ in table.own_ids:
            return table.own_ids[id_]
        site_id, _, key = id_.partition("-")
        position = positions.get(site_id)
        return None if position is None else table.row_of(position, key)

    for table in tables.values():
        for column in table.columns.values():
            if isinstance(column, References):
                column.close(find)
            else:
                column.close()
    tables["Location"].points = _points(tables["Location"], directory)


def _points(table: ResourceTable, directory: Indexed) -> tuple[np.ndarray, np.ndarray]:
    """Where each Location is; not a number where an operator's file does not say."""
    index = directory.snapshot.index
    own = [orjson.loads(resource).get("position", {}) for resource in table.own]
    lats = [float(p.get("latitude", "nan")) for p in own]
    lons = [float(p.get("longitude", "nan")) for p in own]
    return (
        np.concatenate([index.lats[directory.row_at], lats]),
        np.concatenate([index.lons[directory.row_at], lons]),
    )
