"""The calendar file: read back by the library, expanded week by week, nothing personal in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from waypost.levels_of_care.week.calendar_file import ZONES, CalendarWish, calendar_file
from waypost.levels_of_care.week.plan import Duty, DutyKind, WeekPlan, WeekSpan

NOW = datetime(2026, 10, 14, 12, tzinfo=UTC)
WORDS = {"title": "Week", "summary": "Appointment", "description": "Twelve weeks"}
MONDAY = date(2026, 10, 19)


def events(plan: WeekPlan, wish: CalendarWish) -> list[Any]:
    return list(Calendar.from_ical(calendar_file(plan, wish, NOW, WORDS)).walk("VEVENT"))


def starts(event: Any) -> list[datetime]:
    """Every start of an event, expanded by hand from its weekly rule."""
    first, rule = event["DTSTART"].dt, event["RRULE"]
    assert rule["FREQ"] == ["WEEKLY"]
    until = rule["UNTIL"][0]
    if first.tzinfo:
        assert until.utcoffset() == timedelta(0), "UNTIL is UTC where the start has a zone"
    else:
        assert until.tzinfo is None
    found, moment = [], first
    while moment <= until:
        found.append(moment)
        moment += timedelta(days=7)  # wall time: the zone's offset is worked out anew
    return found


@pytest.mark.parametrize("zone", ["", *ZONES])
def test_every_week_has_its_sessions_at_the_same_wall_time(zone: str) -> None:
    plan = WeekPlan(full_weeks=8, two_weeks=2)
    all_starts = [s for event in events(plan, CalendarWish(MONDAY, zone)) for s in starts(event)]
    assert {(moment.hour, moment.minute) for moment in all_starts} == {(18, 0)}
    by_week = [0] * 12
    for moment in all_starts:
        by_week[(moment.date() - MONDAY).days // 7] += 1
    assert by_week == [3] * 8 + [2] * 2 + [1] * 2


def test_with_a_zone_six_stays_six_across_the_clock_change() -> None:
    text = calendar_file(WeekPlan(), CalendarWish(MONDAY, "America/New_York"), NOW, WORDS).decode()
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "TZID:America/New_York" in text
    assert "DTSTART;TZID=America/New_York:20261019T180000" in text
    first = events(WeekPlan(), CalendarWish(MONDAY, "America/New_York"))[0]
    offsets = {moment.utcoffset() for moment in starts(first)}
    assert offsets == {timedelta(hours=-4), timedelta(hours=-5)}


def test_without_a_zone_times_float() -> None:
    text = calendar_file(WeekPlan(), CalendarWish(MONDAY), NOW, WORDS).decode()
    assert "VTIMEZONE" not in text
    assert "DTSTART:20261019T180000\r\n" in text
    assert "UNTIL=20270104T180000" in text.replace("\r\n ", "")


def test_a_zone_without_clock_changes_is_carried_too() -> None:
    text = calendar_file(WeekPlan(), CalendarWish(MONDAY, "America/Phoenix"), NOW, WORDS).decode()
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_a_first_week_that_begins_on_a_thursday() -> None:
    thursday = date(2026, 10, 22)
    firsts = sorted(e["DTSTART"].dt.date() for e in events(WeekPlan(), CalendarWish(thursday)))
    assert firsts == [date(2026, 10, 23), date(2026, 10, 26), date(2026, 10, 28)]


def test_nothing_of_the_person_is_in_the_file() -> None:
    busy = WeekPlan(duties=(Duty(DutyKind.CARE, (0, 1), WeekSpan(600, 660)),), travel=77)
    text = calendar_file(busy, CalendarWish(MONDAY), NOW, WORDS).decode()
    for word in ("care", "77", "ORGANIZER", "ATTENDEE", "LOCATION", "IOP,", "treatment"):
        assert word not in text
    assert text.count("SUMMARY:Appointment") == 3


def test_a_second_download_replaces_the_first() -> None:
    wish = CalendarWish(MONDAY, "America/Denver")
    later = calendar_file(WeekPlan(), wish, NOW + timedelta(days=1), WORDS)
    before = [event["UID"] for event in events(WeekPlan(), wish)]
    after = [event["UID"] for event in Calendar.from_ical(later).walk("VEVENT")]
    assert before == after
    assert len(set(before)) == 3
