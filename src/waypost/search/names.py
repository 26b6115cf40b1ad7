"""Find sites by name, forgiving typing errors.

Names are cut into words; each word typed is compared with the vocabulary of all names, and a site
scores by how well its words answer to all words typed. "Saint", "Fort" and "Mount" are found by
their short forms and the other way round, and words typed together or apart find a name that
writes them otherwise ("Clean Slate", "CleanSlate").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from waypost.search.words import WordIndex
from waypost.values.letters import LONG_WORDS, SHORT_WORDS, without_accents

_WORD = re.compile(r"[a-z0-9]+")
CLOSE_ENOUGH = 80.0
"""Similarity (rapidfuzz ratio, 0 to 100) from which a word typed is read as a word of a name."""

SAME, BEGINNING = 100.0, 95.0
"""Scores of a word of the name that is the word typed, and of one that begins with it."""

MAX_WORDS = 12
"""A name typed has no more words than this; what follows is not looked at."""

SHORTEST_JOINED = 5
"""Fewer letters than this are not looked for as two words of a name, or two words as one."""

Scores = npt.NDArray[np.float32]


def words_of(text: str) -> list[str]:
    """Words in lower case without accents."""
    return _WORD.findall(without_accents(text))


def words_by_any_spelling(name: str) -> set[str]:
    """The words of a name, those that have a short form or a long one by both."""
    words = words_of(name)
    other = {SHORT_WORDS.get(word) or LONG_WORDS.get(word) for word in words}
    return {*words, *filter(None, other)}


def joined_pairs(name: str) -> set[str]:
    """Each two neighboring words of a name as one: "clean slate" gives "cleanslate"."""
    joined = {first + second for first, second in pairwise(words_of(name))}
    return {word for word in joined if len(word) >= SHORTEST_JOINED}


@dataclass(frozen=True)
class NameIndex:
    """The words of all names, and their neighboring words joined."""

    size: int
    words: WordIndex
    pairs: WordIndex

    @classmethod
    def build(cls, names: Sequence[str]) -> NameIndex:
        """Index names; a name's row is its position."""
        words = WordIndex.build(map(words_by_any_spelling, names))
        return cls(len(names), words, WordIndex.build(map(joined_pairs, names)))

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

    def _answers(self, text: str) -> Scores:
        """How well each row answers to all words typed, 0 where it leaves one unanswered."""
        typed = words_of(text)[:MAX_WORDS]
        if not typed:
            return np.zeros(self.size, dtype=np.float32)
        scores = [self._scores(word) for word in typed]
        for i, (first, second) in enumerate(pairwise(typed)):
            together = self._scores_together(first + second)
            scores[i] = np.maximum(scores[i], together)
            scores[i + 1] = np.maximum(scores[i + 1], together)
        every = np.logical_and.reduce([s > 0 for s in scores])
        total: Scores = np.add.reduce(scores)
        return np.where(every, total / len(typed), 0)

    def _scores(self, word: str) -> Scores:
        """How well each row's best word, or two of its words together, answer to one word typed."""
        scores = self._exact(self.words, word)
        if len(word) >= SHORTEST_JOINED:
            scores = np.maximum(scores, self._exact(self.pairs, word))
        for position, score in self._alike(word):
            rows = self.words.rows(position, position + 1)
            scores[rows] = np.maximum(scores[rows], score)
        return scores

    def _scores_together(self, word: str) -> Scores:
        """How well each row's best word answers to two words typed, joined."""
        if len(word) < SHORTEST_JOINED:
            return np.zeros(self.size, dtype=np.float32)
        return self._exact(self.words, word)

    def _exact(self, words: WordIndex, word: str) -> Scores:
        same, beginning = words.same_and_beginning(word)
        scores = np.zeros(self.size, dtype=np.float32)
        scores[beginning] = BEGINNING
        scores[same] = SAME
        return scores

    def _alike(self, word: str) -> list[tuple[int, float]]:
        """Words of the vocabulary that the typed word nearly equals, with a score."""
        if len(word) < 4:
            return []
        close = process.extract(
            word, self.words.vocabulary, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=None
        )
        return [(position, score) for _, score, position in close]

    def to_arrays(self) -> dict[str, np.ndarray]:
        """The index as arrays that a snapshot can store."""
        size = {"name_size": np.array([self.size])}
        return size | self.words.to_arrays("name") | self.pairs.to_arrays("name_pair")

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> NameIndex:
        """The index that `to_arrays` stored; a snapshot of before has no pairs."""
        pairs = "name_pair_words" in arrays
        return cls(
            int(arrays["name_size"][0]),
            WordIndex.from_arrays("name", arrays),
            WordIndex.from_arrays("name_pair", arrays) if pairs else WordIndex.build([]),
        )
