"""How long the solver looks, and what one look gave."""

from __future__ import annotations

from dataclasses import dataclass, replace

from waypost.treatment.timetable.problem import Timetable


@dataclass(frozen=True, slots=True)
class Solution:
    """What one run of the solver gave: a timetable, and what none can exceed in its model."""

    timetable: Timetable
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to look: seconds on the clock, or units of the solver's own time where given."""

    seconds: float = 10.0
    deterministic: float | None = None
    workers: int = 2
    seed: int = 1

    def after(self, spent: float) -> Effort:
        """What is left after ``spent`` seconds on the clock, a tenth of it at the least."""
        return replace(self, seconds=max(self.seconds - spent, self.seconds / 10))

    def part(self, share: float) -> Effort:
        """A share of it."""
        units = None if self.deterministic is None else self.deterministic * share
        return replace(self, seconds=self.seconds * share, deterministic=units)


USUAL = Effort()
"""Ten seconds on two cores."""
