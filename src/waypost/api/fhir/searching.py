"""A question answered: the rows of a page in order, with the total and their distances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waypost.api.fhir.directory import FhirDirectory
from waypost.api.fhir.evaluate import Evaluation
from waypost.api.fhir.near import Kilometers
from waypost.api.fhir.question import Question
from waypost.api.fhir.vocabulary import Rows

Keys = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class BundlePage:
    """Rows of one page in order; ``km`` where the search asked for what is near."""

    rows: Rows
    km: Kilometers | None
    total: int


def find_page(directory: FhirDirectory, question: Question, base: str) -> BundlePage:
    """The page that is asked for, and how many resources fit in all."""
    mask, km = Evaluation(directory, base).fitting(question.type, question.criteria)
    rows = np.flatnonzero(mask).astype(np.int32)
    total = len(rows)
    if question.summary == "count" or question.count == 0:
        return BundlePage(rows[:0], None, total)
    page = _ordered(directory, question, rows, km)
    page = page[question.offset : question.offset + question.count]
    return BundlePage(page, None if km is None else km[page], total)


def _ordered(
    directory: FhirDirectory, question: Question, rows: Rows, km: Kilometers | None
) -> Rows:
    """The rows as asked; the nearest first where nothing is said, then in the sites' order."""
    sort = question.sort or ([] if km is None else [("near", False)])
    if not sort:
        return rows
    keys: list[Keys] = [directory.ranks(question.type, "_id")[rows]]
    for by, descending in reversed(sort):
        key = _distance(km, rows) if by == "near" else directory.ranks(question.type, by)[rows]
        keys.append(-key if descending else key)
    return rows[np.lexsort(keys)]


def _distance(km: Kilometers | None, rows: Rows) -> npt.NDArray[np.float64]:
    # Sites in one building tie: a millionth of a kilometer is a millimeter.
    return np.zeros(len(rows)) if km is None else km[rows].round(6)
