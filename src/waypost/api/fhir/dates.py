"""Dates, times and periods as a column of the index."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from copy import copy
from typing import Any

import numpy as np
import numpy.typing as npt

from waypost.api.fhir.extract import read_date, span
from waypost.api.fhir.outcome import BadCriterion
from waypost.api.fhir.vocabulary import Rows

Seconds = npt.NDArray[np.float64]
Compare = Callable[[Seconds, Seconds, float, float], npt.NDArray[np.bool_]]
NEARLY = 0.1
"""``ap``: within a tenth of the time between the date asked for and now (R4, 3.1.1.4.6)."""

PREFIXES: dict[str, Compare] = {
    "eq": lambda low, high, start, end: (low >= start) & (high <= end),
    "ne": lambda low, high, start, end: (low < start) | (high > end),
    "gt": lambda low, high, start, end: high > end,
    "lt": lambda low, high, start, end: low < start,
    "ge": lambda low, high, start, end: (high > end) | ((low >= start) & (high <= end)),
    "le": lambda low, high, start, end: (low < start) | ((low >= start) & (high <= end)),
    "sa": lambda low, high, start, end: low >= end,
    "eb": lambda low, high, start, end: high <= start,
    "ap": lambda low, high, start, end: (low < end) & (high > start),
}


class Dates:
    """Dates, times and periods, with the prefixes of R4."""

    modifiers: frozenset[str] = frozenset()

    def __init__(self, now: float) -> None:
        self._now = now
        self._rows, self._low, self._high = array("i"), array("d"), array("d")

    def add(self, value: Any, row: int) -> None:
        """From when to when."""
        dates = span(value)
        if dates is not None:
            self._rows.append(row)
            self._low.append(dates[0])
            self._high.append(dates[1])

    def add_second(self, at: int, row: int) -> None:
        """A moment, in seconds of the epoch."""
        self._rows.append(row)
        self._low.append(at)
        self._high.append(at + 1)

    def moved(self, rows: Rows, at: npt.NDArray[np.int64]) -> Dates:
        """The same column with other moments in these rows, in seconds of the epoch."""
        later = copy(self)
        moments = np.full(1 + int(max(rows.max(initial=-1), self._in_rows.max(initial=-1))), np.nan)
        moments[rows] = at
        moved = moments[self._in_rows]
        later._lows = np.where(np.isnan(moved), self._lows, moved)
        later._highs = np.where(np.isnan(moved), self._highs, moved + 1)
        return later

    def close(self) -> None:
        """Nothing is put in order: a column of times is compared as a whole."""
        self._in_rows = np.frombuffer(self._rows or array("i"), dtype=np.int32)
        self._lows = np.frombuffer(self._low or array("d"), dtype=np.float64)
        self._highs = np.frombuffer(self._high or array("d"), dtype=np.float64)

    def rows(self, text: str, modifier: str) -> Rows:
        """Rows with a time that fits."""
        prefix, date = (text[:2], text[2:]) if text[:2] in PREFIXES else ("eq", text)
        asked = read_date(date.replace(" ", "+"))  # a "+" that nobody wrote as %2B is a space
        if asked is None:
            raise BadCriterion(
                "A date is written 2026, 2026-11, 2026-11-28 or 2026-11-28T09:30:00Z, "
                f"behind one of {', '.join(PREFIXES)} or none."
            )
        start, end = asked
        if prefix == "ap":
            slack = NEARLY * abs(self._now - start)
            start, end = start - slack, end + slack
        return self._in_rows[PREFIXES[prefix](self._lows, self._highs, start, end)]

    def ranks(self, size: int) -> npt.NDArray[np.int64]:
        """The milliseconds at which each row's time begins; a row without any stands last."""
        ranks = np.full(size, np.iinfo(np.int64).max // 2)
        ranks[self._in_rows] = np.maximum(self._lows, -1e12) * 1000
        return ranks

    def present(self) -> Rows:
        """Rows with any time."""
        return self._in_rows
