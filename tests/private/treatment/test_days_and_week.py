"""A program's week and days: kept through their owner, opened, noted, drawn, shown, refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from icalendar import Calendar

from waypost.accounts.models import Organization
from waypost.cli.demo.story import made_up_setup, play
from waypost.treatment.attendance.actions import (
    GroupFull,
    Kept,
    NoteChanged,
    add_to_roster,
    keep_note,
    keep_roster,
    open_day,
)
from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.attendance.queries import (
    attended,
    note_of,
    notes_for,
    open_tasks,
    roster,
    sessions_on,
    tallies,
)
from waypost.treatment.attendance.roster import Presence
from waypost.treatment.drug_tests.actions import BadStep, draw_day, keep_step
from waypost.treatment.drug_tests.draw import InDraw, TestPhase
from waypost.treatment.drug_tests.queries import drug_tests
from waypost.treatment.drug_tests.result import Panel, PanelReading, TestReading, TestStep
from waypost.treatment.progress.queries import decisions
from waypost.treatment.records.actions import move_episode
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import episodes
from waypost.treatment.timetable.actions import (
    BreaksRules,
    Changed,
    keep_setup,
    keep_timetable,
    make_feed,
    revoke_feeds,
)
from waypost.treatment.timetable.models import TimetableVersion
from waypost.treatment.timetable.moving import with_person
from waypost.treatment.timetable.problem import Placing, Timetable
from waypost.treatment.timetable.queries import feeds, people_of_week, timetable_now

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 3, 23, tzinfo=UTC)
TODAY = date(2026, 12, 4)
MONDAY = date(2026, 11, 30)
ELSEWHERE = Owner("org_elsewhere")


@pytest.fixture
def program(signed_in: SignedIn) -> Owner:
    """Six people in their first week."""
    signed_in("counselor", organization="River", kind="program")
    owner = Owner(Organization.objects.get(name="River").pk)
    play(owner, people=6, weeks=1, seed=3, today=TODAY)
    return owner


def client_as(signed_in: SignedIn, role: str) -> Client:
    return signed_in(
        role,
        organization="River",
        kind="program",
        email=f"{role.split(maxsplit=1)[0]}2@river.example",
    )


def test_the_same_seed_makes_the_same_program() -> None:
    stories = []
    for _time in range(2):
        with transaction.atomic():
            story = play(Owner("org_a"), people=6, weeks=2, seed=3, today=TODAY)
            stories.append(
                (story, attended(Owner("org_a"), MONDAY, TODAY), drug_tests(Owner("org_a")))
            )
            transaction.set_rollback(True)
    assert stories[0] == stories[1]
    assert stories[0][0].sessions and stories[0][1]


def test_nobody_sees_another_organizations_days(program: Owner) -> None:
    session = sessions_on(program, MONDAY, TODAY)[0]
    assert sessions_on(ELSEWHERE, MONDAY, TODAY) == []
    assert roster(ELSEWHERE, session.id) == []
    assert attended(ELSEWHERE, MONDAY, TODAY) == [] and open_tasks(ELSEWHERE) == []
    assert drug_tests(ELSEWHERE) == [] and timetable_now(ELSEWHERE).version == 0


def test_a_week_that_breaks_a_rule_needs_a_reason(program: Owner) -> None:
    seen = timetable_now(program)
    lonely = replace(seen.timetable, places=frozenset())
    common = {"timetable": lonely, "from_monday": MONDAY, "by": "person:1", "now": NOW}
    with pytest.raises(BreaksRules) as refused:
        keep_timetable(program, after=seen.version, **common)
    assert refused.value.breaches
    assert timetable_now(program).version == seen.version, "nothing was kept"
    keep_timetable(program, after=seen.version, override="Holiday week", **common)
    kept = timetable_now(program)
    assert (kept.version, kept.override) == (seen.version + 1, "Holiday week")
    with pytest.raises(Changed):
        keep_timetable(program, after=seen.version, override="late", **common)


def test_who_attends_what_is_sealed_in_the_table(program: Owner) -> None:
    row = TimetableVersion.objects.owned_by(program).order_by("-version").first()
    person = people_of_week(program)[0].id
    assert person not in row.words and person not in str(row.placings)


def test_a_day_is_opened_once_and_gains_what_is_new(program: Owner) -> None:
    monday = MONDAY + timedelta(days=7)
    made = open_day(program, day=monday, by="person:1", now=NOW)
    assert made == len(sessions_on(program, monday, monday)) > 0
    assert open_day(program, day=monday, by="person:1", now=NOW) == 0


def test_who_was_absent_becomes_a_task_once_and_a_correction_takes_it_back(program: Owner) -> None:
    session = next(s for s in sessions_on(program, MONDAY, TODAY) if s.people)
    person = roster(program, session.id)[0].person
    common = {"session": session.id, "by": "person:1", "now": NOW}

    def no_shows() -> int:
        return sum(t.person == person and t.kind == "no-show" for t in open_tasks(program))

    keep_roster(program, kept={person: Kept(Presence.PRESENT)}, **common)
    before = no_shows()
    keep_roster(program, kept={person: Kept(Presence.ABSENT)}, **common)
    keep_roster(program, kept={person: Kept(Presence.ABSENT)}, **common)
    assert no_shows() == before + 1
    keep_roster(program, kept={person: Kept(Presence.LATE, 50)}, **common)
    assert no_shows() == before
    planned = {person: 540}
    assert tallies(program, planned, MONDAY, NOW)[person].attended >= 50


def test_two_who_write_one_note_lose_nothing(program: Owner) -> None:
    session = next(s for s in sessions_on(program, MONDAY, TODAY) if s.people)
    person = roster(program, session.id)[0].person
    common = {"session": session.id, "by": "person:1", "now": NOW, "after": 1}
    keep_note(program, words=GroupNoteWords("Sleep", "mine", {person: "spoke first"}), **common)
    with pytest.raises(NoteChanged):
        keep_note(program, words=GroupNoteWords("Sleep", "theirs", {}), **common)
    assert note_of(program, session.id).words.text == "mine"


def test_a_chart_has_the_groups_words_and_that_persons_line_alone(program: Owner) -> None:
    session = next(s for s in sessions_on(program, MONDAY, TODAY) if s.people >= 2)
    one, other = [line.person for line in roster(program, session.id)][:2]
    words = GroupNoteWords("Sleep", "for all", {one: "of one alone", other: "of the other"})
    keep_note(program, session=session.id, words=words, after=1, by="person:1", now=NOW)
    chart = "\n".join(text for seen, text in notes_for(program, one) if seen.id == session.id)
    assert "for all" in chart and "of one alone" in chart and "of the other" not in chart


def test_a_make_up_session_has_its_cap(program: Owner) -> None:
    session = next(s for s in sessions_on(program, MONDAY, TODAY) if s.people)
    common = {"session": session.id, "makes_up": MONDAY, "by": "person:1", "now": NOW}
    for number in range(session.most - session.people):
        add_to_roster(program, person=f"pic_{number}", **common)
    with pytest.raises(GroupFull):
        add_to_roster(program, person="pic_more", **common)


def test_an_unexpected_result_makes_a_conversation_and_changes_nothing_else(program: Owner) -> None:
    person = people_of_week(program)[0].id
    day = TODAY + timedelta(days=30)
    draw_day(program, day=day, people=[InDraw(person, TestPhase.FIRST, 1)], by="person:1", now=NOW)
    test = drug_tests(program, day=day)[0]
    before = (timetable_now(program), episodes(program, person=person))
    keep_step(program, test=test.id, to=TestStep.COLLECTED, by="person:1", now=NOW)
    with pytest.raises(BadStep):
        keep_step(program, test=test.id, to=TestStep.RESULT, by="person:1", now=NOW)
    readings = [TestReading(Panel.COCAINE, PanelReading.POSITIVE)]
    keep_step(program, test=test.id, to=TestStep.RESULT, readings=readings, by="person:1", now=NOW)
    assert "conversation" in {t.kind for t in open_tasks(program) if t.source == test.id}
    assert (timetable_now(program), episodes(program, person=person)) == before


def test_the_same_day_is_not_drawn_twice(program: Owner) -> None:
    day = TODAY + timedelta(days=31)
    people = [InDraw(f"pic_{n}", TestPhase.FIRST, 2) for n in range(8)]
    once = draw_day(program, day=day, people=people, by="person:1", now=NOW)
    assert draw_day(program, day=day, people=people, by="person:1", now=NOW) == once
    assert len(drug_tests(program, day=day)) == len(once)


def test_a_calendar_keeps_its_wall_time_across_a_clock_change_and_can_be_revoked(
    program: Owner, client: Client
) -> None:
    person = people_of_week(program)[0].id
    token = make_feed(program, kind="person", subject=person, by="person:1", now=NOW)
    response = client.get(f"/calendar/{token}.ics")
    assert response.status_code == 200 and response["Cache-Control"] == "private, no-store"
    calendar = Calendar.from_ical(response.content)
    events = calendar.walk("VEVENT")
    assert events and {str(event["SUMMARY"]) for event in events} == {"Session"}
    assert person not in response.content.decode()
    for event in events:
        start = event.decoded("DTSTART")
        later = start + timedelta(weeks=20)
        assert start.hour == later.hour and start.utcoffset() != later.utcoffset()
        assert event["RRULE"]["FREQ"] == ["WEEKLY"]
    assert calendar.walk("VTIMEZONE")
    revoke_feeds(program, ids=[feed.id for feed in feeds(program)], by="person:1", now=NOW)
    assert client.get(f"/calendar/{token}.ics").status_code == 404
    assert client.get("/calendar/nothing.ics").status_code == 404


PAGES = [
    "/program/week",
    "/program/today?day=2026-11-30",
    "/program/hours",
    "/program/tests?day=2026-11-30",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_counselor_sees_the_pages_of_the_day(
    program: Owner, signed_in: SignedIn, address: str
) -> None:
    response = client_as(signed_in, "counselor").get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_a_director_sees_reports_and_units_and_a_biller_units_alone(
    program: Owner, signed_in: SignedIn
) -> None:
    director, biller = client_as(signed_in, "program director"), client_as(signed_in, "biller")
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


def test_the_roster_is_kept_at_the_door(program: Owner, signed_in: SignedIn) -> None:
    client = client_as(signed_in, "counselor")
    session = next(s for s in sessions_on(program, MONDAY, TODAY) if s.people)
    person = roster(program, session.id)[0].person
    address = f"/program/sessions/{session.id}"
    assert client.get(address).status_code == 200
    form = {"act": "roster", f"presence-{person}": "late", f"minutes-{person}": "999"}
    refused = client.post(address, form)
    assert refused.status_code == 400 and "999" in refused.content.decode()
    assert client.post(address, form | {f"minutes-{person}": "40"}).status_code == 302
    assert next(line for line in roster(program, session.id) if line.person == person).minutes == 40


def test_the_second_of_two_notes_is_shown_beside_the_first(
    program: Owner, signed_in: SignedIn
) -> None:
    client = client_as(signed_in, "counselor")
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
    program: Owner, signed_in: SignedIn
) -> None:
    client = client_as(signed_in, "program director")
    placing = timetable_now(program).timetable.placings[0]
    other = next(s for s in made_up_setup().slots if s.track not in placing.slot)
    form = {
        "act": "move",
        "group": placing.group,
        "slot": other.id,
        "room": placing.room,
        "facilitator": placing.facilitator,
    }
    refused = client.post("/program/week/change", form)
    assert refused.status_code == 400 and placing.group in refused.content.decode()
    kept = client.post("/program/week/change", form | {"reason": "The bus does not run"})
    assert kept.status_code == 302
    assert timetable_now(program).override == "The bus does not run"
    assert client.post("/program/week/change", {"act": "swap", "group": "x"}).status_code == 400


def test_a_setup_is_not_overwritten_by_the_second_of_two(program: Owner) -> None:
    with pytest.raises(Changed):
        keep_setup(program, setup=made_up_setup(), after=0, by="person:1", now=NOW)


def test_a_week_names_only_what_is_there(program: Owner) -> None:
    week = with_person(Timetable((Placing("nothing", "x", "y", "z"),)), "pic_x", "nothing")
    with pytest.raises(BreaksRules):
        keep_timetable(
            program,
            timetable=week,
            after=timetable_now(program).version,
            from_monday=MONDAY,
            by="person:1",
            now=NOW,
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


def test_a_director_types_the_setup_and_nothing_typed_is_lost(signed_in: SignedIn) -> None:
    client = client_as(signed_in, "program director")
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
def test_a_line_that_cannot_be_read_is_quoted(signed_in: SignedIn, field: str, line: str) -> None:
    answer = client_as(signed_in, "program director").post("/program/setup", SETUP | {field: line})
    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()


def test_rules_suggest_and_a_clinician_decides_with_a_reason(
    program: Owner, signed_in: SignedIn
) -> None:
    client = client_as(signed_in, "clinical supervisor")
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
    director = client_as(signed_in, "program director")
    assert director.get(address).status_code == 403


def test_a_transition_plan_says_what_it_lacks_and_plans_two_calls_after_an_end(
    program: Owner, signed_in: SignedIn
) -> None:
    client = client_as(signed_in, "clinical supervisor")
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
        "site": "site_1",
    }
    assert client.post(address, form).status_code == 302
    due = {t.kind: t.due_on - TODAY for t in open_tasks(program) if t.source == episode.id}
    assert due == {"follow-up 30": timedelta(days=30), "follow-up 90": timedelta(days=90)}
    assert "Still missing" not in client.get(address).content.decode()
