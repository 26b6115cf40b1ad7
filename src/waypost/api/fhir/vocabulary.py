"""Values in order, each with the rows that hold it: a few bytes a value, found by halving.

A directory has a hundred thousand names, addresses and identifiers. As Python strings in a
dictionary they would take ten times the memory.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]
BEHIND = b"\xff"
"""No value of UTF-8 holds this byte, so it sorts behind every value that begins the same."""

_END = b"\n"


class Vocabulary:
    """Sorted values; the rows of value ``i`` are ``rows[starts[i]:starts[i + 1]]``."""

    def __init__(self, found: Mapping[bytes, array[int] | int]) -> None:
        keys = sorted(found)
        held = (found[key] for key in keys)
        rows = [array("i", (one,)) if isinstance(one, int) else one for one in held]
        self._text = _END.join(keys) + _END if keys else b""
        lengths = np.fromiter((len(key) + 1 for key in keys), np.int64, len(keys))
        self._offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        counts = np.fromiter(map(len, rows), np.int64, len(keys))
        self._starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        self._rows = np.frombuffer(b"".join(rows), dtype=np.int32)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, at: int) -> bytes:
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self._text[self._offsets[at] : self._offsets[at + 1] - 1]

    @property
    def all_rows(self) -> Rows:
        """Every row that holds any value, some more than once."""
        return self._rows

    def beginning(self, start: bytes) -> Rows:
        """Rows of the values that begin so."""
        return self._run(bisect_left(self, start), bisect_left(self, start + BEHIND))

    def exactly(self, value: bytes) -> Rows:
        """Rows of this very value."""
        at = bisect_left(self, value)
        return self._run(at, at + (at < len(self) and self[at] == value))

    def containing(self, part: bytes, before: bytes) -> Rows:
        """Rows of the values that hold ``part`` somewhere before the first ``before`` in them."""
        runs = [self._run(at, at + 1) for at in self._holding(part, before)]
        return np.concatenate(runs) if runs else np.empty(0, dtype=np.int32)

    def ranks(self, size: int) -> npt.NDArray[np.int64]:
        """For each of so many rows the number of its first value; of a row without, one more."""
        ranks = np.full(size, len(self), dtype=np.int64)
        numbers = np.repeat(np.arange(len(self)), np.diff(self._starts))
        np.minimum.at(ranks, self._rows, numbers)
        return ranks

    def _holding(self, part: bytes, before: bytes) -> Iterator[int]:
        position, text = 0, self._text
        while (position := text.find(part, position)) >= 0:
            at = int(np.searchsorted(self._offsets, position, "right")) - 1
            if position + len(part) <= text.find(before, int(self._offsets[at])):
                yield at
                position = int(self._offsets[at + 1])
            else:  # it was found behind the mark: the next value may hold it before
                position = int(self._offsets[at + 1])

    def _run(self, first: int, end: int) -> Rows:
        return self._rows[self._starts[first] : self._starts[end]]


def add_once(rows: array[int], row: int) -> None:
    """Add a row, unless it was the last one added."""
    if not rows or rows[-1] != row:
        rows.append(row)


class Gathering:
    """What a vocabulary is made of: rows are added in their order, each once a value.

    Most values are one row's alone (a name, an address): such a row is kept as a number, for an
    array would take three times the memory while everything is gathered.
    """

    def __init__(self) -> None:
        self._found: dict[bytes, array[int] | int] = {}

    def rows_of(self, value: bytes) -> array[int]:
        """The rows of a value so far, to be added to; line breaks in it are spaces."""
        rows = self._found.get(value)
        if rows is None:
            value = value.replace(_END, b" ")
            rows = self._found.setdefault(value, array("i"))
        if isinstance(rows, int):
            rows = self._found[value] = array("i", (rows,))
        return rows

    def add(self, value: bytes, row: int) -> None:
        """This row holds this value."""
        if value in self._found or _END in value:
            add_once(self.rows_of(value), row)
        else:
            self._found[value] = row

    def done(self) -> Vocabulary:
        """The vocabulary."""
        return Vocabulary(self._found)
