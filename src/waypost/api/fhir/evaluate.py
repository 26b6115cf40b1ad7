"""Which rows of a type fit a criterion, and how far they are where it asks for that."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from waypost.api.fhir.criteria import Chain, Criterion, Has, Leaf
from waypost.api.fhir.directory import FhirDirectory
from waypost.api.fhir.near import Kilometers, kilometers, read_circle
from waypost.api.fhir.outcome import BadCriterion
from waypost.api.fhir.parameters import Type
from waypost.api.fhir.references import References, plain
from waypost.api.fhir.table import Mask, ResourceTable
from waypost.api.fhir.vocabulary import Rows

NONE = np.empty(0, dtype=np.int32)


class Evaluation:
    """The evaluation of a search's criteria for one type.

    ``base`` is the address of this server, under which its own resources may be referred to.
    """

    def __init__(self, directory: FhirDirectory, base: str) -> None:
        self._directory = directory
        self._tables = directory.tables
        self._base = base

    def fitting(self, type_: str, criteria: Sequence[Criterion]) -> tuple[Mask, Kilometers | None]:
        """The rows that fit all criteria; their kilometers, where one of them is ``near``."""
        mask = np.ones(len(self._tables[type_]), dtype=np.bool_)
        distance: Kilometers | None = None
        for criterion in criteria:
            fits, km = self._one(type_, criterion)
            mask &= fits
            distance = km if distance is None else distance
        return mask, distance

    def _one(self, type_: str, criterion: Criterion) -> tuple[Mask, Kilometers | None]:
        if isinstance(criterion, Leaf):
            return self._leaf(type_, criterion)
        if isinstance(criterion, Chain):
            return self._chain(type_, criterion)
        return self._has(type_, criterion), None

    def _leaf(self, type_: str, leaf: Leaf) -> tuple[Mask, Kilometers | None]:
        try:
            return self._fits(type_, leaf)
        except BadCriterion as error:
            raise BadCriterion(str(error), leaf.parameter.name) from None

    def _fits(self, type_: str, leaf: Leaf) -> tuple[Mask, Kilometers | None]:
        table = self._tables[type_]
        if leaf.parameter.type is Type.SPECIAL:
            return self._near(table, leaf)
        if leaf.modifier == "missing":
            return self._present(table, leaf) ^ (leaf.values[0] == "true"), None
        rows = self._row_finder(table, leaf)
        mask = np.zeros(len(table), dtype=np.bool_)
        for value in leaf.values:
            mask[rows(value)] = True
        return (~mask if leaf.modifier == "not" else mask), None

    def _row_finder(self, table: ResourceTable, leaf: Leaf) -> Callable[[str], Rows]:
        if leaf.parameter.name == "_id":
            return lambda value: self._by_id(table, value)
        column = table.columns[leaf.parameter.name]
        if isinstance(column, References):
            return lambda value: self._referring(column, leaf, value)
        return lambda value: column.rows(value, leaf.modifier)

    def _present(self, table: ResourceTable, leaf: Leaf) -> Mask:
        if leaf.parameter.name == "_id":
            return np.ones(len(table), dtype=np.bool_)
        return table.mask(table.columns[leaf.parameter.name].present())

    def _by_id(self, table: ResourceTable, value: str) -> Rows:
        row = self._directory.find(table.type, value.rpartition("|")[2])
        return NONE if row is None else np.array([row], dtype=np.int32)

    def _referring(self, column: References, leaf: Leaf, value: str) -> Rows:
        """Rows that refer to ``Type/id``, to an id of any type, or to an absolute address."""
        reference = plain(value.removeprefix(f"{self._base}/"))
        kind, slash, id_ = reference.rpartition("/")
        kinds = (leaf.modifier,) if leaf.modifier else leaf.parameter.targets
        if slash:
            kinds = (kind,) if kind in kinds else ()
        masks = [column.elsewhere.exactly(reference.encode())]
        for target in kinds:
            masks.append(column.elsewhere.exactly(f"{target}/{id_}".encode()))
            row, edges = self._directory.find(target, id_), column.edges.get(target)
            if row is not None and edges is not None:
                masks.append(edges.few_leading_to(np.array([row], dtype=np.int32)))
        return np.concatenate(masks)

    def _chain(self, type_: str, chain: Chain) -> tuple[Mask, Kilometers | None]:
        table = self._tables[type_]
        column = table.columns[chain.parameter.name]
        assert isinstance(column, References)
        mask = np.zeros(len(table), dtype=np.bool_)
        distance: Kilometers | None = None
        for target, inner in chain.inner:
            fits, km = self._one(target, inner)
            edges = column.edges.get(target)
            if edges is None:
                continue
            mask[edges.source[fits[edges.target]]] = True
            if km is not None:
                distance = np.full(len(table), np.inf) if distance is None else distance
                np.minimum.at(distance, edges.source, km[edges.target])
        return mask, distance

    def _has(self, type_: str, has: Has) -> Mask:
        fits, _ = self._one(has.resource, has.inner)
        column = self._tables[has.resource].columns[has.parameter.name]
        assert isinstance(column, References)
        mask = np.zeros(len(self._tables[type_]), dtype=np.bool_)
        edges = column.edges.get(type_)
        if edges is not None:
            mask[edges.target[fits[edges.source]]] = True
        return mask

    def _near(self, table: ResourceTable, leaf: Leaf) -> tuple[Mask, Kilometers | None]:
        if table.points is None:
            raise BadCriterion(f"{table.type} has no position.")
        lats, lons = table.points
        if leaf.modifier == "missing":
            return np.isnan(lats) ^ (leaf.values[0] != "true"), None
        circles = [kilometers(read_circle(value), lats, lons) for value in leaf.values]
        distance = np.minimum.reduce(circles)
        return np.isfinite(distance), distance
