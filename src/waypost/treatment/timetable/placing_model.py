"""Where and when groups meet, as a model of CP-SAT: one variable for every choice there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from ortools.sat.python import cp_model

from waypost.treatment.timetable.problem import (
    Placing,
    WeekProblem,
    WeekSlot,
    may_lead,
    slots_for,
)

Variable = cp_model.IntVar


class PlacingModel:
    """The groups of a week with their times, rooms and facilitators, and no people yet."""

    def __init__(self, problem: WeekProblem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.place: dict[tuple[str, str], Variable] = {}
        self.room: dict[tuple[str, str, str], Variable] = {}
        self.lead: dict[tuple[str, str, str], Variable] = {}
        self.worth: list[cp_model.LinearExprT] = []
        self._placings()
        self._one_meeting_at_a_time()

    def flag(self) -> Variable:
        """A new yes-or-no variable."""
        return self.model.new_bool_var("")

    def _placings(self) -> None:
        """A group meets at most once, in one room, under one facilitator who may lead it."""
        for group in self.problem.groups:
            for slot in slots_for(self.problem, group):
                rooms = [r for r in self.problem.rooms if group.room in ("", r.id)]
                rooms = [r for r in rooms if r.seats >= group.fewest]
                leaders = [f for f in self.problem.facilitators if may_lead(f, group, slot)]
                if not rooms or not leaders:
                    continue
                key = group.id, slot.id
                placed = self.place[key] = self.flag()
                for room in rooms:
                    self.room[*key, room.id] = self.flag()
                for leader in leaders:
                    self.lead[*key, leader.id] = self.flag()
                self.model.add(sum(self.room[*key, r.id] for r in rooms) == placed)
                self.model.add(sum(self.lead[*key, f.id] for f in leaders) == placed)
        for placed_somewhere in by_first(self.place).values():
            self.model.add_at_most_one(placed_somewhere)

    def _one_meeting_at_a_time(self) -> None:
        """No room and no facilitator is in two places at once; nobody leads more than they may."""
        for together in cliques(self.problem.slots):
            for choices in (self.room, self.lead):
                self.at_most_one(choices, together, slot_at=1, name_at=2)
        for facilitator in self.problem.facilitators:
            led = [
                self.problem.slot_of[slot].minutes * flag
                for (_group, slot, name), flag in self.lead.items()
                if name == facilitator.id
            ]
            self.model.add(sum(led) <= facilitator.most_minutes)

    def at_work(self) -> dict[int, list[Variable]]:
        """For each day, a yes or no for each facilitator who could lead on it."""
        working: dict[int, dict[str, list[Variable]]] = defaultdict(lambda: defaultdict(list))
        for (_group, slot, name), flag in self.lead.items():
            working[self.problem.slot_of[slot].day][name].append(flag)
        at_work: dict[int, list[Variable]] = defaultdict(list)
        for day, names in working.items():
            for flags in names.values():
                here = self.flag()
                self.model.add(here <= sum(flags))
                at_work[day].append(here)
        return at_work

    def at_most_one(
        self,
        choices: Mapping[tuple[str, str, str], Variable],
        together: frozenset[str],
        *,
        slot_at: int,
        name_at: int,
    ) -> None:
        """Of the choices with one name, at most one in slots that share a moment."""
        same: dict[str, list[Variable]] = defaultdict(list)
        for key, flag in choices.items():
            if key[slot_at] in together:
                same[key[name_at]].append(flag)
        for flags in same.values():
            self.model.add_at_most_one(flags)

    def placings(self, solver: cp_model.CpSolver) -> list[Placing]:
        """Where the solver has the groups that meet."""
        return [
            Placing(group, slot, room, leader)
            for (group, slot), flag in self.place.items()
            if solver.boolean_value(flag)
            for room, leader in product(
                _chosen(solver, self.room, group, slot), _chosen(solver, self.lead, group, slot)
            )
        ]


def _chosen(
    solver: cp_model.CpSolver,
    choices: Mapping[tuple[str, str, str], Variable],
    group: str,
    slot: str,
) -> Iterator[str]:
    for (of_group, at, name), flag in choices.items():
        if (of_group, at) == (group, slot) and solver.boolean_value(flag):
            yield name


def by_first(flags: Mapping[Any, Variable]) -> dict[str, list[Variable]]:
    """The variables by the first part of their key."""
    groups: dict[str, list[Variable]] = defaultdict(list)
    for key, flag in flags.items():
        groups[key[0]].append(flag)
    return groups


def cliques(slots: Iterable[WeekSlot]) -> tuple[frozenset[str], ...]:
    """Sets of slots that all share a moment; every two that overlap are in one of them."""
    slots = tuple(slots)
    sets = [frozenset(s.id for s in slots if s.start <= slot.start < s.end) for slot in slots]
    return tuple(dict.fromkeys(sets))
