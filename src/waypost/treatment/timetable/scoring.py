"""What a timetable is worth: the needs that it meets and the wishes, each with its weight.

The weights stand here once: the solver is given them, the page shows them, and the twin in the
tests counts with them. A minute that a plan asks for counts one; whatever else counts is measured
in such minutes. A change to a person's week costs less than a session that is missing and more
than any wish, so that a new week disturbs people only where someone is short without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields

from waypost.treatment.timetable.kinds import GroupKind
from waypost.treatment.timetable.problem import Attendee, Timetable, WeekProblem, within


@dataclass(frozen=True, slots=True)
class Weights:
    """What each thing is worth, in minutes that a plan asks for."""

    minute: int = 1
    need: int = 60
    kept_place: int = 40
    group_meets: int = 10
    kept_placing: int = 5
    wished_track: int = 4
    day_spared: int = 2


WEIGHTS = Weights()
UNKEPT_PIN = 100_000
"""What a pin that is not kept costs, where not all can be: more than any week is worth to one."""


@dataclass(frozen=True, slots=True)
class Score:
    """What is met, counted in the units of `Weights`, field by field."""

    minute: int = 0
    need: int = 0
    kept_place: int = 0
    group_meets: int = 0
    kept_placing: int = 0
    wished_track: int = 0
    day_spared: int = 0

    def worth(self, weights: Weights = WEIGHTS) -> int:
        """All of it together, weighed."""
        return sum(getattr(self, f.name) * getattr(weights, f.name) for f in fields(Score))


def minutes_of_person(problem: WeekProblem, timetable: Timetable, person: str) -> int:
    """The minutes of a week that a person attends."""
    return sum(
        problem.slot_of[timetable.placing_of[group].slot].minutes
        for group in timetable.groups_of.get(person, ())
        if group in timetable.placing_of
    )


def days_of_person(problem: WeekProblem, timetable: Timetable, person: str) -> frozenset[int]:
    """The days of the week on which a person comes."""
    return frozenset(
        problem.slot_of[timetable.placing_of[group].slot].day
        for group in timetable.groups_of.get(person, ())
        if group in timetable.placing_of
    )


def needs_met(problem: WeekProblem, timetable: Timetable, person: Attendee) -> int:
    """How many of the groups that a plan names by kind a person attends."""
    kinds = Counter(problem.group_of[g].kind for g in timetable.groups_of.get(person.id, ()))
    return sum(min(kinds[kind], wanted) for kind, wanted in person.needs.items())


def score(problem: WeekProblem, timetable: Timetable, before: Timetable | None = None) -> Score:
    """What a timetable meets; ``before`` is the week that is changed, where there is one."""
    people = problem.people
    return Score(
        minute=sum(min(p.minutes, minutes_of_person(problem, timetable, p.id)) for p in people),
        need=sum(needs_met(problem, timetable, p) for p in people),
        kept_place=len(kept_places(timetable, before)) if before else 0,
        group_meets=len(timetable.placings),
        kept_placing=len(set(timetable.placings) & set(before.placings)) if before else 0,
        wished_track=sum(_wished(problem, timetable, p) for p in people),
        day_spared=sum(p.most_days - len(days_of_person(problem, timetable, p.id)) for p in people),
    )


def kept_places(timetable: Timetable, before: Timetable) -> frozenset[tuple[str, str]]:
    """The places of ``before`` that a person still has, at the same time."""
    return frozenset(
        (person, group)
        for person, group in timetable.places & before.places
        if group in before.placing_of
        and group in timetable.placing_of
        and before.placing_of[group].slot == timetable.placing_of[group].slot
    )


def _wished(problem: WeekProblem, timetable: Timetable, person: Attendee) -> int:
    return sum(
        problem.slot_of[timetable.placing_of[group].slot].track in person.wishes
        for group in timetable.groups_of.get(person.id, ())
        if group in timetable.placing_of
    )


def most_worth(problem: WeekProblem, before: Timetable | None, weights: Weights = WEIGHTS) -> int:
    """What no week can exceed, counted without a solver.

    Each part is bounded by itself: by what each person could attend were they alone, and by the
    places of all groups together.
    """
    longest = max((slot.minutes for slot in problem.slots), default=0)
    alone = {p.id: _sessions_by_track(problem, p) for p in problem.people}
    places = sum(group.most for group in problem.groups) * longest
    minutes = sum(min(p.minutes, sum(alone[p.id].values()) * longest) for p in problem.people)
    return Score(
        minute=min(minutes, places),
        need=sum(_needs_by_kind(problem)),
        kept_place=len(before.places) if before else 0,
        group_meets=len(problem.groups),
        kept_placing=len(before.placings) if before else 0,
        wished_track=sum(alone[p.id][track] for p in problem.people for track in p.wishes),
        day_spared=sum(person.most_days for person in problem.people),
    ).worth(weights)


def _sessions_by_track(problem: WeekProblem, person: Attendee) -> Counter[str]:
    """The most sessions of each track that a person could attend: a slot and a group for each."""
    slots = [slot for slot in problem.slots if within(person.hours, slot.start, slot.end)]
    groups = [
        group
        for group in problem.groups
        if person.welcome(group.kind) and group.id not in person.kept_out
    ]
    of_track = Counter(slot.track for slot in slots)
    return Counter(
        {
            track: min(count, sum(group.track in ("", track) for group in groups))
            for track, count in of_track.items()
        }
    )


def _needs_by_kind(problem: WeekProblem) -> Iterator[int]:
    """For each kind the places that plans ask for, no more than its groups have."""
    wanted: Counter[GroupKind] = Counter()
    for person in problem.people:
        wanted.update(person.needs)
    for kind, count in wanted.items():
        yield min(count, sum(group.most for group in problem.groups if group.kind == kind))
