"""A program's week: the solver beside a week made by hand, with its distance from the bound.

A machine that others share gives ten seconds on the clock fewer than ten of work. So each size is
solved twice: by the clock, and to a limit in the solver's own deterministic time, which is the
same work on every machine; both lines print the seconds of processor that they took (two cores
have twenty in ten seconds).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from twins.made_up_weeks import made_up_week
from twins.timetable_twin import breaks_a_rule
from waypost.treatment.timetable.effort import Effort
from waypost.treatment.timetable.greedy import by_hand
from waypost.treatment.timetable.scoring import minutes_of_person, score
from waypost.treatment.timetable.solver import solve

SIZES = ((20, 12), (20, 16), (60, 24), (60, 36), (60, 48), (60, 60), (150, 60))
SECONDS = 10.0
UNITS = 1.0
"""Deterministic time that two quiet cores spend in less than ten seconds."""


def run(*, quick: bool, say: Callable[[str], None]) -> None:
    """Print two lines for each size: by the clock, and by deterministic time."""
    say("\nA program's week: the solver beside a week made by hand")
    for people, groups in SIZES[:2] if quick else SIZES:
        clock = Effort(seconds=2.0 if quick else SECONDS)
        say(line(people, groups, clock, f"{clock.seconds:.0f} s by the clock"))
        steady = Effort(seconds=60.0, deterministic=0.5 if quick else UNITS)
        say(line(people, groups, steady, f"{steady.deterministic} units of its own time"))


def line(people: int, groups: int, effort: Effort, limit: str) -> str:
    """What is met at one size, and how far the bound is; the slow checker goes over the week."""
    problem = made_up_week(people, groups)
    hand = by_hand(problem)
    began = time.process_time()
    solved = solve(problem, effort=effort)
    work = time.process_time() - began
    broken = [*breaks_a_rule(problem, solved.timetable), *breaks_a_rule(problem, hand)]
    if broken:
        raise AssertionError(broken)
    wanted = sum(person.minutes for person in problem.people)
    met = sum(minutes_of_person(problem, solved.timetable, p.id) for p in problem.people)
    greedy = score(problem, hand).worth()
    far = "proved the best" if solved.proven else f"{solved.gap or 0:.2%} below {solved.bound:,}"
    return (
        f"{people:3} people, {groups} groups, {limit}: worth {solved.worth:,}, {far}; "
        f"took {solved.seconds:.1f} s, {work:.1f} s of processor; "
        f"by hand {greedy:,} ({solved.worth / greedy - 1:+.1%}); {met / wanted:.0%} of the hours"
    )
