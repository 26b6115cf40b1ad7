"""What is included with a page of matches: what they refer to, and what refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from waypost.api.fhir.directory import FhirDirectory
from waypost.api.fhir.question import Include, Question
from waypost.api.fhir.references import Edges, References
from waypost.api.fhir.vocabulary import Rows

MOST = 1_000
"""Resources included with one page; an outcome in the page says where there were more."""

Found = dict[str, set[int]]


def included(
    directory: FhirDirectory, question: Question, rows: Rows
) -> tuple[list[tuple[str, int]], bool]:
    """What to include, each once and none of the page itself; whether some were left out."""
    known: Found = {question.type: set(rows.tolist())}
    fresh: Found = {question.type: set(rows.tolist())}
    result: list[tuple[str, int]] = []
    first = True
    while fresh and len(result) <= MOST:
        following: Found = {}
        for type_, row in _step(directory, question, fresh, first=first):
            if row not in known.setdefault(type_, set()):
                known[type_].add(row)
                following.setdefault(type_, set()).add(row)
                result.append((type_, row))
        fresh, first = following, False
    return result[:MOST], len(result) > MOST


def _step(
    directory: FhirDirectory, question: Question, fresh: Found, *, first: bool
) -> Iterator[tuple[str, int]]:
    """What one round of includes adds; after the first, only those that iterate."""
    for include in question.includes:
        if first or include.iterate:
            yield from _forward(directory, include, fresh)
    for include in question.revincludes:
        if first or include.iterate:
            yield from _backward(directory, include, fresh)


def _edges(directory: FhirDirectory, include: Include) -> Iterator[tuple[str, Edges]]:
    column = directory.tables[include.resource].columns[include.parameter]
    assert isinstance(column, References)
    for target, edges in column.edges.items():
        if include.target in ("", target):
            yield target, edges


def _forward(directory: FhirDirectory, include: Include, fresh: Found) -> Iterator[tuple[str, int]]:
    sources = _rows(fresh.get(include.resource, ()))
    for target, edges in _edges(directory, include):
        yield from ((target, row) for row in sorted(set(edges.few_led_from(sources).tolist())))


def _backward(
    directory: FhirDirectory, include: Include, fresh: Found
) -> Iterator[tuple[str, int]]:
    for target, edges in _edges(directory, include):
        rows = edges.few_leading_to(_rows(fresh.get(target, ())))[: MOST + 1]
        yield from ((include.resource, row) for row in sorted(set(rows.tolist())))


def _rows(rows: Sequence[int] | set[int] | tuple[()]) -> Rows:
    return np.array(sorted(rows), dtype=np.int32)
