"""The week as a model of CP-SAT: one variable for every choice that is possible, and the rules."""

from __future__ import annotations

from collections import Counter, defaultdict

from ortools.sat.python import cp_model

from waypost.treatment.timetable.checking import SLACK_MINUTES
from waypost.treatment.timetable.effort import Effort, Solution
from waypost.treatment.timetable.kinds import GroupKind
from waypost.treatment.timetable.placing_model import PlacingModel, Variable, by_first, cliques
from waypost.treatment.timetable.problem import Timetable, WeekProblem, may_attend
from waypost.treatment.timetable.scoring import (
    UNKEPT_PIN,
    Weights,
    days_of_person,
    minutes_of_person,
)


class WeekModel(PlacingModel):
    """One week's variables and constraints; `maximize` finds the timetable."""

    def __init__(
        self, problem: WeekProblem, before: Timetable | None, weights: Weights, *, pins_bind: bool
    ) -> None:
        super().__init__(problem)
        self.before, self.weights = before, weights
        self.attend: dict[tuple[str, str, str], Variable] = {}
        self.come: dict[tuple[str, int], Variable] = {}
        self.minutes: dict[str, Variable] = {}
        self.needs: dict[tuple[str, GroupKind], Variable] = {}
        self.worth += [weights.group_meets * placed for placed in self.place.values()]
        self._attendance()
        self._one_at_a_time()
        self._days()
        self._plans()
        self._ratio()
        self._pins(bind=pins_bind)
        self._kept()
        self.model.maximize(sum(self.worth))

    def _attendance(self) -> None:
        """A group has at least its fewest and at most what its cap and its room allow."""
        problem = self.problem
        for (group_id, slot_id), placed in self.place.items():
            group, slot = problem.group_of[group_id], problem.slot_of[slot_id]
            able = [person for person in problem.people if may_attend(person, group, slot)]
            for person in able:
                self.attend[person.id, group_id, slot_id] = self.flag()
            coming = [self.attend[person.id, group_id, slot_id] for person in able]
            for attendee in coming:
                self.model.add_implication(attendee, placed)
            seats = sum(
                min(group.most, room.seats) * self.room[group_id, slot_id, room.id]
                for room in problem.rooms
                if (group_id, slot_id, room.id) in self.room
            )
            self.model.add(sum(coming) <= seats)
            self.model.add(sum(coming) >= group.fewest * placed)

    def _one_at_a_time(self) -> None:
        """Nobody is in two places at once."""
        for together in cliques(self.problem.slots):
            self.at_most_one(self.attend, together, slot_at=2, name_at=0)

    def _days(self) -> None:
        """The days on which a person comes, no more than they can; each day spared is a wish."""
        for (name, _group, slot), flag in self.attend.items():
            day = name, self.problem.slot_of[slot].day
            if day not in self.come:
                self.come[day] = self.flag()
            self.model.add_implication(flag, self.come[day])
        days = by_first(self.come)
        for person in self.problem.people:
            coming = sum(days.get(person.id, ()))
            self.model.add(coming <= person.most_days)
            self.worth.append(self.weights.day_spared * (person.most_days - coming))

    def _plans(self) -> None:
        """Minutes and kinds that each plan asks for, met as far as they are."""
        of_person: dict[str, list[tuple[str, str, Variable]]] = defaultdict(list)
        for (person_id, group, slot), flag in self.attend.items():
            of_person[person_id].append((group, slot, flag))
        for person in self.problem.people:
            choices = of_person[person.id]
            slots = self.problem.slot_of
            minutes = sum(slots[slot].minutes * flag for _group, slot, flag in choices)
            self.model.add(minutes <= person.minutes + SLACK_MINUTES)
            self.minutes[person.id] = self._met(minutes, person.minutes, self.weights.minute)
            for kind, wanted in person.needs.items():
                of_kind = [f for g, _s, f in choices if self.problem.group_of[g].kind == kind]
                met = self._met(sum(of_kind), wanted, self.weights.need)
                self.needs[person.id, kind] = met
            wished = [f for _group, slot, f in choices if slots[slot].track in person.wishes]
            self.worth.append(self.weights.wished_track * sum(wished))

    def _met(self, reached: cp_model.LinearExprT, wanted: int, weight: int) -> Variable:
        met = self.model.new_int_var(0, wanted, "")
        self.model.add(met <= reached)
        self.worth.append(weight * met)
        return met

    def _ratio(self) -> None:
        """On each day no more people than its counselors may care for."""
        if not self.problem.people_a_counselor:
            return
        for day, at_work in self.at_work().items():
            coming = sum(flag for (_person, on), flag in self.come.items() if on == day)
            self.model.add(coming <= self.problem.people_a_counselor * sum(at_work))

    def _pins(self, *, bind: bool) -> None:
        for person in self.problem.people:
            for group in sorted(person.pinned):
                attends = sum(
                    self.attend[person.id, group, slot.id]
                    for slot in self.problem.slots
                    if (person.id, group, slot.id) in self.attend
                )
                if bind:
                    self.model.add(attends == 1)
                else:
                    self.worth.append(UNKEPT_PIN * (attends - 1))

    def _kept(self) -> None:
        """What stays as it was, where a week is changed."""
        before = self.before
        if before is None:
            return
        for person, group in sorted(before.places):
            placing = before.placing_of.get(group)
            flag = self.attend.get((person, group, placing.slot)) if placing else None
            if flag is not None:
                self.worth.append(self.weights.kept_place * flag)
        for placing in before.placings:
            key = placing.group, placing.slot
            room, lead = (*key, placing.room), (*key, placing.facilitator)
            if room in self.room and lead in self.lead:
                same = self.flag()
                self.model.add_implication(same, self.room[room])
                self.model.add_implication(same, self.lead[lead])
                self.worth.append(self.weights.kept_placing * same)

    def maximize(self, start: Timetable, effort: Effort) -> Solution | None:
        """The best timetable with its bound; None where none was there in time."""
        self._hint(start)
        solver = effort.solver()
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        bound = int(solver.best_objective_bound + 0.5)
        return Solution(self._read(solver), bound, status == cp_model.OPTIMAL)

    def _hint(self, start: Timetable) -> None:
        at = start.placing_of
        for (group, slot), flag in self.place.items():
            self.model.add_hint(flag, group in at and at[group].slot == slot)
        for (group, slot, room), flag in self.room.items():
            self.model.add_hint(
                flag, group in at and (at[group].slot, at[group].room) == (slot, room)
            )
        for (group, slot, name), flag in self.lead.items():
            here = group in at and (at[group].slot, at[group].facilitator) == (slot, name)
            self.model.add_hint(flag, here)
        for (name, group, slot), flag in self.attend.items():
            here = (name, group) in start.places and group in at and at[group].slot == slot
            self.model.add_hint(flag, here)
        for (name, day), flag in self.come.items():
            self.model.add_hint(flag, day in days_of_person(self.problem, start, name))
        for person in self.problem.people:
            self.model.add_hint(
                self.minutes[person.id],
                min(person.minutes, minutes_of_person(self.problem, start, person.id)),
            )
            kinds = Counter(
                self.problem.group_of[g].kind for g in start.groups_of.get(person.id, ())
            )
            for kind, wanted in person.needs.items():
                self.model.add_hint(self.needs[person.id, kind], min(wanted, kinds[kind]))

    def _read(self, solver: cp_model.CpSolver) -> Timetable:
        places = frozenset(
            (person, group)
            for (person, group, _slot), flag in self.attend.items()
            if solver.boolean_value(flag)
        )
        return Timetable(tuple(sorted(self.placings(solver))), places)
