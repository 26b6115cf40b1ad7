"""Makes the week with CP-SAT: hard rules as constraints, `scoring.WEIGHTS` as what is maximized.

A place is one variable for each person, group and slot that are possible together, so that the
solver's linear relaxation is close to the truth and the bound that it prints is worth something.
With ``workers=1`` and a bound in deterministic time the same problem gives the same week.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from waypost.treatment.timetable.effort import USUAL, Effort
from waypost.treatment.timetable.greedy import by_hand
from waypost.treatment.timetable.problem import Timetable, WeekProblem
from waypost.treatment.timetable.scoring import WEIGHTS, Weights, most_worth, score


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


FOR_PEOPLE = 0.2
"""The share of the effort that goes to the people's places before groups are moved."""


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
        from waypost.treatment.timetable.model import WeekModel
    except ImportError:
        return _greedy(problem, before, weights, began)
    start = before if before is not None and before.placings else by_hand(problem)
    for pins_bind in (True, False):
        # First the people alone, with every group where the start has it: a quick, large gain.
        people = WeekModel(held(problem, start), before, weights, pins_bind=pins_bind)
        better = people.maximize(start, effort.part(FOR_PEOPLE))
        model = WeekModel(problem, before, weights, pins_bind=pins_bind)
        left = effort.after(time.monotonic() - began)
        best = model.maximize(better.timetable if better else start, left)
        if best is not None:
            break
    if best is None and better is None:
        return _greedy(problem, before, weights, began)
    weeks = [solution.timetable for solution in (best, better) if solution is not None]
    timetable = max(weeks, key=lambda week: score(problem, week, before).worth(weights))
    worth = score(problem, timetable, before).worth(weights)
    bound = most_worth(problem, before, weights)
    return SolvedWeek(
        timetable,
        worth,
        max(min(bound, best.bound) if best else bound, worth),
        best is not None and best.proven,
        time.monotonic() - began,
        _unkept(problem, timetable),
    )


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
