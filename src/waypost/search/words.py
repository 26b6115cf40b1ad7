"""A vocabulary and, for each word, the rows whose name contains it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]

AFTER_ALL = "~"
"""Sorts after every letter and digit of a word."""


@dataclass(frozen=True)
class WordIndex:
    """Words in order; the rows of word ``i`` are ``postings[offsets[i]:offsets[i + 1]]``."""

    vocabulary: tuple[str, ...]
    offsets: npt.NDArray[np.int64]
    postings: Rows

    @classmethod
    def build(cls, names: Iterable[Iterable[str]]) -> WordIndex:
        """The words of names; a name's row is its position."""
        rows_of: dict[str, list[int]] = {}
        for row, words in enumerate(names):
            for word in set(words):
                rows_of.setdefault(word, []).append(row)
        vocabulary = tuple(sorted(rows_of))
        lengths = [len(rows_of[word]) for word in vocabulary]
        return cls(
            vocabulary,
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            np.fromiter((row for word in vocabulary for row in rows_of[word]), dtype=np.int32),
        )

    def rows(self, first: int, end: int) -> Rows:
        """The rows of a run of words."""
        return self.postings[self.offsets[first] : self.offsets[end]]

    def same_and_beginning(self, word: str) -> tuple[Rows, Rows]:
        """Rows that contain the word, and rows that contain a word beginning with it."""
        first = bisect_left(self.vocabulary, word)
        last = bisect_left(self.vocabulary, word + AFTER_ALL)
        same = first < last and self.vocabulary[first] == word
        return self.rows(first, first + same), self.rows(first, last)

    def to_arrays(self, name: str) -> dict[str, np.ndarray]:
        """The words as arrays that a snapshot can store, each named ``name`` plus its part."""
        return {
            f"{name}_words": _as_bytes(self.vocabulary),
            f"{name}_offsets": self.offsets,
            f"{name}_postings": self.postings,
        }

    @classmethod
    def from_arrays(cls, name: str, arrays: Mapping[str, np.ndarray]) -> WordIndex:
        """The words that `to_arrays` stored under this name."""
        return cls(
            _as_words(arrays[f"{name}_words"]),
            arrays[f"{name}_offsets"],
            arrays[f"{name}_postings"],
        )


def _as_bytes(words: tuple[str, ...]) -> npt.NDArray[np.uint8]:
    """Words one per line, because an array of strings makes each as wide as the longest."""
    return np.frombuffer("\n".join(words).encode("ascii"), dtype=np.uint8)


def _as_words(stored: npt.NDArray[np.generic]) -> tuple[str, ...]:
    """What `_as_bytes` made, or the array of strings of an older snapshot."""
    if stored.dtype.kind == "U":
        return tuple(stored.tolist())
    return tuple(stored.tobytes().decode("ascii").split())
