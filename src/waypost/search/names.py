"""Finds sites by name, forgiving typing errors.

Names are cut into words; each typed word is compared with the vocabulary of all names, and a site
scores by how well its words match all typed words. "Saint", "Fort" and "Mount" are found by their
short forms and vice versa, and words typed together or apart find a name that is written the other
way ("Clean Slate", "CleanSlate").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from waypost.search.words import WordIndex
from waypost.values.letters import LONG_WORDS, SHORT_WORDS, without_accents

_WORD = re.compile(r"[a-z0-9]+")
CLOSE_ENOUGH = 80.0
"""The similarity (rapidfuzz ratio, 0 to 100) from which a typed word matches a name's word."""

SAME, BEGINNING = 100.0, 95.0
"""Scores of a name's word that equals the typed word, and of one that begins with it."""

MAX_WORDS = 12
"""Only this many words of a typed name are used."""

SHORTEST_JOINED = 5
"""Words shorter than this are never split in two or joined to match a name."""

Scores = npt.NDArray[np.float32]


def words_of(text: str) -> list[str]:
    """Words in lower case without accents."""
    return _WORD.findall(without_accents(text))


def words_by_any_spelling(name: str) -> set[str]:
    """The words of a name; those with a short or long form appear in both forms."""
    words = words_of(name)
    respelled = {SHORT_WORDS.get(word) or LONG_WORDS.get(word) for word in words}
    return {*words, *filter(None, respelled)}


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
        """Rows whose names match every word of ``text``, best first, with a score of 0 to 100.

        A typed word must begin or nearly equal a word of the name; ties keep the rows' order.
        """
        scores = self._answers(text)
        rows = np.flatnonzero(scores)
        best = rows[np.argsort(-scores[rows], kind="stable")[:limit]]
        return [(int(row), float(scores[row])) for row in best]

    def matching(self, text: str) -> npt.NDArray[np.int64]:
        """All rows whose names match every word of ``text``, in order."""
        return np.flatnonzero(self._answers(text))

    def _answers(self, text: str) -> Scores:
        """How well each row matches all typed words; 0 where it misses one."""
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
        """How well each row's best word, or two of its words joined, match one typed word."""
        scores = self._exact(self.words, word)
        if len(word) >= SHORTEST_JOINED:
            scores = np.maximum(scores, self._exact(self.pairs, word))
        for position, score in self._alike(word):
            rows = self.words.rows(position, position + 1)
            scores[rows] = np.maximum(scores[rows], score)
        return scores

    def _scores_together(self, word: str) -> Scores:
        """How well each row's best word matches two typed words joined."""
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
        from rapidfuzz import fuzz, process  # here, for a worker starts sooner without it

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
        """The index that `to_arrays` stored; older snapshots have no pairs."""
        pairs = "name_pair_words" in arrays
        return cls(
            int(arrays["name_size"][0]),
            WordIndex.from_arrays("name", arrays),
            WordIndex.from_arrays("name_pair", arrays) if pairs else WordIndex.build([]),
        )
