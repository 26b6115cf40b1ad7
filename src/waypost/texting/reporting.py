"""Figures of the reports: an estimated miss rate with its interval, shares, times."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many, with Wilson's 95 % interval (Wilson 1927)."""

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """The share itself; None of none."""
        return self.count / self.of if self.of else None


def rate(count: int, of: int) -> Rate:
    """A share with its interval; of nothing everything is possible."""
    if of == 0:
        return Rate(0, 0, 0.0, 1.0)
    share, square = count / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = share * (1 - share) / of + square / (4 * of * of)
    half = _Z * math.sqrt(spread) / (1 + square / of)
    return Rate(count, of, max(0.0, middle - half), min(1.0, middle + half))


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which that share of them lies, by the nearest rank; None of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None
