"""When each group meets in a good week, from the relaxed one: whole meetings, people in parts.

The shares of the relaxation say between which whole numbers the meetings of a kind lie. With
these few numbers whole and the people's places left as they are, a branch and bound is done in a
moment and loses next to nothing (measured in the bench); CP-SAT then gives the places.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ortools.linear_solver.python import model_builder

from waypost.treatment.timetable.alike import Kind, Times
from waypost.treatment.timetable.bound import RelaxedWeek

FEW_PLACES = 3_500
"""Up to so many possible places, people are whole here too: where groups are scarce it counts."""
MOST_PLACES = 10_000
"""Beyond so many possible places, those that the relaxation does not use are left out."""
QUIET = "output_flag=false"


@dataclass(frozen=True, slots=True)
class GoodTimes:
    """Slots at which each group would meet; how much of each person would be in each group."""

    slots_of: Mapping[str, frozenset[str]]
    shares: Mapping[tuple[str, str], float]


def good_times(week: RelaxedWeek, relaxation: model_builder.Solver, seconds: float) -> GoodTimes:
    """When the groups of a good week meet; groups that would not meet are left out."""
    shares = {key: relaxation.value(meets) for key, meets in week.meet.items()}
    _restrict(week, relaxation, shares)
    few = len(week.places) <= FEW_PLACES
    for whole, share in ((True, 0.7), (False, 0.3)) if few else ((False, 1.0),):
        for flag in (*week.come.values(), *week.places.values()):
            flag.is_integral = whole
        solver = model_builder.Solver("highs")
        solver.set_solver_specific_parameters(f"{QUIET},mip_rel_gap=0.003")
        solver.set_time_limit_in_seconds(seconds * share)
        status = solver.solve(week.model)
        if status in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE):
            meetings = {key: round(solver.value(meets)) for key, meets in week.meet.items()}
            places = {key: solver.value(place) for key, place in week.places.items()}
            return _named(meetings, places)
    return GoodTimes(_rounded(week, shares), {})


def _restrict(
    week: RelaxedWeek,
    relaxation: model_builder.Solver,
    shares: Mapping[tuple[Kind, Times], float],
) -> None:
    """Whole meetings, each at the number below or above its share."""
    for key, meets in week.meet.items():
        meets.is_integral = True
        meets.lower_bound = math.floor(shares[key] + 1e-6)
        meets.upper_bound = math.ceil(shares[key] - 1e-6)
    if len(week.places) <= MOST_PLACES:
        return
    for key, places in week.attend.items():
        for place in places if shares[key] < 1 - 1e-6 else ():
            if relaxation.value(place) < 1e-7:
                place.upper_bound = 0


def _named(
    meetings: Mapping[tuple[Kind, Times], int],
    places: Mapping[tuple[str, Kind, Times], float],
) -> GoodTimes:
    """Which group of a kind meets when: those of a kind are alike, and its people share them."""
    left = {kind: list(kind) for kind, _times in meetings}
    groups = {
        (kind, times): [left[kind].pop(0).id for _meeting in range(count)]
        for (kind, times), count in meetings.items()
    }
    slots_of = {
        name: frozenset(slot.id for slot in times)
        for (_kind, times), names in groups.items()
        for name in names
    }
    shares = {
        (person, name): share / len(groups[kind, times])
        for (person, kind, times), share in places.items()
        if share > 1e-6
        for name in groups[kind, times]
    }
    return GoodTimes(slots_of, shares)


def _rounded(
    week: RelaxedWeek, shares: Mapping[tuple[Kind, Times], float]
) -> dict[str, frozenset[str]]:
    """Each group at the times that have the largest shares of its kind, while rooms are left."""
    units = [
        (min(1.0, share - whole), number, kind, times)
        for number, ((kind, times), share) in enumerate(shares.items())
        for whole in range(math.ceil(share - 1e-6))
    ]
    units.sort(key=lambda unit: (-round(unit[0], 6), unit[1]))
    free = {times: len(times) * len(week.problem.rooms) for _kind, times in shares}
    left = {kind: list(kind) for kind, _times in shares}
    slots_of = {}
    for _share, _number, kind, times in units:
        if left[kind] and free[times]:
            slots_of[left[kind].pop(0).id] = frozenset(slot.id for slot in times)
            free[times] -= 1
    return slots_of
