"""Our engine, and plain NumPy over everything, asked the same questions."""

from __future__ import annotations

import numpy as np

from bench.search_directories import Directory
from bench.search_questions import LIMIT, Question, Reply
from waypost.search.earth import miles_from
from waypost.search.index import Query, build_index


class OurEngine:
    """Waypost's index. ``forget`` drops what it keeps of choices it has seen before."""

    name = "Waypost"

    def __init__(self, directory: Directory, *, forget: bool = False) -> None:
        self.index = build_index(directory.lats, directory.lons, directory.groups, directory.table)
        self.facets = tuple(directory.facets)
        self.columns = directory.columns
        self.forget = forget

    def answer(self, question: Question) -> Reply:
        """Search the index."""
        if self.forget:
            self.index.remembered.forget()
        hits = self.index.search(
            Query(
                lat=question.lat,
                lon=question.lon,
                radius_miles=question.miles,
                any_of={group: frozenset(names) for group, names in question.choices},
                limit=LIMIT,
                count_groups=self.facets,
            )
        )
        counts = hits.counts
        positions = tuple(self.index.order[hits.rows].tolist())
        return Reply(positions, hits.total, tuple([counts[name] for name in self.columns]))

    def bytes(self) -> int:
        """Every array of the index, and all it may keep of earlier answers."""
        i = self.index
        arrays = (i.order, i.lats, i.lons, i.vectors, i.starts, *i.parts, i.whole, i.all_blocks)
        return sum(a.nbytes for a in arrays) + i.remembered.limit

    def close(self) -> None:
        """Nothing to close."""


class PlainNumpy:
    """Every distance measured, every facet an array of booleans, every option summed."""

    name = "NumPy over everything"

    def __init__(self, directory: Directory) -> None:
        self.lats, self.lons = directory.lats, directory.lons
        self.columns = directory.columns
        self.groups = directory.facets
        self.has = {
            name: np.ascontiguousarray(directory.table[:, i]) for i, name in enumerate(self.columns)
        }

    def answer(self, question: Question) -> Reply:
        """Look at every site."""
        miles = miles_from(question.lat, question.lon, self.lats, self.lons)
        reach = miles <= question.miles if question.miles else np.ones(len(miles), dtype=np.bool_)
        chosen = {
            group: np.logical_or.reduce([self.has[n] for n in names])
            for group, names in question.choices
        }
        fits = np.logical_and.reduce([reach, *chosen.values()])
        counts = []
        for group, names in self.groups.items():
            others = [mask for other, mask in chosen.items() if other != group]
            left = np.logical_and.reduce([reach, *others]) if group in chosen else fits
            counts += [int(np.count_nonzero(left & self.has[name])) for name in names]
        found = np.flatnonzero(fits)
        order = np.lexsort((found, miles[found].round(6)))[:LIMIT]
        return Reply(tuple(found[order].tolist()), len(found), tuple(counts))

    def bytes(self) -> int:
        """The arrays."""
        return self.lats.nbytes + self.lons.nbytes + sum(a.nbytes for a in self.has.values())

    def close(self) -> None:
        """Nothing to close."""
