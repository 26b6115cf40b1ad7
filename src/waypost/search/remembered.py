"""Answers that do not depend on a place, kept for the next person who chooses the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waypost.search.query import Words


@dataclass(frozen=True, slots=True)
class Everywhere:
    """What fits anywhere: the mask of all rows, how many, and the counts that were wanted."""

    mask: Words
    total: int
    tally: npt.NDArray[np.int32]

    @property
    def size(self) -> int:
        """Bytes."""
        return self.mask.nbytes + self.tally.nbytes


class Remembered:
    """The answers used last, up to ``limit`` bytes; safe to share between threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.held = 0
        self._answers: OrderedDict[Hashable, Everywhere] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Everywhere | None:
        """The answer to a question, if it is still held."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: Hashable, answer: Everywhere) -> None:
        """Hold an answer; those not asked for longest make room."""
        with self._lock:
            old = self._answers.pop(key, None)
            self.held += answer.size - (old.size if old else 0)
            self._answers[key] = answer
            while self.held > self.limit:
                _, gone = self._answers.popitem(last=False)
                self.held -= gone.size

    def forget(self) -> None:
        """Hold nothing (a benchmark measures the first time with it)."""
        with self._lock:
            self._answers.clear()
            self.held = 0
