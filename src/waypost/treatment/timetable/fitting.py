"""Puts one more person into a week without moving anybody: the first change that is tried."""

from __future__ import annotations

from waypost.treatment.timetable.checking import SLACK_MINUTES, overlapping
from waypost.treatment.timetable.moving import with_person
from waypost.treatment.timetable.problem import Attendee, Timetable, WeekProblem, may_attend


def fit_in(problem: WeekProblem, timetable: Timetable, person: Attendee) -> Timetable:
    """The week with the person in open groups until their plan is met, needed kinds first.

    Caps, seats, hours and days are kept; nobody else's place changes. Where nothing more fits,
    the person is short, and `explaining.shortfalls` says what would help.
    """
    week = timetable
    slots = [problem.slot_of[week.placing_of[g].slot] for g in week.groups_of.get(person.id, ())]
    options = sorted(
        timetable.placings,
        key=lambda p: (
            problem.group_of[p.group].kind not in person.needs,
            problem.slot_of[p.slot].track not in person.wishes,
            problem.slot_of[p.slot].start,
        ),
    )
    for placing in options:
        group, slot = problem.group_of[placing.group], problem.slot_of[placing.slot]
        reached = sum(s.minutes for s in slots)
        size = len(week.people_of.get(group.id, ()))
        if (
            reached < person.minutes
            and reached + slot.minutes <= person.minutes + SLACK_MINUTES
            and size < min(group.most, problem.room_of[placing.room].seats)
            and may_attend(person, group, slot)
            and len({s.day for s in [*slots, slot]}) <= person.most_days
            and not overlapping([*slots, slot])
        ):
            week = with_person(week, person.id, group.id)
            slots.append(slot)
    return week
