"""A program's week and days: kept through their owner, opened, noted, drawn, shown, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from icalendar import Calendar

from waypost.cli.demo.made_up_setup import made_up_setup
from waypost.cli.demo.story import play
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
from waypost.treatment.export.pdf import as_pdf
from waypost.treatment.export.queries import whole_record
from waypost.treatment.export.whole_record import as_json
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
NOW = datetime(2026, 12, 3, 23, tzinfo=UTC)
TODAY = date(2026, 12, 4)
MONDAY = date(2026, 11, 30)
ELSEWHERE = Owner("org_elsewhere")
GROUPS = 6


def test_the_same_seed_makes_the_same_program() -> None:
    owner, stories = Owner("org_a"), []
    for _time in range(2):
        with transaction.atomic():
            story = play(owner, people=5, weeks=1, seed=5, today=TODAY, groups=GROUPS)
            stories.append((story, attended(owner, MONDAY, TODAY), drug_tests(owner)))
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
    whole = whole_record(program, one, NOW)
    assert whole is not None and as_pdf(whole).startswith(b"%PDF")
    written = as_json(whole).decode()
    assert "of one alone" in written and "of the other" not in written


def test_a_make_up_session_has_its_cap(program: Owner) -> None:
    session = next(s for s in sessions_on(program, MONDAY, TODAY) if s.people)
    common = {"session": session.id, "makes_up": MONDAY, "by": "person:1", "now": NOW}
    for number in range(session.most - session.people):
        add_to_roster(program, person=f"pic_{number}", **common)
    with pytest.raises(GroupFull):
        add_to_roster(program, person="pic_more", **common)


def test_an_unexpected_result_makes_a_conversation_and_changes_nothing_else(program: Owner) -> None:
    person = people_of_week(program)[0].id
    draws = {"people": [InDraw(person, TestPhase.FIRST, 1)], "by": "person:1"}
    day, now = TODAY + timedelta(days=30), NOW + timedelta(days=31)
    draw_day(program, day=day, now=now, **draws)
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
    day, now = TODAY + timedelta(days=31), NOW + timedelta(days=32)
    people = [InDraw(f"pic_{n}", TestPhase.FIRST, 2) for n in range(8)]
    once = draw_day(program, day=day, people=people, by="person:1", now=now)
    assert draw_day(program, day=day, people=people, by="person:1", now=now) == once
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
