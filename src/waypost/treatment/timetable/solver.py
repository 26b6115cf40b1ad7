"""Makes the week with CP-SAT: hard rules as constraints, `scoring.WEIGHTS` as what is maximized.

The week is found in steps that are each small: the linear relaxation gives the bound and, with
whole meetings, when groups of a kind meet (`rounding`); groups that share people are put apart in
rooms (`seating`); everyone's places are then nearly whole by themselves. CP-SAT goes on from there
with what is left of the time, and proves the optimum of a small program.
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
from waypost.treatment.timetable.problem import EMPTY, Timetable, WeekProblem, slots_for
from waypost.treatment.timetable.scoring import UNKEPT_PIN, WEIGHTS, Weights, most_worth, score

if TYPE_CHECKING:
    from waypost.treatment.timetable.rounding import GoodTimes


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


FOR_BOUND, FOR_ROUNDING = 0.65, 0.8
"""The most of the effort that goes to the relaxation, and of what is left to whole meetings."""
FOR_PLACING, FOR_SEATS = 0.2, 0.7
"""Shares of what is left then: groups at their slots in rooms; people in groups that are placed."""
PLACING_UNITS = 0.4
"""Deterministic time without which the groups of sixty people are not placed."""
FOR_PEOPLE, FOR_TIMES, FOR_ALL = 0.15, 0.85, 0.5
"""Shares of what is left: people alone; groups at the relaxation's times; all that is possible."""
MOST_FOR_ALL = 10_000
"""Beyond so many choices of person, group and time, all at once brings nothing in the time."""


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
        import waypost.treatment.timetable.bound  # noqa: F401 - is it installed?
    except ImportError:
        return _greedy(problem, before, weights, began)
    for binding in (True, False):
        week = _Search(problem, before, weights, effort, began, pins_bind=binding)
        if week.search():
            break
    else:
        return _greedy(problem, before, weights, began)
    return SolvedWeek(
        week.best,
        week.worth,
        max(week.bound, week.worth),
        week.proven or (not week.unkept and week.worth >= week.bound),
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
        began: float,
        *,
        pins_bind: bool,
    ) -> None:
        self.problem, self.before, self.weights = problem, before, weights
        self.effort, self.began, self.pins_bind = effort, began, pins_bind
        self.best, self.worth, self.proven = EMPTY, -1, False
        self.unkept = sum(len(person.pinned) for person in problem.people)
        self.bound = most_worth(problem, before, weights)

    def search(self) -> bool:
        """Ever more of what is possible, from the best week so far; whether there is a week."""
        problem, before = self.problem, self.before
        start = before if before is not None and before.placings else by_hand(problem)
        self._offer(start)
        times = self._relax()
        left = self.effort.after(time.monotonic() - self.began)
        if before is not None or times is None:
            # First the people alone, with every group where the start has it: a quick, large gain.
            self._solve(held(problem, start), start, left.part(FOR_PEOPLE))
        if times is not None and self.worth < self.bound:
            self._at_good_times(times)
        done = self.unkept == 0 and self.worth >= self.bound
        if not done and (self.worth < 0 or self.unkept or _choices(problem) <= MOST_FOR_ALL):
            units = left.part(FOR_ALL).deterministic
            rest = replace(self.effort.after(time.monotonic() - self.began), deterministic=units)
            solution = self._solve(problem, start if self.worth < 0 else self.best, rest)
            if solution is not None:
                bound = solution.bound + UNKEPT_PIN * self.unkept
                self.bound, self.proven = min(self.bound, bound), solution.proven
        return self.worth >= 0

    def _relax(self) -> GoodTimes | None:
        """The relaxation's bound, and when each group would meet; None where it was not solved."""
        from waypost.treatment.timetable.bound import RelaxedWeek, relaxed
        from waypost.treatment.timetable.rounding import good_times

        week = RelaxedWeek(self.problem, self.before, self.weights, pins_bind=self.pins_bind)
        relaxation = relaxed(week, self.effort.seconds * FOR_BOUND)
        if relaxation is None:
            return None
        self.bound = min(self.bound, relaxation[0])
        left = self.effort.after(time.monotonic() - self.began)
        return good_times(week, relaxation[1], left.seconds * FOR_ROUNDING)

    def _at_good_times(self, times: GoodTimes) -> None:
        """Rooms, facilitators and people, each group at the time that the relaxation gave it."""
        narrow = at_times(self.problem, times.slots_of)
        self._seat(narrow, times)
        start = by_hand(narrow) if check(narrow, self.best) else self.best
        self._offer(start)
        if self.worth < self.bound:
            left = self.effort.after(time.monotonic() - self.began)
            self._solve(narrow, start, left.part(FOR_TIMES))

    def _seat(self, narrow: WeekProblem, times: GoodTimes) -> None:
        """Groups apart that the same people would attend, then everyone's places at once."""
        from waypost.treatment.timetable.seating import placed_apart, seated

        left = self.effort.after(time.monotonic() - self.began)
        placings = placed_apart(
            narrow, times.shares, self.before, left.part(FOR_PLACING).at_least(PLACING_UNITS)
        )
        if not placings:
            return
        left = self.effort.after(time.monotonic() - self.began)
        fixed = held(narrow, Timetable(placings))
        week = seated(
            fixed, self.before, self.weights, left.seconds * FOR_SEATS, pins_bind=self.pins_bind
        )
        if week is not None:
            self._offer(week)

    def _offer(self, week: Timetable) -> None:
        """Keep a week that breaks no rule and is better: it is never lost, whatever the time."""
        if not check(self.problem, week):
            self._keep_better(week)

    def _keep_better(self, week: Timetable) -> None:
        """More pins kept come before whatever else a week is worth."""
        worth = score(self.problem, week, self.before).worth(self.weights)
        unkept = len(_unkept(self.problem, week))
        if self.worth < 0 or (unkept, -worth) < (self.unkept, -self.worth):
            self.best, self.worth, self.unkept = week, worth, unkept

    def _solve(self, smaller: WeekProblem, start: Timetable, effort: Effort) -> Solution | None:
        from waypost.treatment.timetable.model import WeekModel

        model = WeekModel(smaller, self.before, self.weights, pins_bind=self.pins_bind)
        solution = model.maximize(start, effort)
        if solution is not None:
            self._keep_better(solution.timetable)
        return solution


def _choices(problem: WeekProblem) -> int:
    """How many pairs of a group and a time there are, for all people together."""
    return len(problem.people) * sum(len(slots_for(problem, group)) for group in problem.groups)


def at_times(problem: WeekProblem, slots_of: Mapping[str, frozenset[str]]) -> WeekProblem:
    """The problem with groups kept to some of the slots at which they may meet, or not meeting."""
    groups = tuple(
        replace(group, slots=slots_of[group.id]) for group in problem.groups if group.id in slots_of
    )
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
