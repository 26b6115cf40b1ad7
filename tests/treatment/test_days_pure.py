"""Draws, results, tallies, units and progress: the pure rules of a program's days."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import comb

import pytest

from waypost.treatment.attendance.billing import (
    NO_UNIT,
    SHORT_DAY,
    SHORT_WEEK,
    unit_rules,
    units_of,
    worksheet,
)
from waypost.treatment.attendance.roster import (
    AttendedElsewhere,
    BadMinutes,
    Presence,
    minutes_attended,
    refuse_twice,
)
from waypost.treatment.attendance.tally import Sitting, tally, week_of
from waypost.treatment.drug_tests.draw import InDraw, TestPhase, chance_of, draw, seed_digest
from waypost.treatment.drug_tests.result import (
    STEPS,
    Panel,
    PanelReading,
    ResultFollowUp,
    TestReading,
    TestStep,
    follow_ups,
)
from waypost.treatment.progress.rules import Measured, Suggested, progress_rules, suggestions
from waypost.treatment.timetable.caps import cap_rules, people_a_counselor

SEED = bytes(range(32))
MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 12, 2, 12, tzinfo=UTC)


def beyond(trials: int, chance: Fraction, one_in: int) -> tuple[int, int]:
    """The counts outside which a binomial falls less than once in ``one_in`` on each side, exactly."""
    low, high = 0, trials
    below = Fraction(0)
    for count in range(trials + 1):
        below += comb(trials, count) * chance**count * (1 - chance) ** (trials - count)
        if below < Fraction(1, one_in):
            low = count + 1
        if 1 - below < Fraction(1, one_in):
            high = count
            break
    return low, high


def days_tested(person: str, phase: TestPhase, days: int) -> list[bool]:
    people = [InDraw(person, phase, 3)]
    return [draw(SEED, MONDAY + timedelta(days=n), people)[0].tested for n in range(days)]


@pytest.mark.parametrize("phase", TestPhase)
def test_the_draw_tests_as_often_as_the_phase_says(phase: TestPhase) -> None:
    days = 600
    low, high = beyond(days, chance_of(phase, 3), 100_000)
    assert low <= sum(days_tested("p1", phase, days)) <= high


def test_a_test_yesterday_makes_a_test_today_neither_likelier_nor_rarer() -> None:
    tested = days_tested("p2", TestPhase.FIRST, 900)
    after_test = [today for yesterday, today in itertools.pairwise(tested) if yesterday]
    after_none = [today for yesterday, today in itertools.pairwise(tested) if not yesterday]
    for days in (after_test, after_none):
        low, high = beyond(len(days), chance_of(TestPhase.FIRST, 3), 100_000)
        assert low <= sum(days) <= high


def test_every_weekday_is_drawn_alike() -> None:
    tested = days_tested("p3", TestPhase.SETTLED, 7 * 120)
    low, high = beyond(120, chance_of(TestPhase.SETTLED, 3), 100_000)
    assert all(low <= sum(tested[weekday::7]) <= high for weekday in range(7))


def test_the_draw_can_be_worked_out_again_and_does_not_depend_on_who_else_is_in_it() -> None:
    alone = draw(SEED, MONDAY, [InDraw("p1", TestPhase.FIRST, 3)])
    both = draw(SEED, MONDAY, [InDraw("p2", TestPhase.FIRST, 3), InDraw("p1", TestPhase.FIRST, 3)])
    assert both[0] == alone[0]
    assert both[0].tested == (int(both[0].number, 16) < int(both[0].below, 16))
    assert draw(bytes(32), MONDAY, [InDraw("p1", TestPhase.FIRST, 3)]) != alone
    assert seed_digest(SEED) != seed_digest(bytes(32))


def test_a_seed_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        draw(b"short", MONDAY, [])


def test_chances_never_pass_one_and_nobody_is_tested_who_does_not_come() -> None:
    assert chance_of(TestPhase.FIRST, 1) == 1
    assert chance_of(TestPhase.FIRST, 0) == 0


@pytest.mark.parametrize(
    ("reading", "expected", "tasks"),
    [
        (PanelReading.POSITIVE, False, (ResultFollowUp.CONVERSATION,)),
        (PanelReading.POSITIVE, True, ()),
        (PanelReading.NEGATIVE, True, (ResultFollowUp.CONVERSATION,)),
        (PanelReading.NEGATIVE, False, ()),
        (PanelReading.INVALID, False, (ResultFollowUp.COLLECT_AGAIN,)),
    ],
)
def test_a_result_asks_for_a_conversation_at_most(
    reading: PanelReading, expected: bool, tasks: tuple[ResultFollowUp, ...]
) -> None:
    readings = [TestReading(Panel.BUPRENORPHINE, reading, expected)]
    assert follow_ups(TestStep.RESULT, readings) == tasks


def test_the_steps_of_a_test_end_and_none_leads_back() -> None:
    assert set(STEPS) == set(TestStep)
    assert follow_ups(TestStep.NOT_COLLECTED, []) == (ResultFollowUp.CONVERSATION,)
    for ends in (TestStep.NOT_COLLECTED, TestStep.CONFIRMED, TestStep.NOT_CONFIRMED):
        assert not STEPS[ends]


@pytest.mark.parametrize(
    ("presence", "minutes", "counted"),
    [
        (Presence.PRESENT, None, 90),
        (Presence.PRESENT, 80, 80),
        (Presence.LATE, 70, 70),
        (Presence.LEFT_EARLY, 30, 30),
        (Presence.ABSENT, None, 0),
        (Presence.EXCUSED, 0, 0),
    ],
)
def test_minutes_are_those_attended(presence: Presence, minutes: int | None, counted: int) -> None:
    assert minutes_attended(presence, 90, minutes) == counted


@pytest.mark.parametrize(
    ("presence", "minutes"),
    [(Presence.LATE, None), (Presence.PRESENT, 91), (Presence.LEFT_EARLY, 0), (Presence.ABSENT, 5)],
)
def test_minutes_that_cannot_be_are_refused(presence: Presence, minutes: int | None) -> None:
    with pytest.raises(BadMinutes):
        minutes_attended(presence, 90, minutes)


def test_the_tally_says_what_is_missing_while_there_is_time() -> None:
    sittings = [
        Sitting(NOW - timedelta(days=2), 180, 150),
        Sitting(NOW - timedelta(days=1), 90),
        Sitting(NOW + timedelta(days=1), 180),
    ]
    week = tally(540, sittings, NOW)
    assert (week.attended, week.unrecorded, week.ahead, week.missing) == (150, 90, 180, 120)
    assert week.below_iop and not week.reached
    assert not tally(360, sittings, NOW).below_iop, "a plan below nine hours is no IOP week"


def test_weeks_begin_on_monday_across_a_new_year() -> None:
    assert week_of(date(2027, 1, 3)) == (date(2026, 12, 28), date(2027, 1, 4))


@pytest.mark.parametrize(
    ("rule", "minutes", "units"),
    [
        ("h0015-day", 179, 0),
        ("h0015-day", 180, 1),
        ("h0015-day", 400, 1),
        ("h0005-group", 44, 0),
        ("h0005-group", 45, 1),
        ("h0004-quarter-hours", 7, 0),
        ("h0004-quarter-hours", 8, 1),
        ("h0004-quarter-hours", 22, 1),
        ("h0004-quarter-hours", 23, 2),
        ("h0004-quarter-hours", 53, 4),
        ("medicare-per-diem", 60, 1),
    ],
)
def test_units_come_from_attended_minutes(rule: str, minutes: int, units: int) -> None:
    assert units_of(unit_rules()[rule], minutes) == units


def test_a_short_day_takes_its_neighbor_and_a_short_week_is_marked() -> None:
    days = {MONDAY: 180, MONDAY + timedelta(days=2): 120, MONDAY + timedelta(days=3): 20}
    lines = worksheet(unit_rules()["h0015-day"], days)
    assert [(one.code, one.units, one.caution) for one in lines] == [
        ("H0015", 1, SHORT_WEEK),
        ("H0005", 1, SHORT_DAY),
        ("H0005", 0, NO_UNIT),
    ]
    full = {MONDAY + timedelta(days=n): 180 for n in (0, 2, 3)}
    assert {one.caution for one in worksheet(unit_rules()["h0015-day"], full)} == {""}


def test_medicares_day_carries_its_condition_code_and_its_nine_hours() -> None:
    full = {MONDAY + timedelta(days=n): 180 for n in (0, 2, 3)}
    rule = unit_rules()["medicare-per-diem"]
    assert {(one.condition_code, one.caution) for one in worksheet(rule, full)} == {("92", "")}
    short = worksheet(rule, {MONDAY: 180})
    assert [one.caution for one in short] == [SHORT_WEEK]


def test_nothing_known_suggests_nothing() -> None:
    assert suggestions(Measured()) == ()


def test_steady_progress_suggests_less_and_danger_suggests_more_first() -> None:
    steady = Measured(
        week=9, hours=0.9, unexpected=0, expected=5, use=0, risk=4, protective=18, goals=0.9
    )
    assert {rule.suggests for rule in suggestions(steady)} == {Suggested.FEWER, Suggested.LOWER}
    worse = Measured(week=9, hours=0.9, unexpected=2, use=5, risk=14, protective=8, goals=0.9)
    assert suggestions(worse)[0].suggests is Suggested.HIGHER
    assert {rule.suggests for rule in suggestions(worse)} == {Suggested.HIGHER, Suggested.MORE}


def test_every_rule_has_its_reason_in_both_languages_and_its_source() -> None:
    for rule in progress_rules():
        assert rule.why.en and rule.why.es and rule.source and rule.url.startswith("https://")


def test_caps_are_known_where_a_rule_was_read_and_unknown_elsewhere() -> None:
    assert people_a_counselor("NJ") == 24
    assert people_a_counselor("NJ", "2.5") == 12
    assert people_a_counselor("TX") == 0 and cap_rules("TX") == ()
    assert {rule.most for rule in cap_rules("CA")} == {12, 15}
    assert people_a_counselor("CA") == 0, "a rule for one kind of program binds no other"


SIX = datetime(2026, 12, 2, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "length", "there", "minutes", "refused"),
    [
        (0, 90, 90, 90, True), (0, 90, 90, 1, True), (0, 90, 45, 45, False),
        (45, 90, 90, 45, False), (45, 90, 90, 46, True), (90, 90, 90, 90, False), (-90, 90, 90, 90, False),
    ],
)  # fmt: skip
def test_nobody_attends_two_sessions_at_once(
    after: int, length: int, there: int, minutes: int, refused: bool
) -> None:
    begins = SIX + timedelta(minutes=after)
    other = AttendedElsewhere("Skills 1", begins, begins + timedelta(minutes=length), there)
    until = SIX + timedelta(minutes=90)
    if not refused:
        refuse_twice(SIX, until, minutes, [other])
        return
    with pytest.raises(BadMinutes, match="two places") as error:
        refuse_twice(SIX, until, minutes, [other])
    assert error.value.faults[0].facts["group"] == "Skills 1"
