"""Somebody who leaves in the middle of a week is expected nowhere, takes no place and breaks nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from waypost.treatment.attendance.actions import Kept, keep_roster, open_day
from waypost.treatment.attendance.queries import attended, roster, sessions_on
from waypost.treatment.attendance.roster import Presence
from waypost.treatment.progress.actions import end_episode
from waypost.treatment.records.actions import add_person, open_new_episode
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import open_episode
from waypost.treatment.timetable.actions import keep_setup, keep_timetable, make_feed
from waypost.treatment.timetable.moving import with_person
from waypost.treatment.timetable.queries import setup_now, timetable_now, week_now

pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]
MONDAY, NEXT = date(2026, 11, 30), date(2026, 12, 7)
WEDNESDAY = date(2026, 12, 2)
NOW = datetime(2026, 12, 2, 15, tzinfo=UTC)
BY = {"by": "person:1", "now": NOW}


def somebody(owner: Owner) -> str:
    """The first of those who have a place in the week."""
    return min(person for person, _group in timetable_now(owner).timetable.places)


def leaves(owner: Owner, person: str, on: date = WEDNESDAY) -> None:
    episode = open_episode(owner, person)
    assert episode is not None
    end_episode(owner, episode=episode, on=on, reason="own decision", **BY)


def expected(owner: Owner, first: date, days: int = 7) -> set[date]:
    """Whoever is on a roster of these days."""
    return {line.person for line in attended(owner, first, first + timedelta(days=days - 1))}


def open_week(owner: Owner, monday: date) -> None:
    for day in range(7):
        open_day(owner, day=monday + timedelta(days=day), **BY)


def test_who_left_is_on_no_roster_that_is_opened_afterwards(program: Owner) -> None:
    person = somebody(program)
    leaves(program, person)
    open_week(program, NEXT)
    assert person not in expected(program, NEXT)
    assert expected(program, NEXT), "the others are"


def test_who_left_goes_from_rosters_of_later_days_and_keeps_what_they_attended(
    program: Owner,
) -> None:
    person = somebody(program)
    open_week(program, NEXT)
    before = attended(program, MONDAY, WEDNESDAY, [person])
    assert person in expected(program, NEXT) and before
    leaves(program, person)
    assert person not in expected(program, NEXT)
    assert attended(program, MONDAY, WEDNESDAY, [person]) == before


def test_a_line_that_is_kept_already_stays_whatever_its_day(program: Owner) -> None:
    person = somebody(program)
    open_week(program, NEXT)
    sessions = sessions_on(program, NEXT, NEXT + timedelta(days=6))
    session = next(s for s in sessions if person in {r.person for r in roster(program, s.id)})
    keep_roster(program, session=session.id, kept={person: Kept(Presence.EXCUSED)}, **BY)
    leaves(program, person)
    assert [line.presence for line in attended(program, NEXT, session.day, [person])] == ["excused"]


def test_whoever_begins_in_the_middle_of_a_week_is_expected_on_no_day_before(
    program: Owner,
) -> None:
    person = add_person(program, words=PersonWords(name="New"), **BY)
    seen, (setup, _version) = timetable_now(program), setup_now(program) or pytest.fail()
    day_of = {slot.id: slot.day for slot in setup.slots}
    begins = NEXT + timedelta(days=max(day_of[p.slot] for p in seen.timetable.placings))
    assert begins > NEXT + timedelta(days=min(day_of[p.slot] for p in seen.timetable.placings))
    open_new_episode(program, person=person, level="iop", starts_on=begins, **BY)
    week = seen.timetable
    for placing in week.placings:
        week = with_person(week, person, placing.group)
    keep_timetable(program, timetable=week, after=seen.version, from_monday=NEXT, override="all",
                   **BY)  # fmt: skip
    open_week(program, NEXT)
    days = {line.day for line in attended(program, NEXT, NEXT + timedelta(days=6), [person])}
    assert days == {begins}


def test_the_week_is_changed_without_a_reason_after_somebody_left(
    program: Owner, staff: Staff
) -> None:
    client, person = staff("program director"), somebody(program)
    assert person in {p for p, _g in week_now(program).timetable.places}
    leaves(program, person)
    assert person not in {p for p, _g in week_now(program).timetable.places}
    page = client.get(f"/program/week?monday={NEXT}").content.decode()
    assert "is not known here" not in page and person not in page
    assert "What the week meets" in page, "and the rest is still explained"


def test_the_calendar_of_who_left_is_empty(program: Owner, client: Client) -> None:
    person = somebody(program)
    token = make_feed(program, kind="person", subject=person, **BY)
    assert b"BEGIN:VEVENT" in client.get(f"/calendar/{token}.ics").content
    leaves(program, person)
    empty = client.get(f"/calendar/{token}.ics")
    assert empty.status_code == 200 and b"BEGIN:VEVENT" not in empty.content


def test_a_group_or_a_room_that_the_setup_lost_breaks_no_page(
    program: Owner, staff: Staff, client: Client, friday: None
) -> None:
    director, counselor = staff("program director"), staff("counselor")
    setup, version = setup_now(program) or pytest.fail()
    placing = timetable_now(program).timetable.placings[0]
    lost = replace(
        setup,
        slots=tuple(slot for slot in setup.slots if slot.id != placing.slot),
        groups=setup.groups[1:],
        rooms=tuple(room for room in setup.rooms if room.id != placing.room),
    )
    keep_setup(program, setup=lost, after=version, **BY)
    person = somebody(program)
    token = make_feed(program, kind="person", subject=person, **BY)
    for browser, address in (
        (director, f"/program/week?monday={NEXT}"),
        (counselor, f"/program/hours?day={NEXT}"),
        (counselor, f"/program/tests?day={NEXT}"),
        (staff("clinical supervisor"), f"/program/people/{person}/week"),
        (client, f"/calendar/{token}.ics"),
    ):
        assert browser.get(address).status_code == 200, address
    drawn = counselor.post("/program/tests", {"day": MONDAY.isoformat()})
    assert drawn.status_code == 302
    swap = {"act": "make", "monday": NEXT.isoformat(), "make-reason": "a room less"}
    assert director.post("/program/week/change", swap).status_code == 302


def test_a_place_in_a_group_that_does_not_meet_breaks_no_page(program: Owner, staff: Staff) -> None:
    director = staff("program director")
    seen = timetable_now(program)
    idle = seen.timetable.placings[0].group
    week = replace(seen.timetable, placings=seen.timetable.placings[1:])
    keep_timetable(program, timetable=week, after=seen.version, from_monday=MONDAY,
                   override="no leader this month", **BY)  # fmt: skip
    page = director.get(f"/program/week?monday={MONDAY}")
    text = page.content.decode()
    assert page.status_code == 200 and f"is in {idle}, which does not meet" in text
    assert "What the week meets" in text
