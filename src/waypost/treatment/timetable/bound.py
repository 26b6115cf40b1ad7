"""What no week can exceed: the linear relaxation of the week, with what is alike counted together.

Slots at which the same people can come and the same facilitators lead, groups of one kind and
track and size, and rooms with the same seats are each one row here: averaging a fractional week
over what is alike changes none of its worth, so the smaller program has the same optimum as the
large one and is solved in a fraction of the time. Rules that are left out only raise the bound.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Any

from ortools.linear_solver.python import model_builder

from waypost.treatment.timetable.alike import Kind, Times, alike
from waypost.treatment.timetable.checking import SLACK_MINUTES
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    Timetable,
    WeekProblem,
    WeekSlot,
    may_lead,
    slots_for,
    within,
)
from waypost.treatment.timetable.scoring import Weights


def relaxed(week: RelaxedWeek, seconds: float) -> tuple[int, model_builder.Solver] | None:
    """What no week is worth more than, and the relaxed week; None where time ran out."""
    solver = model_builder.Solver("glop")
    solver.set_time_limit_in_seconds(seconds)
    if solver.solve(week.model) != model_builder.SolveStatus.OPTIMAL:
        return None
    # A worth is a whole number; the solver's own tolerance is far below this share.
    return math.floor(solver.objective_value * (1 + 1e-7) + 1e-3), solver


class RelaxedWeek:
    """The linear program; its optimum is at least the worth of every week that breaks no rule.

    Where pins bind, it is that of every week that keeps them all.
    """

    def __init__(
        self,
        problem: WeekProblem,
        before: Timetable | None,
        weights: Weights,
        *,
        pins_bind: bool = True,
    ) -> None:
        self.problem, self.before, self.weights = problem, before, weights
        self.pins_bind = pins_bind
        self.model = model_builder.Model()  # type: ignore[no-untyped-call]
        self.times = self._alike_slots()
        self.kinds = self._alike_groups()
        self.worth: list[Any] = []
        self.meet: dict[tuple[Kind, Times], Any] = {}
        self.seats: dict[tuple[Kind, Times], list[Any]] = {}
        self.leads: dict[tuple[str, Times], list[Any]] = defaultdict(list)
        self._meetings()
        self._rooms()
        self._facilitators()
        self.come = {
            (person.id, day): self._some(1)
            for person in problem.people
            for day in sorted({slot.day for slot in problem.slots})
        }
        self.places: dict[tuple[str, Kind, Times], Any] = {}
        self.attend: dict[tuple[Kind, Times], list[Any]] = defaultdict(list)
        for person in problem.people:
            self._person(person)
        self._sizes()
        self._ratio()
        self.model.maximize(model_builder.LinearExpr.sum(self.worth))

    def _some(self, most: float) -> Any:
        return self.model.new_num_var(0, most, None)

    def _sum(self, terms: Iterable[Any]) -> Any:
        return model_builder.LinearExpr.sum(list(terms))

    def _alike_slots(self) -> list[Times]:
        """Slots that nobody can tell apart; one that overlaps another is always alone."""
        problem = self.problem
        pinned = frozenset(slot for group in problem.groups for slot in group.slots)
        if self.before is not None:
            pinned |= {placing.slot for placing in self.before.placings}

        everyones = [anyone.hours for anyone in problem.people]
        everyones += [anyone.hours for anyone in problem.facilitators]

        def looks(slot: WeekSlot) -> Hashable:
            shared = any(
                o.start < slot.end and slot.start < o.end for o in problem.slots if o != slot
            )
            if shared or slot.id in pinned:
                return slot.id
            able = tuple(within(hours, slot.start, slot.end) for hours in everyones)
            return slot.track, slot.day, slot.minutes, able

        return alike(problem.slots, looks)

    def _alike_groups(self) -> list[Kind]:
        told_apart = frozenset(g for p in self.problem.people for g in p.kept_out | p.pinned)
        if self.before is not None:
            told_apart |= self.before.placing_of.keys()

        def looks(group: CareGroup) -> Hashable:
            if group.id in told_apart:
                return group.id
            return (
                group.kind,
                group.track,
                group.fewest,
                group.most,
                group.slots,
                group.room,
                group.facilitator,
            )

        return alike(self.problem.groups, looks)

    def _meetings(self) -> None:
        """How often the groups of a kind meet at times that are alike."""
        for kind in self.kinds:
            possible = slots_for(self.problem, kind[0])
            for times in self.times:
                if times[0] in possible:
                    meets = self.meet[kind, times] = self._some(len(kind))
                    self.worth.append((self.weights.group_meets + self._kept(kind, times)) * meets)
            mine = [meets for (k, _times), meets in self.meet.items() if k == kind]
            self.model.add(self._sum(mine) <= len(kind))

    def _kept(self, kind: Kind, times: Times) -> int:
        """What it is worth that a group stays at its time, in whichever room."""
        at = self.before.placing_of.get(kind[0].id) if self.before else None
        return self.weights.kept_placing if at and at.slot == times[0].id else 0

    def _rooms(self) -> None:
        used: dict[tuple[Any, Times], list[Any]] = defaultdict(list)
        pinned = {group.room for group in self.problem.groups}
        rooms = alike(self.problem.rooms, lambda r: (r.seats, r.id if r.id in pinned else ""))
        for (kind, times), meets in self.meet.items():
            group, inside = kind[0], []
            self.seats[kind, times] = []
            for same in rooms:
                if group.room in ("", same[0].id) and same[0].seats >= group.fewest:
                    here = self._some(len(kind))
                    inside.append(here)
                    self.seats[kind, times].append(min(group.most, same[0].seats) * here)
                    used[same, times].append(here)
            self.model.add(self._sum(inside) == meets)
        for same in rooms:
            self._at_once({t: used[same, t] for t in self.times}, len(same))

    def _facilitators(self) -> None:
        """Who leads, for all kinds at once that the same people may lead."""
        led: dict[tuple[frozenset[str], Times], list[Any]] = defaultdict(list)
        for (kind, times), meets in self.meet.items():
            able = [f.id for f in self.problem.facilitators if may_lead(f, kind[0], times[0])]
            led[frozenset(able), times].append(meets)
        for (names, times), meetings in led.items():
            leading = [self._some(len(times)) for _name in names]
            for name, here in zip(sorted(names), leading, strict=True):
                self.leads[name, times].append(here)
            self.model.add(self._sum(leading) == self._sum(meetings))
        for facilitator in self.problem.facilitators:
            self._at_once({t: self.leads[facilitator.id, t] for t in self.times}, 1)
            minutes = [
                t[0].minutes * here for t in self.times for here in self.leads[facilitator.id, t]
            ]
            self.model.add(self._sum(minutes) <= facilitator.most_minutes)

    def _at_once(self, used: dict[Times, list[Any]], most: int | Any) -> None:
        """No more than ``most`` of them at any moment."""
        for times in self.times:
            start = times[0].start
            together = [t for t in self.times if t[0].start <= start < t[0].end]
            terms = [variable for t in together for variable in used[t]]
            if terms:
                self.model.add(self._sum(terms) <= most * len(times))

    def _person(self, person: Attendee) -> None:
        weights = self.weights
        places: dict[tuple[Kind, Times], Any] = {}
        for (kind, times), meets in self.meet.items():
            slot, group = times[0], kind[0]
            if not person.welcome(group.kind) or group.id in person.kept_out:
                continue
            if within(person.hours, slot.start, slot.end):
                place = places[kind, times] = self._some(min(len(kind), len(times)))
                self.places[person.id, kind, times] = place
                self.attend[kind, times].append(place)
                self.model.add(place <= meets)
                worth = weights.wished_track * (slot.track in person.wishes)
                worth += weights.kept_place * self._had(person, kind, times)
                self.worth.append(worth * place)
        for group_id in sorted(person.pinned) if self.pins_bind else ():
            pinned = [place for (kind, _times), place in places.items() if kind[0].id == group_id]
            self.model.add(self._sum(pinned) == 1)
        self._days(person, places)
        minutes = self._sum(times[0].minutes * place for (_k, times), place in places.items())
        step = math.gcd(*(slot.minutes for slot in self.problem.slots)) or 1
        self.model.add(minutes <= (person.minutes + SLACK_MINUTES) // step * step)
        self._met(minutes, person.minutes, weights.minute)
        for wanted_kind, wanted in person.needs.items():
            of_kind = [p for (k, _times), p in places.items() if k[0].kind == wanted_kind]
            self._met(self._sum(of_kind), wanted, weights.need)

    def _had(self, person: Attendee, kind: Kind, times: Times) -> bool:
        if self.before is None or (person.id, kind[0].id) not in self.before.places:
            return False
        at = self.before.placing_of.get(kind[0].id)
        return at is not None and at.slot == times[0].id

    def _days(self, person: Attendee, places: dict[tuple[Kind, Times], Any]) -> None:
        for times in self.times:
            together = [
                p for (_k, t), p in places.items() if t[0].start <= times[0].start < t[0].end
            ]
            coming = self.come[person.id, times[0].day]
            if together:
                self.model.add(self._sum(together) <= len(times) * coming)
        days = self._sum(here for (name, _day), here in self.come.items() if name == person.id)
        self.model.add(days <= person.most_days)
        self.worth.append(self.weights.day_spared * (person.most_days - days))

    def _met(self, reached: Any, wanted: int, weight: int) -> None:
        met = self._some(wanted)
        self.model.add(met <= reached)
        self.worth.append(weight * met)

    def _sizes(self) -> None:
        for (kind, times), meets in self.meet.items():
            coming = self._sum(self.attend[kind, times])
            self.model.add(coming <= self._sum(self.seats[kind, times]))
            self.model.add(coming >= kind[0].fewest * meets)

    def _ratio(self) -> None:
        most = self.problem.people_a_counselor
        for day in {slot.day for slot in self.problem.slots} if most else ():
            at_work = []
            for facilitator in self.problem.facilitators:
                led = [
                    x for t in self.times if t[0].day == day for x in self.leads[facilitator.id, t]
                ]
                here = self._some(1)
                self.model.add(here <= self._sum(led))
                at_work.append(here)
            coming = self._sum(here for (_name, on), here in self.come.items() if on == day)
            self.model.add(coming <= most * self._sum(at_work))
