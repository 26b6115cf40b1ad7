"""How long the solver looks, and what one look gave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waypost.treatment.timetable.problem import Timetable

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver


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
        """What is left after ``spent`` seconds on the clock, a fifth of it at the least."""
        return replace(self, seconds=max(self.seconds - spent, self.seconds / 5))

    def part(self, share: float) -> Effort:
        """A share of it."""
        units = None if self.deterministic is None else self.deterministic * share
        return replace(self, seconds=self.seconds * share, deterministic=units)

    def at_least(self, units: float) -> Effort:
        """The same, with no less deterministic time where that is the limit."""
        if self.deterministic is None:
            return self
        return replace(self, deterministic=max(units, self.deterministic))

    def solver(self) -> CpSolver:
        """CP-SAT with this much to spend."""
        from ortools.sat.python import cp_model

        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.workers
        solver.parameters.random_seed = self.seed
        # Measured on the made-up programs of the bench: probing costs more than it brings here.
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_presolve_iterations = 1
        solver.parameters.linearization_level = 2
        if self.deterministic is not None:
            solver.parameters.max_deterministic_time = self.deterministic
        else:
            solver.parameters.max_time_in_seconds = self.seconds
        return solver


USUAL = Effort()
"""Ten seconds on two cores."""
