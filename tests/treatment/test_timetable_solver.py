"""The week: solver, checker and explanations, beside plain twins."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twins.made_up_weeks import made_up_week
from twins.timetable_twin import breaks_a_rule, every_week
from waypost.treatment.timetable.bound import RelaxedWeek, relaxed
from waypost.treatment.timetable.checking import WeekRule, check
from waypost.treatment.timetable.effort import Effort
from waypost.treatment.timetable.explaining import Help, NotPlaced, not_placed, shortfalls
from waypost.treatment.timetable.greedy import by_hand
from waypost.treatment.timetable.kinds import GroupKind
from waypost.treatment.timetable.moving import swap_groups, with_person, without_person
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    Facilitator,
    MeetingRoom,
    Placing,
    Timetable,
    WeekProblem,
    WeekSlot,
)
from waypost.treatment.timetable.scoring import WEIGHTS, kept_places, most_worth, score
from waypost.treatment.timetable.solver import solve

STEADY = Effort(deterministic=0.5, workers=1)
EVERY_KIND = frozenset(GroupKind)
MONDAY, TUESDAY = WeekSlot("mon", "evening", 1080, 1170), WeekSlot("tue", "evening", 2520, 2610)
ALWAYS = ((0, 10080),)


def small(**changes: object) -> WeekProblem:
    """Two groups, two evenings, three people."""
    problem = WeekProblem(
        slots=(MONDAY, TUESDAY),
        groups=(
            CareGroup("process", GroupKind.PROCESS, fewest=1, most=2),
            CareGroup("skills", GroupKind.SKILLS, fewest=1, most=2),
        ),
        rooms=(MeetingRoom("A", 8),),
        facilitators=(Facilitator("Lee", EVERY_KIND, ALWAYS),),
        people=(
            Attendee("ana", 180, ALWAYS, needs={GroupKind.SKILLS: 1}),
            Attendee("ben", 90, ((1000, 1200),)),
            Attendee("cy", 90, ALWAYS, most_days=1),
        ),
    )
    return replace(problem, **changes)


SMALL = {
    "as it is": small(),
    "one seat": small(rooms=(MeetingRoom("A", 1),)),
    "few hours": small(facilitators=(Facilitator("Lee", EVERY_KIND, ((1080, 1170),)),)),
    "pinned": small(people=(Attendee("ana", 90, ALWAYS, pinned=frozenset({"skills"})), Attendee("ben", 90, ALWAYS))),
    "women": small(groups=(CareGroup("women", GroupKind.WOMEN, fewest=1, most=2), CareGroup("skills", GroupKind.SKILLS, fewest=2))),
    "ratio": small(people_a_counselor=1),
    "two rooms": small(rooms=(MeetingRoom("A", 1), MeetingRoom("B", 3)), people=(Attendee("ana", 90, ALWAYS), Attendee("ben", 180, ALWAYS))),
}  # fmt: skip


@pytest.mark.parametrize("name", SMALL)
def test_the_best_week_is_the_best_of_all_weeks(name: str) -> None:
    problem = SMALL[name]
    best = max(
        score(problem, week).worth()
        for week in every_week(problem)
        if not breaks_a_rule(problem, week)
    )
    assert best <= most_worth(problem, None)
    relaxation = relaxed(RelaxedWeek(problem, None, WEIGHTS), 10)
    assert relaxation is not None and best <= relaxation[0]
    solved = solve(problem, effort=STEADY)
    assert solved.proven
    assert solved.worth == solved.bound == best == score(problem, solved.timetable).worth()


def test_the_checker_and_its_twin_agree_on_every_week_of_the_small_programs() -> None:
    for name in ("pinned", "women", "few hours"):
        for week in every_week(SMALL[name]):
            assert bool(check(SMALL[name], week)) == bool(breaks_a_rule(SMALL[name], week)), week


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_checker_sees_what_a_careless_hand_breaks(data: st.DataObject) -> None:
    problem = made_up_week(12, 8, seed=data.draw(st.integers(1, 4)))
    week = by_hand(problem)
    for _times in range(data.draw(st.integers(0, 3))):
        one, other = data.draw(st.permutations(sorted(week.placing_of)))[:2]
        week = swap_groups(week, one, other)
        person = data.draw(st.sampled_from([p.id for p in problem.people]))
        week = data.draw(st.sampled_from([with_person, without_person]))(week, person, one)
    assert bool(check(problem, week)) == bool(breaks_a_rule(problem, week))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_solved_week_breaks_no_rule_and_is_no_worse_than_one_by_hand(seed: int) -> None:
    problem = made_up_week(20, 12, seed)
    solved = solve(problem, effort=STEADY)
    assert breaks_a_rule(problem, solved.timetable) == []
    hand = by_hand(problem)
    assert breaks_a_rule(problem, hand) == []
    assert score(problem, hand).worth() <= solved.worth <= (solved.bound or 0)


def test_the_same_problem_gives_the_same_week() -> None:
    problem = made_up_week(20, 12)
    assert solve(problem, effort=STEADY).timetable == solve(problem, effort=STEADY).timetable


def test_a_new_week_disturbs_nobody_whom_it_need_not() -> None:
    problem = made_up_week(10, 6)
    before = solve(problem, effort=STEADY).timetable
    left = replace(problem, people=problem.people[1:])
    gone = problem.people[0].id
    stayed = without_person(before, gone)
    assert not check(left, stayed), "leaving breaks no rule here, so nobody has to change"
    after = solve(left, before=stayed, effort=STEADY).timetable
    assert breaks_a_rule(left, after) == []
    assert kept_places(after, stayed) == stayed.places


def test_the_fewest_changes_are_the_fewest_of_all_weeks() -> None:
    before = Timetable(
        (Placing("process", "mon", "A", "Lee"), Placing("skills", "tue", "A", "Lee")),
        frozenset({("ana", "process"), ("ana", "skills"), ("ben", "process"), ("cy", "skills")}),
    )
    ill = small(facilitators=(Facilitator("Lee", EVERY_KIND, ((1080, 1170),)),))
    weeks = [w for w in every_week(ill) if not breaks_a_rule(ill, w)]
    best = max(score(ill, week, before).worth() for week in weeks)
    assert solve(ill, before=before, effort=STEADY).worth == best
    relaxation = relaxed(RelaxedWeek(ill, before, WEIGHTS), 10)
    assert relaxation is not None and best <= relaxation[0]


def test_with_hardly_any_time_the_week_is_no_worse_than_one_by_hand_and_has_its_bound() -> None:
    problem = made_up_week(20, 12)
    solved = solve(problem, effort=Effort(deterministic=0.0001, workers=1))
    assert not breaks_a_rule(problem, solved.timetable)
    assert score(problem, by_hand(problem)).worth() <= solved.worth <= (solved.bound or 0)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_small_program_is_within_two_hundredths_of_its_bound(seed: int) -> None:
    solved = solve(made_up_week(20, 12, seed), effort=STEADY)
    assert solved.gap is not None and solved.gap <= 0.02


def test_pins_that_cannot_be_kept_are_named_and_the_rest_of_the_week_is_made() -> None:
    problem = small(
        people=(
            Attendee("ana", 90, ((1000, 1200),), pinned=frozenset({"process", "skills"})),
            Attendee("ben", 90, ALWAYS),
        )
    )
    solved = solve(problem, effort=STEADY)
    assert len(solved.unkept) == 1
    assert {b.rule for b in check(problem, solved.timetable)} == {WeekRule.PINNED}


def test_who_is_short_is_named_with_the_smallest_change_that_would_help() -> None:
    problem = small(groups=(CareGroup("process", GroupKind.PROCESS, fewest=1, most=2),))
    week = Timetable(
        (Placing("process", "mon", "A", "Lee"),),
        frozenset({("ana", "process"), ("ben", "process")}),
    )
    short = {s.person: s for s in shortfalls(problem, week)}
    assert set(short) == {"ana", "cy"}
    assert (short["ana"].reached, short["ana"].wanted) == (90, 180)
    assert short["ana"].missing == ((GroupKind.SKILLS, 1),)
    helps = short["ana"].remedies[0]
    assert (helps.help, helps.slot, helps.kind) == (Help.NEW_GROUP, "tue", GroupKind.SKILLS)
    assert short["cy"].remedies[0].help is Help.ONE_MORE_PLACE


def test_each_remedy_of_a_full_group_brings_the_person_nearer_and_breaks_the_cap_alone() -> None:
    problem = made_up_week(20, 12)
    week = by_hand(problem)
    remedies = [(s.person, r) for s in shortfalls(problem, week) for r in s.remedies]
    assert remedies
    for person, remedy in remedies:
        if remedy.help is Help.ONE_MORE_PLACE:
            tried = with_person(week, person, remedy.group)
            assert {b.rule for b in check(problem, tried)} <= {WeekRule.CAP, WeekRule.RATIO}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"facilitators": (Facilitator("Lee", frozenset({GroupKind.SKILLS}), ALWAYS),)}, NotPlaced.NO_FACILITATOR),
        ({"rooms": ()}, NotPlaced.NO_ROOM),
        ({"people": (Attendee("ana", 90, ((0, 10),)),)}, NotPlaced.TOO_FEW),
        ({}, NotPlaced.NOT_NEEDED),
    ],
    ids=["nobody leads it", "no room", "nobody can come", "nobody needs it"],
)  # fmt: skip
def test_a_group_that_does_not_meet_says_why(changes: dict[str, object], why: NotPlaced) -> None:
    problem = small(**changes)
    assert not_placed(problem, Timetable())["process"] is why


def test_without_or_tools_the_week_is_the_one_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "waypost.treatment.timetable.bound", None)
    solved = solve(small(), effort=STEADY)
    assert solved.by_hand and solved.bound is None and solved.timetable == by_hand(small())


HARD = {
    "no rooms": ({"rooms": ()}, Help.ROOM, NotPlaced.NO_ROOM),
    "rooms too small": ({"rooms": (MeetingRoom("A", 0),)}, Help.ROOM, NotPlaced.NO_ROOM),
    "nobody leads": ({"facilitators": ()}, Help.FACILITATOR, NotPlaced.NO_FACILITATOR),
    "nobody is there": ({"facilitators": (Facilitator("Lee", EVERY_KIND, ()),)}, Help.FACILITATOR, NotPlaced.NO_FACILITATOR),
    "no times": ({"slots": ()}, Help.NO_COMMON_TIME, NotPlaced.NO_TIME),
    "always closed": ({"closed": frozenset(range(7))}, Help.NO_COMMON_TIME, NotPlaced.NO_TIME),
    "no hours": ({"people": (Attendee("ana", 180, ()), Attendee("ben", 180, ()))}, Help.NO_COMMON_TIME, NotPlaced.TOO_FEW),
    "too many asked for": ({"groups": (CareGroup("process", GroupKind.PROCESS, fewest=4),)}, Help.FEWER, NotPlaced.TOO_FEW),
}  # fmt: skip


@pytest.mark.parametrize("name", HARD)
def test_a_week_that_cannot_be_is_made_empty_with_the_true_reason(name: str) -> None:
    changes, helps, why = HARD[name]
    problem = small(**changes)
    solved = solve(problem, effort=STEADY)
    assert solved.proven and solved.timetable == Timetable()
    short = shortfalls(problem, solved.timetable)
    assert len(short) == len(problem.people)
    assert all(s.remedies[0].help is helps for s in short), short
    assert set(not_placed(problem, solved.timetable).values()) == {why}


def test_thirty_hours_a_cap_of_one_and_a_closed_evening_are_met_as_far_as_they_can_be() -> None:
    problem = small(
        groups=tuple(replace(group, fewest=1, most=1) for group in small().groups),
        people=(Attendee("ana", 30 * 60, ALWAYS), Attendee("ben", 90, ALWAYS)),
        closed=frozenset({1}),
    )
    solved = solve(problem, effort=STEADY)
    assert solved.proven and not breaks_a_rule(problem, solved.timetable)
    assert {p.slot for p in solved.timetable.placings} == {"mon"}
    best = max(
        score(problem, w).worth() for w in every_week(problem) if not breaks_a_rule(problem, w)
    )
    assert solved.worth == best
    moved = Timetable((Placing("skills", "tue", "A", "Lee"),), frozenset({("ana", "skills")}))
    assert WeekRule.CLOSED in {b.rule for b in check(problem, moved)}
    assert breaks_a_rule(problem, moved)


def test_a_new_group_is_offered_only_where_two_could_come() -> None:
    problem = small(groups=(), people=(Attendee("ana", 90, ALWAYS),))
    assert Help.NEW_GROUP not in {
        r.help for s in shortfalls(problem, Timetable()) for r in s.remedies
    }


@pytest.mark.parametrize(("people", "groups", "seed"), [(30, 24, 3), (30, 14, 2)])
def test_a_middling_program_is_within_two_hundredths_of_its_bound(
    people: int, groups: int, seed: int
) -> None:
    problem = made_up_week(people, groups, seed)
    solved = solve(problem, effort=Effort(seconds=60, deterministic=0.2, workers=1))
    assert not breaks_a_rule(problem, solved.timetable)
    assert solved.gap is not None and solved.gap <= 0.02
