"""Makes the week with CP-SAT: hard rules as constraints, `scoring.WEIGHTS` as what is maximized.

A place is one variable for each person, group and slot that are possible together, so that the
solver's linear relaxation is close to the truth. The relaxation is solved first, by itself: it
gives the bound, and the days on which groups are tried before everything is.
With ``workers=1`` and a bound in deterministic time the same problem gives the same week.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waypost.treatment.timetable.checking import check
from waypost.treatment.timetable.effort import USUAL, Effort, Solution
from waypost.treatment.timetable.greedy import by_hand
from waypost.treatment.timetable.problem import EMPTY, Timetable, WeekProblem
from waypost.treatment.timetable.scoring import WEIGHTS, Weights, most_worth, score

if TYPE_CHECKING:
    from waypost.treatment.timetable.bound import Relaxed


class NoSolver(RuntimeError):
    """OR-Tools is not installed: ``pip install waypost[timetable]``."""


@dataclass(frozen=True, slots=True)
class SolvedWeek:
    """A week, what it is worth, what no week can exceed, and whether it is proved the best.

    ``unkept`` are pins that no week can keep together with the hard rules: person and group.
    ``by_hand`` is true where no solver was there and the week is the greedy one, without a bound.
    """

    timetable: Timetable
    worth: int
    bound: int | None
    proven: bool
    seconds: float
    unkept: tuple[tuple[str, str], ...] = ()
    by_hand: bool = False

    @property
    def gap(self) -> float | None:
        """The part of the bound that is missing, from 0.0; None where there is no bound."""
        if self.bound is None:
            return None
        return (self.bound - self.worth) / self.bound if self.bound > 0 else 0.0


FOR_BOUND = 0.4
"""The most of the effort that goes to the relaxation."""
FOR_PEOPLE, FOR_DAYS, FOR_ALL = 0.15, 0.55, 0.5
"""Shares of what is left: people alone; groups on the relaxation's days; all that is possible."""


def solve(
    problem: WeekProblem,
    *,
    before: Timetable | None = None,
    effort: Effort = USUAL,
    weights: Weights = WEIGHTS,
) -> SolvedWeek:
    """The best week that is known when the effort is spent; never one that breaks a hard rule.

    With ``before`` people keep their places wherever a change helps nobody who is short. Pins are
    kept; where they cannot be kept all together, as many as can be, and ``unkept`` names the rest.
    """
    began = time.monotonic()
    try:
        from waypost.treatment.timetable.bound import relaxed
    except ImportError:
        return _greedy(problem, before, weights, began)
    relaxation = relaxed(problem, before, weights, effort.seconds * FOR_BOUND)
    bound = most_worth(problem, before, weights)
    if relaxation is not None:
        bound = min(bound, relaxation.bound)
    week = _Search(problem, before, weights, effort, bound, began)
    if not any(week.search(relaxation, pins_bind=binding) for binding in (True, False)):
        return _greedy(problem, before, weights, began)
    return SolvedWeek(
        week.best,
        week.worth,
        max(week.bound, week.worth),
        week.proven or week.worth >= week.bound,
        time.monotonic() - began,
        _unkept(problem, week.best),
    )


class _Search:
    """One search: the best week so far, and what none can exceed."""

    def __init__(
        self,
        problem: WeekProblem,
        before: Timetable | None,
        weights: Weights,
        effort: Effort,
        bound: int,
        began: float,
    ) -> None:
        self.problem, self.before, self.weights = problem, before, weights
        self.effort, self.bound, self.began = effort, bound, began
        self.best, self.worth, self.proven = EMPTY, -1, False

    def search(self, relaxation: Relaxed | None, *, pins_bind: bool) -> bool:
        """Ever more of what is possible, from the best week so far; whether there is a week."""
        problem, before = self.problem, self.before
        start = before if before is not None and before.placings else by_hand(problem)
        if not check(problem, start):
            # A week that breaks no rule is never lost, however little time there is.
            self.best, self.worth = start, score(problem, start, before).worth(self.weights)
        left = self.effort.after(time.monotonic() - self.began)
        # First the people alone, with every group where the start has it: a quick, large gain.
        self._solve(held(problem, start), start, left.part(FOR_PEOPLE), pins_bind)
        if relaxation is not None and self.worth < self.bound:
            narrow = at_times(problem, relaxation.slots_of)
            self._solve(narrow, self._start(start), left.part(FOR_DAYS), pins_bind)
        if self.worth < self.bound:
            units = left.part(FOR_ALL).deterministic
            rest = replace(self.effort.after(time.monotonic() - self.began), deterministic=units)
            found = self._solve(problem, self._start(start), rest, pins_bind)
            if found is not None:
                self.bound, self.proven = min(self.bound, found.bound), found.proven
        return self.worth >= 0

    def _start(self, start: Timetable) -> Timetable:
        return start if self.worth < 0 else self.best

    def _solve(
        self, smaller: WeekProblem, start: Timetable, effort: Effort, pins_bind: bool
    ) -> Solution | None:
        from waypost.treatment.timetable.model import WeekModel

        model = WeekModel(smaller, self.before, self.weights, pins_bind=pins_bind)
        solution = model.maximize(start, effort)
        if solution is not None:
            worth = score(self.problem, solution.timetable, self.before).worth(self.weights)
            if worth > self.worth:
                self.best, self.worth = solution.timetable, worth
        return solution


def at_times(problem: WeekProblem, slots_of: Mapping[str, frozenset[str]]) -> WeekProblem:
    """The problem with groups kept to some of the slots at which they may meet."""
    groups = tuple(replace(g, slots=slots_of.get(g.id, g.slots)) for g in problem.groups)
    return replace(problem, groups=groups)


def held(problem: WeekProblem, timetable: Timetable) -> WeekProblem:
    """The problem with every group held where and when the timetable has it, or not meeting."""
    at = timetable.placing_of
    groups = tuple(
        replace(
            group,
            slots=frozenset({at[group.id].slot}),
            room=at[group.id].room,
            facilitator=at[group.id].facilitator,
        )
        for group in problem.groups
        if group.id in at
    )
    return replace(problem, groups=groups)


def _unkept(problem: WeekProblem, timetable: Timetable) -> tuple[tuple[str, str], ...]:
    pairs = {(p.id, group) for p in problem.people for group in p.pinned}
    return tuple(sorted(pairs - timetable.places))


def _greedy(
    problem: WeekProblem, before: Timetable | None, weights: Weights, began: float
) -> SolvedWeek:
    timetable = by_hand(problem)
    worth = score(problem, timetable, before).worth(weights)
    spent = time.monotonic() - began
    unkept = _unkept(problem, timetable)
    return SolvedWeek(timetable, worth, None, False, spent, unkept, by_hand=True)
