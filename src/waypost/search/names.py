"""Find sites by name, forgiving typing errors.

Names are cut into words; each word typed is compared with the vocabulary of all names, and a site
scores by how well its words answer to all words typed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

_WORD = re.compile(r"[a-z0-9]+")
CLOSE_ENOUGH = 80.0
"""Similarity (rapidfuzz ratio, 0 to 100) from which a word typed is read as a word of a name."""

SAME, BEGINNING = 100.0, 95.0
"""Scores of a word of the name that is the word typed, and of one that begins with it."""

MAX_WORDS = 12
"""A name typed has no more words than this; what follows is not looked at."""

AFTER_ALL = "~"
"""Stands after every letter and digit of a word."""


def words_of(text: str) -> list[str]:
    """Words in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


@dataclass(frozen=True)
class NameIndex:
    """A vocabulary and, for each of its words, the rows whose name holds it."""

    size: int
    vocabulary: tuple[str, ...]
    offsets: npt.NDArray[np.int64]
    postings: npt.NDArray[np.int32]

    @classmethod
    def build(cls, names: Sequence[str]) -> NameIndex:
        """Index names; a name's row is its position."""
        rows_of: dict[str, list[int]] = {}
        for row, name in enumerate(names):
            for word in set(words_of(name)):
                rows_of.setdefault(word, []).append(row)
        vocabulary = tuple(sorted(rows_of))
        lengths = [len(rows_of[word]) for word in vocabulary]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        postings = np.fromiter(
            (row for word in vocabulary for row in rows_of[word]), dtype=np.int32
        )
        return cls(len(names), vocabulary, offsets, postings)

    def find(self, text: str, limit: int = 100) -> list[tuple[int, float]]:
        """Rows whose names answer to every word of ``text``, the best first, with a score of 0-100.

        A word begins or nearly equals a word of the name; ties keep the order of the rows.
        """
        scores = self._answers(text)
        rows = np.flatnonzero(scores)
        best = rows[np.argsort(-scores[rows], kind="stable")[:limit]]
        return [(int(row), float(scores[row])) for row in best]

    def matching(self, text: str) -> npt.NDArray[np.int64]:
        """All rows whose names answer to every word of ``text``, in order."""
        return np.flatnonzero(self._answers(text))

    def _answers(self, text: str) -> npt.NDArray[np.float32]:
        """How well each row answers to all words typed, 0 where it leaves one unanswered."""
        typed = words_of(text)[:MAX_WORDS]
        total = np.zeros(self.size, dtype=np.float32)
        every = np.full(self.size, bool(typed))
        for word in typed:
            scores = self._scores(word)
            every &= scores > 0
            total += scores
        return np.where(every, total / max(1, len(typed)), 0)

    def _scores(self, word: str) -> npt.NDArray[np.float32]:
        """How well each row's best word answers to one word typed."""
        first = bisect_left(self.vocabulary, word)
        last = bisect_left(self.vocabulary, word + AFTER_ALL)
        same = first < last and self.vocabulary[first] == word
        scores = np.zeros(self.size, dtype=np.float32)
        scores[self._rows(first, last)] = BEGINNING
        scores[self._rows(first, first + same)] = SAME
        for position, score in self._alike(word):
            rows = self._rows(position, position + 1)
            scores[rows] = np.maximum(scores[rows], score)
        return scores

    def _rows(self, first: int, end: int) -> npt.NDArray[np.int32]:
        """The rows of a run of words of the vocabulary."""
        return self.postings[self.offsets[first] : self.offsets[end]]

    def _alike(self, word: str) -> list[tuple[int, float]]:
        """Words of the vocabulary that the typed word nearly equals, with a score."""
        if len(word) < 4:
            return []
        close = process.extract(
            word, self.vocabulary, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=None
        )
        return [(position, score) for _, score, position in close]

    def to_arrays(self) -> dict[str, np.ndarray]:
        """The index as arrays that a snapshot can store."""
        return {
            "name_size": np.array([self.size]),
            "name_words": np.array(self.vocabulary, dtype=np.str_),
            "name_offsets": self.offsets,
            "name_postings": self.postings,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> NameIndex:
        """The index that `to_arrays` stored."""
        return cls(
            int(arrays["name_size"][0]),
            tuple(arrays["name_words"].tolist()),
            arrays["name_offsets"],
            arrays["name_postings"],
        )
