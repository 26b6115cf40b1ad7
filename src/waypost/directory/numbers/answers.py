"""What callers say of a listing's number, and when that is worth a warning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DAYS = 30
"""How long a caller's answer counts."""

DOUBTED_FROM = 3
"""So many noes put a number into the desk's queue and a warning on the page. Few calls are
answered back, and one wrong tap must not cast doubt. No number of noes hides a listing."""


@dataclass(frozen=True, slots=True)
class CallersSaid:
    """The answers of the last `DAYS` days, since somebody of ours last called the number."""

    worked: int = 0
    failed: int = 0
    last_failed: date | None = None

    @property
    def doubted(self) -> bool:
        """Whether the page warns of the number, and a person has to call it."""
        return self.failed >= DOUBTED_FROM
