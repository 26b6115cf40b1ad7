"""Windows: a simulated year on every clock, both clock changes included."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from waypost.texting.series.calendar import PersonalCalendar, coming, planned
from waypost.texting.series.series import Pace, Series, Step
from waypost.texting.whereabouts import Whereabouts, whereabouts
from waypost.texting.windows import carried_hours, choices, is_open, may_choose, next_opening
from waypost.values.bilingual import Bilingual

HOURS = carried_hours()
ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Los_Angeles", "America/Anchorage", "America/Adak", "Pacific/Honolulu"),
    *("America/Puerto_Rico", "Pacific/Guam", "America/Indiana/Indianapolis", "America/Boise"),
)


def plainly_open(wall: datetime) -> bool:
    """The usual rule in so many words: 9 to 20, on Sundays from noon."""
    return (12 if wall.strftime("%A") == "Sunday" else 9) <= wall.hour < 20


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_of_every_half_hour_is_open_as_the_rule_says(zone: str):
    where, moment = Whereabouts(frozenset({zone}), frozenset()), datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(365 * 48):
        assert is_open(where, moment, HOURS) is plainly_open(moment.astimezone(ZoneInfo(zone)))
        moment += timedelta(minutes=30)


YEAR = Series(
    id="daily",
    version=1,
    name="DAILY",
    title=Bilingual("Daily", "Diario"),
    steps=tuple(
        Step(id=f"{day}-{minute}", day=day, minute=minute, texts=(Bilingual("Text", "Texto"),))
        for day in range(366)
        for minute in (2 * 60 + 30, 10 * 60, 19 * 60 + 45, 23 * 60)
    ),
    digest="x",
)


@pytest.mark.parametrize("zone", ZONES)
def test_every_step_of_a_year_is_sent_on_its_day_inside_the_window(zone: str):
    """Also those whose wall time is skipped or comes twice when the clocks change."""
    where = Whereabouts(frozenset({zone}), frozenset())
    calendar = PersonalCalendar(date(2026, 1, 1), 0, where, None, HOURS)
    for step in YEAR.steps:
        at = planned(YEAR, step, calendar).at
        assert is_open(where, at, HOURS)
        assert at.astimezone(ZoneInfo(zone)).date() == date(2026, 1, 1) + timedelta(days=step.day)
    steady = [
        planned(YEAR, step, calendar).at.astimezone(ZoneInfo(zone)) for step in YEAR.steps[1::4]
    ]
    assert {(wall.hour, wall.minute) for wall in steady if wall.weekday() != 6} == {(10, 0)}


@pytest.mark.parametrize(
    ("given", "code", "number", "zones"),
    [
        ("", "60614", "+15125550100", {"America/Chicago"}),
        ("America/Denver", "60614", "+15125550100", {"America/Denver"}),
        ("", "", "+15125550100", {"America/Chicago"}),
        ("", "", "+18505550100", {"America/New_York", "America/Chicago"}),
        ("", "", "+19065550100", {"America/New_York", "America/Chicago"}),
        ("", "", "+18005550100", set()),
        ("", "", "+442079460000", set()),
        ("No/Where", "", "+18085550100", {"Pacific/Honolulu"}),
    ],
)
def test_whose_clock_it_is(given: str, code: str, number: str, zones: set[str]):
    assert whereabouts(given, code, number).zones >= zones
    if not zones or len(zones) == 1:
        assert {z for z in whereabouts(given, code, number).zones if "Detroit" not in z} == zones


def test_several_candidate_zones_must_all_be_open():
    both = whereabouts("", "", "+18505550100")
    assert not is_open(both, datetime(2026, 7, 7, 13, 30, tzinfo=UTC), HOURS)  # 9:30 and 8:30
    assert is_open(both, datetime(2026, 7, 7, 14, 30, tzinfo=UTC), HOURS)
    assert not is_open(both, datetime(2026, 7, 8, 0, 30, tzinfo=UTC), HOURS)  # 20:30 and 19:30


def test_where_nothing_is_known_the_window_suits_the_whole_continent():
    nowhere = Whereabouts(frozenset(), frozenset())
    opens = next_opening(nowhere, datetime(2026, 7, 7, 5, tzinfo=UTC), HOURS)
    assert opens == datetime(2026, 7, 7, 16, tzinfo=UTC)
    for zone in ZONES[:5]:
        assert plainly_open(opens.astimezone(ZoneInfo(zone)))


def test_a_state_makes_the_window_narrower():
    island = Whereabouts(frozenset({"America/New_York"}), frozenset({"RI"}))
    evening = datetime(2026, 7, 7, 22, 30, tzinfo=UTC)  # 18:30
    assert not is_open(island, evening, HOURS)
    york = Whereabouts(frozenset({"America/New_York"}), frozenset({"NY"}))
    early = datetime(2026, 7, 7, 12, 30, tzinfo=UTC)  # 8:30
    assert not is_open(york, early, HOURS)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("states", [frozenset(), frozenset({"RI"}), frozenset({"KY"})])
def test_a_chosen_time_is_kept_inside_every_window(zone: str, states: frozenset[str]):
    """Each time that may be chosen, and two that were allowed once; each day of five weeks."""
    where = Whereabouts(frozenset({zone}), states)
    for minute in (8 * 60, *choices(HOURS), 20 * 60 + 30):
        calendar = PersonalCalendar(date(2026, 10, 12), 0, where, minute, HOURS)
        for day in range(35):
            at = planned(YEAR, Step(id="x", day=day, texts=()), calendar).at
            wall = at.astimezone(ZoneInfo(zone))
            assert is_open(where, at, HOURS) and plainly_open(wall)
            assert wall.date() == date(2026, 10, 12) + timedelta(days=day)


def test_times_that_may_be_chosen_lie_inside_the_usual_window():
    assert [divmod(t, 60) for t in (choices(HOURS)[0], choices(HOURS)[-1])] == [(9, 0), (19, 30)]
    assert all(may_choose(minute, HOURS) for minute in choices(HOURS))
    assert not any(may_choose(minute, HOURS) for minute in (0, 8 * 60, 539, 1171, 20 * 60))


def test_a_step_that_is_too_late_is_left_out():
    where = Whereabouts(frozenset({"America/Chicago"}), frozenset())
    calendar = PersonalCalendar(date(2026, 7, 7), 0, where, None, HOURS)
    now = datetime(2026, 7, 7, 18, 1, tzinfo=UTC)  # 13:01, three hours and a minute after 10:00
    first = next(coming(YEAR, calendar, Pace.USUAL, "", now))
    assert first.step.id == "0-1185"
    assert first.until - first.at == timedelta(hours=3)
