"""The rows of one resource type: those made of sites first, in the order of their sites' ids."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from copy import copy

import numpy as np
import numpy.typing as npt

from waypost.api.fhir.columns import Column
from waypost.api.fhir.references import References
from waypost.api.fhir.vocabulary import Rows

Mask = npt.NDArray[np.bool_]
Ranks = npt.NDArray[np.int64]
Points = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


class ResourceTable:
    """Which resources of a type there are, and the columns that they are searched by.

    ``sites[row]`` is the position of the row's site, ``keys[row]`` a number of ``key_names``; rows
    from ``len(sites)`` on are resources that stand in ``own`` as they came.
    """

    def __init__(self, type_: str, columns: Mapping[str, Column | References]) -> None:
        self.type = type_
        self.columns = columns
        self.sites, self.keys = array("i"), array("H")
        self.key_names: list[str] = []
        self.own: list[bytes] = []
        self.own_ids: dict[str, int] = {}
        self.own_names: list[str] = []
        self.ranks: dict[str, Ranks] = {}
        self.points: Points | None = None
        self._numbers: dict[str, int] = {}
        self._starts = array("i")  # the first row of each site

    def __len__(self) -> int:
        return len(self.sites) + len(self.own)

    def add(self, position: int, key: str) -> int:
        """A resource made of a site; its row."""
        if key not in self._numbers:
            self._numbers[key] = len(self.key_names)
            self.key_names.append(key)
        while len(self._starts) <= position:
            self._starts.append(len(self.sites))
        self.sites.append(position)
        self.keys.append(self._numbers[key])
        return len(self.sites) - 1

    def add_own(self, id_: str, resource: bytes) -> int:
        """A resource that stands for itself; its row."""
        row = self.own_ids[id_] = len(self)
        self.own.append(resource)
        self.own_names.append(id_)
        return row

    def row_of(self, position: int, key: str) -> int | None:
        """The row of a site's resource with this key."""
        number = self._numbers.get(key)
        if number is None or position >= len(self._starts):
            return None
        for row in range(self._starts[position], len(self.sites)):
            if self.sites[row] != position:
                break
            if self.keys[row] == number:
                return row
        return None

    def with_columns(self, columns: Mapping[str, Column | References]) -> ResourceTable:
        """The same rows with some other columns; what was ranked is ranked anew."""
        other = copy(self)
        other.columns = {**self.columns, **columns}
        other.ranks = {}
        return other

    def key_at(self, row: int) -> str:
        """The key of a row made of a site."""
        return self.key_names[self.keys[row]]

    def mask(self, rows: Rows) -> Mask:
        """These rows, as one boolean a row."""
        mask = np.zeros(len(self), dtype=np.bool_)
        mask[rows] = True
        return mask
