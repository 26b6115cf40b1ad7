"""Closed days in every calendar, hours that are still to come, who is drawn, and what a CSV holds."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from waypost.desk.program.days.tests_page import of_day
from waypost.desk.program.sheet import _safe
from waypost.personal.my_week.sessions import week_of as my_week
from waypost.treatment.attendance.actions import Kept, keep_roster, open_day
from waypost.treatment.attendance.billing import unit_rules, worksheet
from waypost.treatment.attendance.queries import (
    note_of,
    open_tasks,
    roster,
    sessions_on,
    tallies,
)
from waypost.treatment.attendance.roster import Presence
from waypost.treatment.attendance.seen import SessionSeen
from waypost.treatment.attendance.task_kinds import TaskKind
from waypost.treatment.drug_tests.queries import drug_tests
from waypost.treatment.progress.actions import end_episode
from waypost.treatment.records.actions import change_person
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import open_episode, person_in_care
from waypost.treatment.timetable.actions import keep_setup, keep_timetable, make_feed
from waypost.treatment.timetable.moving import with_placing
from waypost.treatment.timetable.problem import Timetable
from waypost.treatment.timetable.queries import setup_now, timetable_now

pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]
MONDAY, NEXT = date(2026, 11, 30), date(2026, 12, 7)
NOW = datetime(2026, 12, 4, 23, tzinfo=UTC)
BY = {"by": "person:1", "now": NOW}
THEN = {"by": "person:1", "now": NOW + timedelta(days=9)}
"""When the next week is over."""


def busiest(owner: Owner) -> str:
    """Who has the most places in the week."""
    groups = timetable_now(owner).timetable.groups_of
    return max(sorted(groups), key=lambda person: len(groups[person]))


def close(owner: Owner, *days: date) -> None:
    setup, version = setup_now(owner) or pytest.fail()
    keep_setup(owner, setup=replace(setup, closed=days), after=version, **BY)


def their_days(owner: Owner, person: str) -> list[date]:
    """The days of next week on which somebody comes."""
    week, (setup, _version) = timetable_now(owner).timetable, setup_now(owner) or pytest.fail()
    slots = {slot.id: slot for slot in setup.slots}
    days = {slots[week.placing_of[g].slot].day for g in week.groups_of[person]}
    return [NEXT + timedelta(days=day) for day in sorted(days)]


def test_a_holiday_is_in_nobodys_calendar_and_in_nobodys_week(
    program: Owner, client: Client
) -> None:
    person = busiest(program)
    holiday = their_days(program, person)[0]
    before = my_week(program, person, datetime(2026, 12, 6, 20, tzinfo=UTC)).upcoming
    assert before and before.starts_at.date() == holiday
    close(program, holiday)
    after = my_week(program, person, datetime(2026, 12, 6, 20, tzinfo=UTC)).upcoming
    assert after and after.starts_at.date() > holiday
    token = make_feed(program, kind="person", subject=person, **BY)
    events = Calendar.from_ical(client.get(f"/calendar/{token}.ics").content).walk("VEVENT")
    on_holiday = [e for e in events if e.decoded("DTSTART").weekday() == holiday.weekday()]
    assert on_holiday
    for event in on_holiday:
        (left_out,) = event["EXDATE"].dts
        assert left_out.dt == event.decoded("DTSTART").replace(
            year=holiday.year, month=holiday.month, day=holiday.day
        )
    others = [event for event in events if event not in on_holiday]
    assert others and not any("EXDATE" in event for event in others)


def test_a_calendar_changes_on_the_monday_on_which_the_week_does(
    program: Owner, client: Client
) -> None:
    person, seen = busiest(program), timetable_now(program)
    later = MONDAY + timedelta(weeks=3)
    stays = min(seen.timetable.groups_of[person])
    places = {(p, g) for p, g in seen.timetable.places if p != person or g == stays}
    keep_timetable(program, timetable=replace(seen.timetable, places=frozenset(places)),
                   after=seen.version, from_monday=later, override="fewer", **BY)  # fmt: skip
    token = make_feed(program, kind="person", subject=person, **BY)
    body = client.get(f"/calendar/{token}.ics").content
    events = Calendar.from_ical(body).walk("VEVENT")
    now = [e for e in events if e.decoded("DTSTART").date() < later]
    then = [e for e in events if e not in now]
    assert len(now) == len(seen.timetable.groups_of[person]) > len(then) == 1
    for event in now:
        weeks = event["RRULE"]["COUNT"][0]
        last = event.decoded("DTSTART") + timedelta(weeks=weeks - 1)
        assert later - timedelta(weeks=1) <= last.date() < later
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert not any(group in body.decode() for group in seen.timetable.placing_of)


def test_on_monday_the_week_to_come_counts_though_nobody_has_opened_its_days(
    program: Owner,
) -> None:
    person = busiest(program)
    planned, early = {person: 540}, datetime(2026, 12, 7, 5, tzinfo=UTC)
    ahead = tallies(program, planned, NEXT, early)[person]
    assert not sessions_on(program, NEXT, NEXT + timedelta(days=6))
    assert ahead.ahead > 0 and ahead.missing == max(540 - ahead.ahead, 0)
    first = their_days(program, person)[0]
    open_day(program, day=first, **BY)
    assert tallies(program, planned, NEXT, early)[person] == ahead, "an opened day counts once"
    close(program, their_days(program, person)[-1])
    fewer = tallies(program, planned, NEXT, early)[person]
    assert fewer.ahead < ahead.ahead and fewer.missing > ahead.missing


def test_a_draw_is_of_those_who_are_expected_though_nobody_opened_the_day(
    program: Owner, staff: Staff
) -> None:
    client, person = staff("counselor"), busiest(program)
    days = their_days(program, person)
    mine = {entry.person: entry for entry in of_day(program, days[0])}[person]
    assert mine.days_a_week == len(days)
    close(program, days[-1])
    mine = {entry.person: entry for entry in of_day(program, days[0])}[person]
    assert mine.days_a_week == len(days) - 1, "fewer days, each with a greater chance"
    episode = open_episode(program, person)
    end_episode(program, episode=episode, on=days[0], reason="completed", **BY)
    assert person not in {entry.person for entry in of_day(program, days[0])}
    none = client.post("/program/tests", {"day": days[-1].isoformat()}, follow=True)
    assert "Nobody is expected" in none.content.decode() and not drug_tests(program, day=days[-1])


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), (" =1+1", "' =1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+1 512", "'+1 512"),
        ("\n=1", "'\n=1"), ("-1.3", "-1.3"), ("+0.5", "+0.5"), ("-2+3", "'-2+3"), ("", ""), ("540", "540"),
    ],
)  # fmt: skip
def test_a_cell_is_no_formula_and_a_number_stays_one(cell: str, written: str) -> None:
    assert _safe(cell) == written


def rows_of(client: Client, address: str) -> list[list[str]]:
    content = client.get(address).content
    assert content.startswith(b"\xef\xbb\xbf"), "a spreadsheet reads it as UTF-8"
    return list(csv.reader(content.decode("utf-8-sig").splitlines()))


def test_the_report_as_csv_has_the_ends_beside_the_published_ones(
    program: Owner, staff: Staff
) -> None:
    client, person = staff("program director"), busiest(program)
    address = "/program/reports?format=csv"
    none = {row[0]: row for row in rows_of(client, address) if row}
    assert none["Completed"] == ["Completed", "0", "nobody ended", "38"]
    assert none["Stayed 90 days, or completed before"][1] == "nobody began so long ago"
    assert none["From"][1] < none["To"][1]
    page = client.get("/program/reports").content.decode()
    assert "nobody began so long ago" in page and "0 of 0" not in page
    episode = open_episode(program, person)
    today = datetime.now(UTC).date()
    end_episode(program, episode=episode, on=today - timedelta(days=1), reason="completed", **BY)
    ended = {row[0]: row for row in rows_of(client, address) if row}
    assert ended["Completed"] == ["Completed", "1", "100", "38"]


def test_a_report_from_a_day_to_come_is_of_today(program: Owner, staff: Staff) -> None:
    page = staff("program director").get("/program/reports?from=2199-01-01")
    assert page.status_code == 200 and "2199" not in page.content.decode()


def test_the_worksheet_of_a_name_that_begins_as_a_formula_has_empty_cells_empty(
    program: Owner, staff: Staff
) -> None:
    person = busiest(program)
    seen = person_in_care(program, person)
    assert seen is not None
    words, read = PersonWords(name="=HYPERLINK(1)"), seen.words.version
    change_person(program, person=person, words=words, read_version=read, **BY)
    rows = rows_of(staff("biller"), f"/program/billing?format=csv&day={MONDAY}")
    named = [row for row in rows if "HYPERLINK" in row[0]]
    assert named and all(row[0] == "'=HYPERLINK(1)" and row[5] == "" for row in named)


def test_a_timetable_of_nothing_is_an_empty_calendar(program: Owner, client: Client) -> None:
    seen = timetable_now(program)
    keep_timetable(program, timetable=Timetable(), after=seen.version, from_monday=MONDAY,
                   override="closed for a month", **BY)  # fmt: skip
    token = make_feed(program, kind="room", subject="Room 1", **BY)
    answer = client.get(f"/calendar/{token}.ics")
    assert answer.status_code == 200 and b"VEVENT" not in answer.content


def next_session(owner: Owner) -> SessionSeen:
    """The first session of next week with somebody in it, opened."""
    for day in range(7):
        open_day(owner, day=NEXT + timedelta(days=day), **BY)
    return next(s for s in sessions_on(owner, NEXT, NEXT + timedelta(days=6)) if s.people)


def test_a_group_that_did_not_meet_excuses_everybody_and_nobody_is_missed(
    program: Owner, staff: Staff
) -> None:
    client, session = staff("counselor"), next_session(program)
    people = [line.person for line in roster(program, session.id)]
    keep_roster(program, session=session.id, kept={people[0]: Kept(Presence.ABSENT)}, **THEN)
    assert [t for t in open_tasks(program, [TaskKind.NO_SHOW]) if t.due_on > NEXT]
    form = {"act": "did not meet", "topic": "Lee was ill", "text": "", "read": "0"}
    assert client.post(f"/program/sessions/{session.id}", form).status_code == 302
    assert {line.presence for line in roster(program, session.id)} == {Presence.EXCUSED}
    assert not [t for t in open_tasks(program, [TaskKind.NO_SHOW]) if t.due_on > NEXT]
    assert note_of(program, session.id).words.topic == "Lee was ill"


def test_a_group_at_which_somebody_was_is_not_called_off_by_a_slip(
    program: Owner, staff: Staff
) -> None:
    client, session = staff("counselor"), next_session(program)
    person = roster(program, session.id)[0].person
    keep_roster(program, session=session.id, kept={person: Kept(Presence.LEFT_EARLY, 31)}, **THEN)
    before = roster(program, session.id)
    form = {"act": "did not meet", "topic": "typed", "text": "words", "read": "0"}
    refused = client.post(f"/program/sessions/{session.id}", form)
    text = refused.content.decode()
    assert refused.status_code == 400 and "Somebody attended this group" in text
    assert "typed" in text and roster(program, session.id) == before


def test_a_day_that_is_opened_already_follows_a_move_until_it_begins(program: Owner) -> None:
    session = next_session(program)
    seen, (setup, _version) = timetable_now(program), setup_now(program) or pytest.fail()
    at = seen.timetable.placing_of[session.group]
    room = next(room.id for room in setup.rooms if room.id != at.room)
    slots = {slot.id: slot for slot in setup.slots}
    same_day = (s for s in setup.slots if s.day == slots[at.slot].day and s.id != at.slot)
    moved = next(s for s in same_day if s.track == slots[at.slot].track)
    for change in ({"room": room}, {"room": room, "slot": moved.id}):
        seen = timetable_now(program)
        week = with_placing(seen.timetable, replace(at, **change))
        keep_timetable(program, timetable=week, after=seen.version, from_monday=MONDAY,
                       override="a burst pipe", **BY)  # fmt: skip
        open_day(program, day=session.day, **BY)
        opened = sessions_on(program, session.day, session.day)
        (ours,) = [s for s in opened if s.group == session.group]
        assert ours.room == room and ours.people == session.people
        assert (ours.id == session.id) == ("slot" not in change)


def test_a_session_that_has_begun_or_is_kept_stays_where_it_was(program: Owner) -> None:
    session = next_session(program)
    person = roster(program, session.id)[0].person
    keep_roster(program, session=session.id, kept={person: Kept(Presence.EXCUSED)}, **BY)
    close(program, session.day)
    open_day(program, day=session.day, **BY)
    left = sessions_on(program, session.day, session.day)
    assert [s.id for s in left] == [session.id], "what nobody kept meets no more on a holiday"


@pytest.mark.parametrize(("minutes", "units"), [(149, 10), (148, 10), (142, 9), (31, 2), (180, 12)])
def test_who_left_early_is_billed_in_quarters_of_the_minutes_they_stayed(
    minutes: int, units: int
) -> None:
    (line,) = worksheet(unit_rules()["h0004-quarter-hours"], {MONDAY: minutes})
    assert (line.minutes, line.units) == (minutes, units)
