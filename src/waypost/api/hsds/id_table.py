"""A UUID to the row and the kind that it names, in twelve bytes an id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt

KINDS = 16
"""A kind is a number below this."""


@dataclass(frozen=True)
class IdTable:
    """The first eight bytes of each id in order, and what each names.

    Two ids may share their first bytes: who finds one compares the whole of it.
    """

    keys: npt.NDArray[np.uint64]
    named: npt.NDArray[np.uint32]

    @classmethod
    def build(cls, ids: Iterable[tuple[str, int, int]]) -> IdTable:
        """The table of triples of an id, a row and a kind."""
        pairs = [(_key(text), row * KINDS + kind) for text, row, kind in ids]
        keys = np.array([key for key, _ in pairs], dtype=np.uint64)
        named = np.array([value for _, value in pairs], dtype=np.uint32)
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], named[order])

    def find(self, text: str) -> list[tuple[int, int]]:
        """The rows and kinds that this id may name."""
        try:
            key = np.uint64(_key(str(UUID(text))))
        except ValueError:
            return []
        first, end = (
            np.searchsorted(self.keys, key, "left"),
            np.searchsorted(self.keys, key, "right"),
        )
        return [divmod(value, KINDS) for value in self.named[first:end].tolist()]


def _key(text: str) -> int:
    return int(text[:8] + text[9:13] + text[14:18], 16)
