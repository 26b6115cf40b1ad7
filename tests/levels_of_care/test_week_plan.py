"""The week: hours reached, conflicts, what is left free, and how sessions grow fewer."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.levels_of_care.week.plan import (
    EVENING,
    MORNING,
    Age,
    BadWeek,
    Duty,
    DutyKind,
    PlanFault,
    WeekPlan,
    WeekSpan,
)
from waypost.levels_of_care.week.sessions import Clash, Reach, conflicts_on, reach, week_of

WORKDAYS = (0, 1, 2, 3, 4)
OFFICE = Duty(DutyKind.WORK, WORKDAYS, WeekSpan(9 * 60, 17 * 60))


def test_three_evenings_reach_nine_hours() -> None:
    week = week_of(WeekPlan())
    assert (week.days, week.minutes, week.reach) == ((0, 2, 4), 540, Reach.WITHIN)
    assert week.travel_minutes == 180


@pytest.mark.parametrize(
    ("minutes", "age", "expected"),
    [
        (539, Age.ADULT, Reach.BELOW),
        (540, Age.ADULT, Reach.WITHIN),
        (19 * 60, Age.ADULT, Reach.WITHIN),
        (1199, Age.ADULT, Reach.WITHIN),
        (1200, Age.ADULT, Reach.ABOVE),
        (359, Age.YOUNG, Reach.BELOW),
        (360, Age.YOUNG, Reach.WITHIN),
        (1200, Age.YOUNG, Reach.ABOVE),
    ],
)
def test_the_hours_of_an_iop(minutes: int, age: Age, expected: Reach) -> None:
    assert reach(minutes, age) is expected


def test_days_lie_as_far_apart_as_they_can() -> None:
    for count in range(1, 8):
        chosen = week_of(WeekPlan(days=tuple(range(7)), times=count)).days

        def gap(days: tuple[int, ...]) -> int:
            return min(b - a for a, b in zip(days, (*days[1:], days[0] + 7), strict=True))

        assert gap(chosen) == max(map(gap, combinations(range(7), count)))


def test_a_day_without_conflict_comes_first() -> None:
    class_on_monday = Duty(DutyKind.SCHOOL, (0,), WeekSpan(18 * 60, 20 * 60))
    week = week_of(WeekPlan(days=(0, 1, 2, 3), duties=(class_on_monday,)))
    assert week.days == (1, 2, 3)
    assert week.conflicts == ()


def test_too_few_days_are_named_short() -> None:
    week = week_of(WeekPlan(days=(1, 3), times=3))
    assert (week.minutes, week.reach, week.short_of_days) == (360, Reach.BELOW, True)
    assert week_of(WeekPlan(days=(1, 3), times=2, age=Age.YOUNG)).reach is Reach.WITHIN


def test_a_session_inside_working_hours_is_a_conflict() -> None:
    plan = WeekPlan(session=MORNING, duties=(OFFICE,))
    conflict = conflicts_on(plan, 0)[0]
    assert (conflict.duty, conflict.clash, conflict.minutes) == (
        DutyKind.WORK,
        Clash.SESSION,
        180,
    )


def test_the_way_there_is_a_conflict_of_its_own() -> None:
    late_office = Duty(DutyKind.WORK, WORKDAYS, WeekSpan(9 * 60, 17 * 60 + 40))
    plan = WeekPlan(travel=30, duties=(late_office,))
    assert [(c.clash, c.minutes) for c in conflicts_on(plan, 1)] == [(Clash.WAY_THERE, 10)]
    assert conflicts_on(WeekPlan(travel=20, duties=(late_office,)), 1) == ()


def test_a_night_shift_runs_past_midnight_and_past_sunday() -> None:
    night = Duty(DutyKind.WORK, (6,), WeekSpan(22 * 60, 24 * 60 + 7 * 60))
    early = WeekPlan(
        session=WeekSpan(6 * 60, 9 * 60), days=(0,), times=1, travel=0, duties=(night,)
    )
    assert [(c.clash, c.minutes) for c in conflicts_on(early, 0)] == [(Clash.SESSION, 60)]
    assert conflicts_on(early, 1) == ()


def test_what_it_leaves_free_counts_no_minute_twice() -> None:
    plan = WeekPlan(session=MORNING, travel=0, duties=(OFFICE,))
    # 168 h less 56 h of sleep and 40 h of work; the sessions lie inside the working hours.
    assert week_of(plan).free_minutes == (168 - 56 - 40) * 60
    evening = WeekPlan(session=EVENING, travel=30, duties=(OFFICE,))
    assert week_of(evening).free_minutes == (168 - 56 - 40 - 9 - 3) * 60
    assert week_of(evening).free_evenings == (1, 3, 5, 6)


def test_a_week_with_no_minute_left_is_not_negative() -> None:
    always = tuple(
        Duty(kind, tuple(range(7)), WeekSpan(start, start + 1439))
        for kind, start in ((DutyKind.WORK, 0), (DutyKind.CARE, 1))
    )
    assert week_of(WeekPlan(duties=always)).free_minutes == 0


def test_twelve_weeks_grow_lighter_as_told() -> None:
    week = week_of(WeekPlan(full_weeks=8, two_weeks=2))
    assert [len(one.days) for one in week.weeks] == [3] * 8 + [2] * 2 + [1] * 2
    assert [one.reach for one in week.weeks] == [Reach.WITHIN] * 8 + [Reach.BELOW] * 4
    steady = week_of(WeekPlan(full_weeks=12, two_weeks=0))
    assert {one.days for one in steady.weeks} == {(0, 2, 4)}


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"days": ()}, "day", PlanFault.NO_DAYS),
        ({"days": (7,)}, "day", PlanFault.BAD_DAY),
        ({"days": (2, 1)}, "day", PlanFault.BAD_DAY),
        ({"times": 0}, "times", PlanFault.BAD_TIMES),
        ({"times": 8}, "times", PlanFault.BAD_TIMES),
        ({"travel": 241}, "travel", PlanFault.BAD_TRAVEL),
        ({"travel": -1}, "travel", PlanFault.BAD_TRAVEL),
        ({"session": WeekSpan(600, 600)}, "start", PlanFault.BAD_SESSION),
        ({"session": WeekSpan(600, 629)}, "start", PlanFault.BAD_SESSION),
        ({"session": WeekSpan(0, 481)}, "start", PlanFault.BAD_SESSION),
        ({"session": WeekSpan(1400, 1500)}, "start", PlanFault.BAD_SESSION),
        ({"full_weeks": 0}, "full", PlanFault.BAD_WEEKS),
        ({"full_weeks": 8, "two_weeks": 5}, "full", PlanFault.BAD_WEEKS),
        ({"two_weeks": -1}, "full", PlanFault.BAD_WEEKS),
        ({"duties": (Duty(DutyKind.CARE, (9,), MORNING),)}, "care_day", PlanFault.BAD_DAY),
        (
            {"duties": (Duty(DutyKind.CARE, (1,), WeekSpan(60, 60)),)},
            "care_from",
            PlanFault.SAME_DUTY_HOURS,
        ),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    change: dict[str, object], field: str, fault: PlanFault
) -> None:
    with pytest.raises(BadWeek, match=field) as caught:
        WeekPlan(**change)  # type: ignore[arg-type]
    assert caught.value.problems == {field: fault}


days = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
spans = st.tuples(st.integers(0, 1439), st.integers(1, 1439)).map(
    lambda p: WeekSpan(p[0], p[0] + p[1])
)
duties = st.builds(Duty, st.sampled_from(list(DutyKind)), days, spans)
sessions = st.tuples(st.integers(0, 960), st.integers(30, 480)).map(
    lambda p: WeekSpan(p[0], p[0] + p[1])
)
plans = st.builds(
    WeekPlan,
    session=sessions,
    days=days,
    times=st.integers(1, 7),
    duties=st.lists(duties, max_size=3).map(tuple),
    travel=st.integers(0, 240),
    age=st.sampled_from(list(Age)),
)


@settings(max_examples=60, deadline=None)
@given(plans)
def test_any_plan_holds_together(plan: WeekPlan) -> None:
    """The plain version: every minute of the week in a set."""
    week = week_of(plan)
    assert set(week.days) <= set(plan.days)
    assert len(week.days) == min(plan.times, len(plan.days))
    busy: set[int] = set()
    for duty in plan.duties:
        for day in duty.days:
            busy |= {(day * 1440 + m) % 10080 for m in range(duty.span.start, duty.span.end)}
    held = {c.day for c in week.conflicts}
    for day in week.days:
        begin = day * 1440 + plan.session.start - plan.travel
        end = day * 1440 + plan.session.end + plan.travel
        mine = {minute % 10080 for minute in range(begin, end)}
        assert bool(mine & busy) == (day in held)
    for day in week.days:
        begin = day * 1440 + plan.session.start - plan.travel
        end = day * 1440 + plan.session.end + plan.travel
        busy |= {minute % 10080 for minute in range(begin, end)}
    assert week.free_minutes == max(0, 10080 - 56 * 60 - len(busy))
    kept = [set(one.days) for one in week.weeks]
    assert all(later <= earlier for earlier, later in pairwise(kept))
