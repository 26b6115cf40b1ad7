"""Rooms and facilitators for groups whose times are nearly settled, then the people's places.

Two steps that are each small where the whole week is not: groups that the same people would
attend are put at different slots; and, with every group in its place, the places are a linear
program that is nearly whole by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from waypost.treatment.timetable.bound import RelaxedWeek
from waypost.treatment.timetable.effort import Effort
from waypost.treatment.timetable.placing_model import PlacingModel
from waypost.treatment.timetable.problem import Placing, Timetable, WeekProblem
from waypost.treatment.timetable.rounding import QUIET
from waypost.treatment.timetable.scoring import Weights

MEETS, KEPT, SHARED, AT_WORK = 10_000, 100, 100, 50
"""What counts while groups are placed: that they meet; that they stay; a person who is asked into
two at once; one more facilitator on a day, where a ratio asks for them. A seat counts one."""


def placed_apart(
    problem: WeekProblem,
    shares: Mapping[tuple[str, str], float],
    before: Timetable | None,
    effort: Effort,
) -> tuple[Placing, ...]:
    """The groups with as few people as can be who would be in two of them at once; () in haste."""
    model = PlacingModel(problem)
    worth = [MEETS * placed for placed in model.place.values()]
    worth += [
        min(problem.group_of[group].most, problem.room_of[room].seats) * flag
        for (group, _slot, room), flag in model.room.items()
    ]
    worth += [-cost * flag for cost, flag in _together(model, shares)]
    for placing in before.placings if before else ():
        for choices, name in ((model.room, placing.room), (model.lead, placing.facilitator)):
            kept = choices.get((placing.group, placing.slot, name))
            worth += [KEPT * kept] if kept is not None else []
    if problem.people_a_counselor:
        worth += [AT_WORK * here for day in model.at_work().values() for here in day]
    model.model.maximize(sum(worth))
    solver = effort.solver()
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return ()
    return tuple(sorted(model.placings(solver)))


def _together(
    model: PlacingModel, shares: Mapping[tuple[str, str], float]
) -> list[tuple[int, cp_model.IntVar]]:
    """What it costs that two groups meet at the same slot, for pairs that share people."""
    people: dict[str, dict[str, float]] = defaultdict(dict)
    for (person, group), share in shares.items():
        people[group][person] = share
    at: dict[str, list[str]] = defaultdict(list)
    for group, slot in model.place:
        at[slot].append(group)
    costs = []
    for slot, groups in at.items():
        for one, other in combinations(groups, 2):
            shared = sum(share * people[other].get(p, 0) for p, share in people[one].items())
            if round(SHARED * shared):
                both = model.flag()
                placed = model.place[one, slot] + model.place[other, slot]
                model.model.add(both >= placed - 1)
                costs.append((round(SHARED * shared), both))
    return costs


def seated(
    problem: WeekProblem,
    before: Timetable | None,
    weights: Weights,
    seconds: float,
    *,
    pins_bind: bool,
) -> Timetable | None:
    """The best places, where every group has one time, one room and one facilitator.

    Groups too small to meet are left out. None where nothing was there in time.
    """
    week = RelaxedWeek(problem, before, weights, pins_bind=pins_bind)
    for flags in (week.meet, week.places, week.come):
        for flag in flags.values():
            flag.is_integral = True
    solver = model_builder.Solver("highs")
    solver.set_solver_specific_parameters(f"{QUIET},mip_rel_gap=0.0005")
    solver.set_time_limit_in_seconds(seconds)
    status = solver.solve(week.model)
    if status not in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE):
        return None
    placings = [
        Placing(group.id, times[0].id, group.room, group.facilitator)
        for ((group, *_alike), times), meets in week.meet.items()
        if round(solver.value(meets))
    ]
    places = [
        (person, kind[0].id)
        for (person, kind, _times), place in week.places.items()
        if round(solver.value(place))
    ]
    return Timetable(tuple(sorted(placings)), frozenset(places))
