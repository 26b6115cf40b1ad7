"""A plan in the address: there and back, and every parameter given nonsense."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.levels_of_care.week.calendar_file import wish_from_query
from waypost.levels_of_care.week.plan import BadWeek, Duty, DutyKind, PlanFault, WeekPlan, WeekSpan
from waypost.levels_of_care.week.query import FIELDS, clock, plan_from_query, query_pairs

GOOD = {
    "hours": ["own"],
    "start": ["17:30"],
    "end": ["20:30"],
    "day": ["mon", "thu", "tue"],
    "times": ["3"],
    "travel": ["45"],
    "age": ["young"],
    "full": ["6"],
    "two": ["3"],
    "work_day": ["fri"],
    "work_from": ["22:00"],
    "work_to": ["06:00"],
}
NONSENSE = ["NaN", "-1", "1e309", "9" * 400, "\x00", "٣", "<b>", "null", "0x10", "٠٩:٠٠", "🙂" * 9]


def as_query(plan: WeekPlan) -> dict[str, list[str]]:
    query: dict[str, list[str]] = {}
    for name, value in query_pairs(plan):
        query.setdefault(name, []).append(value)
    return query


def test_nothing_given_is_the_example() -> None:
    assert plan_from_query({}) == WeekPlan()
    assert plan_from_query({"near": ["Austin, TX"]}) == WeekPlan()


def test_a_plan_is_read() -> None:
    plan = plan_from_query(GOOD)
    assert plan.session == WeekSpan(17 * 60 + 30, 20 * 60 + 30)
    assert plan.days == (0, 1, 3)
    assert plan.duties == (Duty(DutyKind.WORK, (4,), WeekSpan(22 * 60, 30 * 60)),)
    assert plan_from_query(as_query(plan)) == plan


duties = st.builds(
    lambda kind, days, start, length: Duty(
        kind, tuple(sorted(days)), WeekSpan(start, start + length)
    ),
    st.sampled_from(list(DutyKind)),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 1439),
    st.integers(1, 1439),
)
order = {kind: number for number, kind in enumerate(DutyKind)}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(duties, max_size=3, unique_by=lambda duty: duty.kind),
    st.integers(0, 960),
    st.integers(30, 480),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 240),
)
def test_any_plan_goes_out_and_comes_back(
    held: list[Duty], start: int, length: int, days: set[int], travel: int
) -> None:
    plan = WeekPlan(
        session=WeekSpan(start, start + length),
        days=tuple(sorted(days)),
        duties=tuple(sorted(held, key=lambda duty: order[duty.kind])),
        travel=travel,
    )
    assert plan_from_query(as_query(plan)) == plan


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_any_parameter_is_named(name: str, value: str) -> None:
    query = {**GOOD, name: [value]}
    with pytest.raises(BadWeek) as caught:
        plan_from_query(query)
    assert name in caught.value.problems
    assert all(isinstance(fault, PlanFault) for fault in caught.value.problems.values())


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(BadWeek) as caught:
        plan_from_query({"times": ["x"], "travel": ["y"], "care_day": ["mon"]})
    assert set(caught.value.problems) == {"times", "travel", "day", "care_from"}


def test_thousands_of_days_are_refused() -> None:
    with pytest.raises(BadWeek, match="day"):
        plan_from_query({"day": ["mon"] * 5000})


def test_hours_without_days_are_no_duty() -> None:
    plan = plan_from_query({"day": ["mon"], "work_from": ["09:00"], "work_to": ["17:00"]})
    assert plan.duties == ()


@pytest.mark.parametrize("minutes", [0, 59, 540, 1439, 1440])
def test_clock_text(minutes: int) -> None:
    hours, _, rest = clock(minutes).partition(":")
    assert int(hours) * 60 + int(rest) == minutes


TODAY = date(2026, 10, 14)  # a Wednesday


def test_the_first_week_begins_next_monday_unless_told() -> None:
    assert wish_from_query({}, TODAY).start == date(2026, 10, 19)
    assert wish_from_query({}, date(2026, 10, 19)).start == date(2026, 10, 26)
    assert wish_from_query({"from": ["2026-11-01"]}, TODAY).start == date(2026, 11, 1)


@pytest.mark.parametrize(
    "text",
    ["yesterday", "2026-13-01", "0001-01-01", "9999-12-31", "20261019", "\x00", "2026-02-30"],
)
def test_a_date_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadWeek) as caught:
        wish_from_query({"from": [text]}, TODAY)
    assert caught.value.problems == {"from": PlanFault.BAD_DATE}


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "../../etc/passwd", "America", "\x00", "x" * 9000]
)
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(BadWeek) as caught:
        wish_from_query({"zone": [zone]}, TODAY)
    assert caught.value.problems == {"zone": PlanFault.BAD_ZONE}
