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
NO_ROWS: Rows = np.empty(0, dtype=np.int32)
BEHIND = b"\xff"
"""No value of UTF-8 holds this byte, so it sorts behind every value that begins the same."""

MARK = b"\0"
"""Stands in a key between what is compared and what it was made of."""

_END = b"\n"


class Vocabulary:
    """Sorted values; the rows of value ``i`` are ``rows[starts[i]:starts[i + 1]]``."""

    def __init__(self, rows_by_key: Mapping[bytes, array[int] | int]) -> None:
        keys = sorted(rows_by_key)
        rows_of_keys = (rows_by_key[key] for key in keys)
        rows = [array("i", (row,)) if isinstance(row, int) else row for row in rows_of_keys]
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


class Listed:
    """Values with a row each, one after another in one text, until all are there.

    As objects, a hundred thousand names and addresses would leave holes all over the process's
    memory when they are done with, and a worker would stay as large as while it read them.
    """

    def __init__(self) -> None:
        self._text = bytearray()
        self._rows = array("i")

    def add(self, value: bytes, row: int) -> None:
        """This row holds this value; line breaks in it are spaces."""
        self._text += value.replace(_END, b" ") + _END
        self._rows.append(row)

    def taken(self) -> Iterator[tuple[bytes, int]]:
        """Each value with its row; afterwards nothing is held."""
        values, rows = bytes(self._text).split(_END), self._rows
        self.__init__()  # type: ignore[misc]
        return zip(values, rows, strict=False)  # behind the last line's end is nothing


class Gathering:
    """What a vocabulary is made of: rows are added in their order, each once a value."""

    def __init__(self) -> None:
        self._often: dict[bytes, array[int]] = {}
        self._seldom = Listed()

    def rows_of(self, value: bytes) -> array[int]:
        """The rows of a value that comes again and again, to be added to."""
        return self._often.setdefault(value.replace(_END, b" "), array("i"))

    def add(self, value: bytes, row: int) -> None:
        """This row holds this value."""
        self._seldom.add(value, row)

    def done(self) -> Vocabulary:
        """The vocabulary."""
        by_key: dict[bytes, array[int] | int] = dict(self._often)
        for value, row in self._seldom.taken():
            rows = by_key.setdefault(value, row)
            if isinstance(rows, int):
                if rows != row:
                    by_key[value] = array("i", (rows, row))
            else:
                add_once(rows, row)
        return Vocabulary(by_key)
