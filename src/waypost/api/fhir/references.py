"""References between resources as arrays: from row to row, both ways."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from waypost.api.fhir.vocabulary import Gathering, Listed, Rows, Vocabulary

Find = Callable[[str, str], int | None]
"""The row of a type and an id, None where there is none."""


@dataclass(frozen=True)
class Edges:
    """References of one parameter to one type: ``source[i]`` refers to ``target[i]``."""

    source: Rows
    target: Rows

    @cached_property
    def _by_target(self) -> npt.NDArray[np.int64]:
        return np.argsort(self.target, kind="stable")

    def leading_to(self, targets: Rows) -> Rows:
        """The rows that refer to any of these."""
        wanted = np.zeros(int(self.target.max(initial=-1)) + 1, dtype=np.bool_)
        wanted[targets[targets < len(wanted)]] = True
        return self.source[wanted[self.target]]

    def led_from(self, sources: Rows) -> Rows:
        """The rows that any of these refer to."""
        wanted = np.zeros(int(self.source.max(initial=-1)) + 1, dtype=np.bool_)
        wanted[sources[sources < len(wanted)]] = True
        return self.target[wanted[self.source]]

    def few_leading_to(self, targets: Rows) -> Rows:
        """The same as `leading_to`, for a page: found by halving."""
        order = self._by_target
        low = np.searchsorted(self.target, targets, "left", sorter=order)
        high = np.searchsorted(self.target, targets, "right", sorter=order)
        runs = [self.source[order[a:b]] for a, b in zip(low, high, strict=True)]
        return np.concatenate(runs) if runs else np.empty(0, dtype=np.int32)

    def few_led_from(self, sources: Rows) -> Rows:
        """The same as `led_from`, for a page: sources are in order."""
        low = np.searchsorted(self.source, sources, "left")
        high = np.searchsorted(self.source, sources, "right")
        runs = [self.target[a:b] for a, b in zip(low, high, strict=True)]
        return np.concatenate(runs) if runs else np.empty(0, dtype=np.int32)


class References:
    """The references of one parameter, while they are gathered and then as edges by type."""

    def __init__(self) -> None:
        self._gathered = Listed()
        self._any = array("i")
        self.edges: Mapping[str, Edges] = {}
        self.elsewhere: Vocabulary

    def add(self, value: Any, row: int) -> None:
        """A reference; one by identifier alone leads to no resource."""
        if isinstance(value, dict):
            self._any.append(row)
            if isinstance(value.get("reference"), str):
                self._gathered.add(plain(value["reference"]).encode(), row)

    def close(self, find: Find) -> None:
        """Find what is referred to; what is not here can still be asked for by its address."""
        pairs: dict[str, tuple[array[int], array[int]]] = {}
        outside = Gathering()
        for reference, row in self._gathered.taken():
            kind, _, id_ = reference.decode().rpartition("/")
            at = find(kind, id_)
            if at is None:
                outside.add(reference, row)
                continue
            source, target = pairs.setdefault(kind, (array("i"), array("i")))
            source.append(row)
            target.append(at)
        self.edges = {
            kind: Edges(np.frombuffer(s, dtype=np.int32), np.frombuffer(t, dtype=np.int32))
            for kind, (s, t) in pairs.items()
        }
        self.elsewhere = outside.done()

    def present(self) -> Rows:
        """Rows with any reference."""
        return np.frombuffer(self._any, dtype=np.int32) if self._any else np.empty(0, np.int32)


def plain(reference: str) -> str:
    """A reference without the version that it may name."""
    return reference.partition("/_history/")[0]
