"""The pages of a program's week and days, at the desk: who sees them, what they keep, what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from waypost.cli.demo.made_up_setup import made_up_setup
from waypost.levels_of_care.instruments.bam import the_bam
from waypost.treatment.attendance.actions import (
    add_task,
)
from waypost.treatment.attendance.queries import (
    open_tasks,
    roster,
    sessions_on,
)
from waypost.treatment.attendance.task_kinds import TaskKind
from waypost.treatment.attendance.urgency import task_pages
from waypost.treatment.own_page.actions import check_in
from waypost.treatment.progress.queries import decisions
from waypost.treatment.records.actions import move_episode
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import episodes
from waypost.treatment.timetable.queries import people_of_week, timetable_now

pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]
NOW = datetime(2026, 12, 3, 23, tzinfo=UTC)
TODAY = date(2026, 12, 4)
MONDAY = date(2026, 11, 30)


PAGES = [
    "/program/week",
    "/program/today?day=2026-11-30",
    "/program/hours",
    "/program/tests?day=2026-11-30",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_counselor_sees_the_pages_of_the_day(program: Owner, staff: Staff, address: str) -> None:
    response = staff("counselor").get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_a_director_sees_reports_and_units_and_a_biller_units_alone(
    program: Owner, staff: Staff
) -> None:
    director, biller = staff("program director"), staff("biller")
    for address in (
        "/program/reports",
        "/program/reports?format=csv",
        "/program/billing",
        "/program/billing?format=csv&rule=medicare-per-diem",
    ):
        assert director.get(address).status_code == 200
    assert biller.get("/program/billing").status_code == 200
    assert biller.get("/program/reports").status_code == 403
    assert biller.get("/program/today").status_code == 403


def test_today_shows_twenty_things_to_do_and_the_rest_behind_a_page(
    program: Owner, staff: Staff
) -> None:
    client = staff("counselor")
    person = people_of_week(program)[0].id
    for number in range(45):
        due = TODAY - timedelta(days=number)
        common = {"source": f"ros_{number}", "due": due, "now": NOW}
        add_task(program, person=person, kind=TaskKind.NO_SHOW, **common)
    waiting = len(open_tasks(program))
    last = -(-waiting // 20)
    for page, buttons in (
        (1, 20),
        (2, 20),
        (last, waiting - 20 * (last - 1)),
        (99, 0),
        ("x", 20),
        ("²", 20),
    ):
        text = client.get(f"/program/today?day={TODAY}&page={page}").content.decode()
        shown = text.count('action="/program/tasks/')
        assert shown == (buttons or waiting - 20 * (last - 1)), page
    task = task_pages(open_tasks(program), TODAY)[1][0].id
    done = client.post(f"/program/tasks/{task}", {"day": TODAY.isoformat(), "page": "2"})
    assert done["Location"] == f"/program/today?day={TODAY}&page=2#to-do"
    assert task not in {t.id for t in open_tasks(program)}


def test_an_end_at_the_desk_plans_two_calls_and_a_refused_one_none(
    program: Owner, staff: Staff
) -> None:
    client = staff("clinical supervisor")
    episode = episodes(program, state=EpisodeState.ACTIVE)[0]
    address = f"/program/people/{episode.person}/episode"

    def calls() -> list[str]:
        mine = [t.kind for t in open_tasks(program) if t.source == episode.id]
        return sorted(kind for kind in mine if kind.startswith("follow-up"))

    assert client.post(address, {"end": "1", "reason": "bored"}).status_code == 400
    assert calls() == []
    assert client.post(address, {"end": "1", "reason": "completed"}).status_code == 302
    assert calls() == ["follow-up 30", "follow-up 90"]


def test_check_ins_are_drawn_and_stand_in_a_table(program: Owner, staff: Staff) -> None:
    client = staff("clinical supervisor")
    person = people_of_week(program)[0].id
    address = f"/program/people/{person}/progress"
    assert "check-in-lines" not in client.get(address).content.decode(), "one day is no line"
    answers = {item.id: item.choices[0].code for item in the_bam().items}
    check_in(program, person=person, answers=answers, now=NOW)
    text = client.get(address).content.decode()
    assert text.count("<polyline") == 3 and text.count("<circle") == 6


def test_the_roster_is_kept_at_the_door(program: Owner, staff: Staff, friday: None) -> None:
    client = staff("counselor")
    session = next(s for s in sessions_on(program, MONDAY, TODAY) if s.people)
    person = roster(program, session.id)[0].person
    address = f"/program/sessions/{session.id}"
    assert client.get(address).status_code == 200
    form = {"act": "roster", f"presence-{person}": "late", f"minutes-{person}": "999"}
    refused = client.post(address, form)
    assert refused.status_code == 400 and "999" in refused.content.decode()
    assert client.post(address, form | {f"minutes-{person}": "40"}).status_code == 302
    assert next(line for line in roster(program, session.id) if line.person == person).minutes == 40


def test_minutes_without_how_somebody_came_and_a_save_of_nothing_get_a_sentence(
    program: Owner, staff: Staff
) -> None:
    client = staff("counselor")
    session = next(s for s in sessions_on(program, MONDAY, TODAY) if s.people)
    person, address = roster(program, session.id)[0].person, f"/program/sessions/{session.id}"
    alone = client.post(address, {"act": "roster", f"minutes-{person}": "45"})
    assert alone.status_code == 400 and "choose how they attended" in alone.content.decode()
    assert 'value="45"' in alone.content.decode()
    nothing = client.post(address, {"act": "roster"}, follow=True).content.decode()
    assert "Nothing was changed" in nothing


def test_numbers_on_a_phone_have_their_columns_name(program: Owner, staff: Staff) -> None:
    client = staff("clinical supervisor")
    hours = client.get("/program/hours?day=2026-11-30").content.decode()
    reports = client.get("/program/reports").content.decode()
    assert 'data-label="Still to come"' in hours and 'data-label="Percent"' in reports


def test_the_second_of_two_notes_is_shown_beside_the_first(program: Owner, staff: Staff) -> None:
    client = staff("counselor")
    session = next(s for s in sessions_on(program, MONDAY, TODAY) if s.people)
    address = f"/program/sessions/{session.id}"
    first = {"act": "note", "read": "1", "topic": "Sleep", "text": "the first text"}
    assert client.post(address, first).status_code == 302
    second = client.post(address, first | {"text": "the second text"})
    assert second.status_code == 409
    assert (
        "the first text" in second.content.decode() and "the second text" in second.content.decode()
    )


def test_a_change_of_the_week_says_what_breaks_and_keeps_what_was_typed(
    program: Owner, staff: Staff
) -> None:
    client = staff("program director")
    placing = timetable_now(program).timetable.placings[0]
    other = next(s for s in made_up_setup().slots if s.track not in placing.slot)
    form = {
        "act": "move",
        "move-group": placing.group,
        "move-slot": other.id,
        "move-room": placing.room,
        "move-facilitator": placing.facilitator,
    }
    refused = client.post("/program/week/change", form)
    assert refused.status_code == 400 and placing.group in refused.content.decode()
    kept = client.post("/program/week/change", form | {"move-reason": "The bus does not run"})
    assert kept.status_code == 302
    assert timetable_now(program).override == "The bus does not run"
    assert (
        client.post("/program/week/change", {"act": "swap", "swap-group": "x"}).status_code == 400
    )


SETUP = {
    "zone": "America/Chicago",
    "state": "NJ",
    "site": "",
    "slots": "evening; mon 18:00-19:30\nevening; wed 18:00-19:30",
    "groups": "Skills A; skills; evening; 1; 12",
    "rooms": "Room 1; 12",
    "facilitators": "Lee; *; 20; mon 12:00-21:00, wed 12:00-21:00",
}


def test_a_director_types_the_setup_and_nothing_typed_is_lost(staff: Staff) -> None:
    client = staff("director of a new program")
    assert "Enter them" in client.get("/program/week").content.decode()
    wrong = client.post("/program/setup", SETUP | {"rooms": "Room 1; twelve", "read": "0"})
    assert wrong.status_code == 400
    assert (
        "“twelve” is not a number." in wrong.content.decode()
        and "Skills A" in wrong.content.decode()
    )
    assert client.post("/program/setup", SETUP | {"read": "0"}).status_code == 302
    again = client.get("/program/setup").content.decode()
    assert "evening; mon 18:00-19:30" in again and "N.J.A.C. 10:161B-10.1(b)2" in again
    late = client.post("/program/setup", SETUP | {"read": "0"})
    assert late.status_code == 400, "somebody kept version 1 meanwhile"


@pytest.mark.parametrize(
    ("field", "line"),
    [("slots", "evening; someday"), ("groups", "A; nothing; evening; 1; 2"), ("groups", "A; skills; evening; 9; 2"),
     ("facilitators", "Lee; *; 20; never"), ("rooms", "Room 1"), ("zone", "Mars")],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_quoted(staff: Staff, field: str, line: str) -> None:
    answer = staff("director of a new program").post("/program/setup", SETUP | {field: line})
    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()


def test_rules_suggest_and_a_clinician_decides_with_a_reason(program: Owner, staff: Staff) -> None:
    client = staff("clinical supervisor")
    person = people_of_week(program)[0].id
    address = f"/program/people/{person}/progress"
    before = (timetable_now(program), episodes(program, person=person))
    assert client.get(address).status_code == 200
    assert client.post(address, {"decision": "fewer", "reason": ""}).status_code == 400
    assert (
        client.post(address, {"decision": "fewer", "reason": "Steady for weeks"}).status_code == 302
    )
    assert decisions(program, person)[0].reason == "Steady for weeks"
    assert (timetable_now(program), episodes(program, person=person)) == before
    director = staff("program director")
    assert director.get(address).status_code == 403


def test_a_transition_plan_says_what_it_lacks_and_plans_two_calls_after_an_end(
    program: Owner, staff: Staff
) -> None:
    client = staff("clinical supervisor")
    episode = episodes(program)[0]
    move_episode(
        program,
        episode=episode.id,
        to=EpisodeState.ENDED,
        on=TODAY,
        by="person:1",
        now=NOW,
        reason="completed",
    )
    address = f"/program/people/{episode.person}/progress"
    assert "naloxone" in client.get(address).content.decode()
    form = {
        "act": "transition",
        "next_visit": "Dr. Example",
        "next_visit_on": "2027-12-01",
        "naloxone": "given",
    }
    assert client.post(address, form).status_code == 302
    due = {t.kind: t.due_on for t in open_tasks(program) if t.source == episode.id}
    assert due["follow-up 30"] == TODAY + timedelta(days=30)
    assert due["follow-up 90"] == TODAY + timedelta(days=90)
    assert due["ask visit"] == date(2027, 12, 2)
    assert set(due) == {"follow-up 30", "follow-up 90", "ask visit", "continuing care"}
    assert "Still missing: continuing care." in client.get(address).content.decode()
