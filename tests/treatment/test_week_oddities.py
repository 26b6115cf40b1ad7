"""Odd weeks: what hides behind what, who comes on two days alone, what a person did before."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from twins.made_up_weeks import made_up_week
from waypost.treatment.attendance.attended import Attended
from waypost.treatment.drug_tests.result import Panel, PanelReading, TestReading
from waypost.treatment.progress.measuring import measured
from waypost.treatment.timetable.calendar import as_calendar
from waypost.treatment.timetable.checking import WeekRule, check, known_part
from waypost.treatment.timetable.explaining import Help, shortfalls
from waypost.treatment.timetable.kinds import GroupKind
from waypost.treatment.timetable.meetings import meetings
from waypost.treatment.timetable.openings import openings_of, places_in, tracks_of
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    Facilitator,
    MeetingRoom,
    Placing,
    Timetable,
    WeekSlot,
)
from waypost.treatment.timetable.setup import ProgramSetup

MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
ALWAYS = ((0, 10080),)
SLOTS = tuple(WeekSlot(f"day {n}", "evening", n * 1440 + 1080, n * 1440 + 1260) for n in range(3))
GROUPS = tuple(CareGroup(f"group {n}", GroupKind.PROCESS, fewest=0, most=30) for n in range(3))
SETUP = ProgramSetup(
    "America/New_York",
    slots=SLOTS,
    groups=GROUPS,
    rooms=(MeetingRoom("A", 40),),
    facilitators=(Facilitator("Lee", frozenset(GroupKind), ALWAYS),),
)
WEEK = Timetable(tuple(Placing(g.id, s.id, "A", "Lee") for g, s in zip(GROUPS, SLOTS, strict=True)))
NINE_HOURS_TWO_DAYS = Attendee("pat", 540, ((1000, 1300), (2440, 2740)), most_days=2)


def test_nine_hours_for_somebody_who_comes_on_two_days_says_what_a_third_would_bring() -> None:
    week = replace(WEEK, places=frozenset({("pat", "group 0"), ("pat", "group 1")}))
    problem = SETUP.problem((NINE_HOURS_TWO_DAYS,))
    assert not check(problem, week)
    (short,) = shortfalls(problem, week)
    assert (short.reached, short.wanted) == (360, 540)
    assert [(r.help, r.slot) for r in short.remedies] == [(Help.MORE_DAYS, "day 2")]


def test_where_one_thing_would_be_enough_it_alone_is_named() -> None:
    week = replace(WEEK, places=frozenset({("pat", "group 0"), ("pat", "group 1")}))
    for person, helps in (
        (replace(NINE_HOURS_TWO_DAYS, hours=ALWAYS), Help.MORE_DAYS),
        (replace(NINE_HOURS_TWO_DAYS, most_days=3), Help.MORE_HOURS),
    ):
        (short,) = shortfalls(SETUP.problem((person,)), week)
        assert [r.help for r in short.remedies] == [helps]


def test_what_one_person_breaks_is_the_same_whoever_else_comes() -> None:
    """A person's own page looks at their week alone; nobody else's plan is opened for it."""
    problem, chance = made_up_week(20, 12), random.Random(3)
    groups, people = [g.id for g in problem.groups], [p.id for p in problem.people]
    free = [(slot.id, room.id) for slot in problem.slots for room in problem.rooms]
    rules = set()
    for _ in range(20):
        placings = tuple(
            Placing(group, slot, room, chance.choice(problem.facilitators).id)
            for group, (slot, room) in zip(groups[1:], chance.sample(free, 11), strict=True)
        )
        places = frozenset((person, chance.choice(groups)) for person in people for _ in range(6))
        week = Timetable(placings, places | {("gone", groups[1])})
        everyone = check(problem, week)
        for person in problem.people:
            own = [b for b in everyone if b.subject == person.id]
            alone = check(replace(problem, people=(person,)), week)
            assert [b for b in alone if b.subject == person.id] == own
            rules |= {b.rule for b in own}
    assert {WeekRule.NOT_MEETING, WeekRule.PERSON_TWICE, WeekRule.PERSON_HOURS} < rules


def test_what_else_breaks_is_said_beside_what_is_not_known() -> None:
    crowd = frozenset((f"pic {n}", "group 1") for n in range(31))
    people = tuple(Attendee(f"pic {n}", 540, ALWAYS) for n in range(31))
    week = replace(WEEK, places=crowd | {("gone", "group 0")})
    rules = {breach.rule for breach in check(SETUP.problem(people), week)}
    assert rules == {WeekRule.UNKNOWN, WeekRule.CAP}


@pytest.mark.parametrize("lost", ["slots", "groups", "rooms", "facilitators"])
def test_what_the_setup_has_lost_is_no_part_of_the_week_and_opens_no_place(lost: str) -> None:
    less = replace(SETUP, **{lost: getattr(SETUP, lost)[1:]})
    week = replace(WEEK, places=frozenset({("pat", "group 0")}))
    problem = less.problem((NINE_HOURS_TWO_DAYS,))
    assert WeekRule.UNKNOWN in {b.rule for b in check(problem, week)}
    part = known_part(problem, week)
    assert not {b.rule for b in check(problem, part)} & {WeekRule.UNKNOWN, WeekRule.NOT_MEETING}
    assert len(part.placings) == (2 if lost in ("slots", "groups") else 0)
    days = {m.day for m in meetings(less, week, MONDAY)}
    assert len(days) == (2 if lost in ("slots", "groups") else 3)
    assert len(tracks_of(less, week)) == len(openings_of(less, week, MONDAY)) == 1
    assert as_calendar(less, [(MONDAY, week)], "person", "pat", "Session")


def test_no_day_has_more_places_than_its_counselors_may_care_for() -> None:
    ours = replace(SETUP, state="NJ")  # 24 people for each counselor, N.J.A.C. 10:161B
    assert (places_in(SETUP, WEEK, "evening"), places_in(ours, WEEK, "evening")) == (30, 24)
    twenty = frozenset((f"pic {n}", g.id) for n in range(20) for g in GROUPS)
    assert places_in(ours, replace(WEEK, places=twenty), "evening") == 4
    full = frozenset((f"pic {n}", g.id) for n in range(26) for g in GROUPS)
    assert places_in(ours, replace(WEEK, places=full), "evening") == 0


def test_a_swap_that_leaves_a_day_with_too_few_counselors_is_said() -> None:
    kai = Facilitator("Kai", frozenset(GroupKind), ALWAYS)
    more = CareGroup("group 3", GroupKind.PROCESS, fewest=0, most=30)
    setup = replace(SETUP, state="NJ", facilitators=(*SETUP.facilitators, kai),
                    groups=(*GROUPS, more), rooms=(*SETUP.rooms, MeetingRoom("B", 40)))  # fmt: skip
    people = tuple(Attendee(f"pic {n}", 180, ALWAYS) for n in range(40))
    places = frozenset((f"pic {n}", "group 0" if n < 20 else "group 3") for n in range(40))
    both = Timetable((*WEEK.placings, Placing("group 3", "day 0", "B", "Kai")), places)
    problem = setup.problem(people)
    assert not check(problem, both)
    alone = replace(both, placings=(*WEEK.placings, Placing("group 3", "day 0", "B", "Lee")))
    (ratio,) = [b for b in check(problem, alone) if b.rule is WeekRule.RATIO]
    assert (ratio.subject, ratio.count, ratio.most) == ("0", 40, 24)


def line(day: date, presence: str, minutes: int | None, *, makes_up: bool = False) -> Attended:
    ends = datetime.combine(day, time(23), UTC)
    return Attended("pat", day, "g", "process", "evening", ends, 180, presence, minutes, makes_up)


def known(lines: list[Attended], started_on: date = MONDAY - 60 * DAY, **more: object) -> object:
    asked = {"tests": [], "bam": None, "goals": None} | more
    return measured(started_on=started_on, today=MONDAY, lines=lines, **asked)


def test_an_excused_day_is_none_that_was_missed() -> None:
    days = [line(MONDAY - n * DAY, "absent", 0) for n in (1, 3)]
    excused = [line(MONDAY - n * DAY, "excused", 0) for n in (2, 4)]
    came = [line(MONDAY - 5 * DAY, "present", 180)]
    assert known([*days, *excused, *came]).missed == 2
    assert known([*excused, *came]).missed == 0


def test_a_session_that_makes_up_for_another_brings_the_share_back_to_all() -> None:
    missed = line(MONDAY - 3 * DAY, "absent", 0)
    again = line(MONDAY - 2 * DAY, "present", 180, makes_up=True)
    usual = line(MONDAY - 5 * DAY, "present", 180)
    assert known([usual, missed]).hours == 0.5
    assert known([usual, missed, again]).hours == 1
    assert known([usual, again]).hours == 1, "no share is more than all"
    assert known([again]).hours is None, "nothing was planned"


def test_what_was_before_somebody_came_back_says_nothing_of_this_stay() -> None:
    old = [line(MONDAY - n * DAY, "absent", 0) for n in (8, 9, 10)]
    readings = [TestReading(Panel.COCAINE, PanelReading.POSITIVE)]
    tests = [(MONDAY - 8 * DAY, readings), (MONDAY - 9 * DAY, readings)]
    now = known(old, MONDAY - 2 * DAY, tests=tests)
    assert (now.missed, now.hours, now.unexpected, now.expected) == (None,) * 4
    before = known(old, MONDAY - 30 * DAY, tests=tests)
    assert (before.missed, before.hours, before.unexpected, before.expected) == (3, 0, 2, 0)
