"""Caches answers that do not depend on a place, for the next person with the same choices."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waypost.search.query import Words


@dataclass(frozen=True, slots=True)
class Everywhere:
    """What fits anywhere: the mask of all rows, how many fit, the counts, and how many would fit
    with one group left open."""

    mask: Words
    total: int
    tally: npt.NDArray[np.int32]
    without: Mapping[str, int]

    @property
    def size(self) -> int:
        """Bytes."""
        return self.mask.nbytes + self.tally.nbytes


class Remembered:
    """The most recently used answers, up to ``limit`` bytes; safe to share between threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.held = 0
        self._answers: OrderedDict[Hashable, Everywhere] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Everywhere | None:
        """The answer to a question, if it is still cached."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def put(self, key: Hashable, answer: Everywhere) -> None:
        """Cache an answer; the least recently used ones make room."""
        with self._lock:
            old = self._answers.pop(key, None)
            self.held += answer.size - (old.size if old else 0)
            self._answers[key] = answer
            while self.held > self.limit:
                _, gone = self._answers.popitem(last=False)
                self.held -= gone.size

    def forget(self) -> None:
        """Empty the cache (a benchmark measures first-time answers with it)."""
        with self._lock:
            self._answers.clear()
            self.held = 0
