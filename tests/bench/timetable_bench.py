"""A program's week: the solver beside a week made by hand, with its distance from the bound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from twins.made_up_weeks import made_up_week
from waypost.treatment.timetable.checking import check
from waypost.treatment.timetable.effort import Effort
from waypost.treatment.timetable.greedy import by_hand
from waypost.treatment.timetable.scoring import minutes_of_person, score
from waypost.treatment.timetable.solver import solve

SIZES = ((20, 12), (20, 16), (60, 36), (60, 48), (60, 60), (150, 60))
SECONDS = 10.0


def run(snapshot: Path, *, quick: bool, say: Callable[[str], None]) -> None:
    """Print a line for each size."""
    say("\nA program's week: the solver beside a week made by hand")
    for people, groups in SIZES[:2] if quick else SIZES:
        say(line(people, groups, 2.0 if quick else SECONDS))


def line(people: int, groups: int, seconds: float) -> str:
    """What is met at one size, and how far the bound is."""
    problem = made_up_week(people, groups)
    hand = by_hand(problem)
    solved = solve(problem, effort=Effort(seconds=seconds))
    assert not check(problem, solved.timetable) and not check(problem, hand)
    wanted = sum(person.minutes for person in problem.people)
    met = sum(minutes_of_person(problem, solved.timetable, p.id) for p in problem.people)
    greedy = score(problem, hand).worth()
    far = "proved the best" if solved.proven else f"{solved.gap or 0:.1%} below the bound"
    return (
        f"{people:3} people, {groups} groups: worth {solved.worth:,}, {far}, in {solved.seconds:.1f} s; "
        f"by hand {greedy:,} ({solved.worth / greedy - 1:+.1%}); {met / wanted:.0%} of the hours"
    )
