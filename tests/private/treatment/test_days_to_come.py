"""A day that has not come: nobody came to it or missed it, and no test is drawn for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from waypost.treatment.attendance.actions import Kept, keep_roster, open_day
from waypost.treatment.attendance.queries import note_of, open_tasks, roster, sessions_on
from waypost.treatment.attendance.roster import DayAhead, Presence, refuse_ahead
from waypost.treatment.attendance.seen import SessionSeen
from waypost.treatment.drug_tests.actions import draw_day
from waypost.treatment.drug_tests.draw import InDraw, TestPhase
from waypost.treatment.drug_tests.models import DrugTest
from waypost.treatment.drug_tests.queries import drug_tests
from waypost.treatment.drug_tests.result import TestStep
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import in_care

pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]
FRIDAY, NEXT = date(2026, 12, 4), date(2026, 12, 7)
LATE_ON_THURSDAY = datetime(2026, 12, 4, 2, tzinfo=UTC)
"""Nine in the evening of December 3 in New York: in UTC it is Friday already."""
SAID = {presence: presence is Presence.EXCUSED for presence in Presence}
"""Whether it can be said of somebody before the day has come."""


def session_to_come(owner: Owner) -> SessionSeen:
    """The first session of the next week with somebody on its roster."""
    for number in range(7):
        open_day(owner, day=NEXT + timedelta(days=number), by="person:1", now=LATE_ON_THURSDAY)
    return next(s for s in sessions_on(owner, NEXT, NEXT + timedelta(days=6)) if s.people)


@pytest.mark.parametrize("presence", list(Presence))
def test_before_the_day_people_can_be_excused_and_nothing_more(presence: Presence) -> None:
    refuse_ahead(presence, FRIDAY, FRIDAY)
    refuse_ahead(presence, FRIDAY, NEXT)
    if SAID[presence]:
        refuse_ahead(presence, NEXT, FRIDAY)
    else:
        with pytest.raises(DayAhead):
            refuse_ahead(presence, NEXT, FRIDAY)


@pytest.mark.parametrize("presence", [p.value for p, early in SAID.items() if not early])
def test_attendance_of_a_day_to_come_is_refused_and_what_was_typed_stays(
    program: Owner, staff: Staff, friday: None, presence: str
) -> None:
    client, session = staff("counselor"), session_to_come(program)
    before, tasks = roster(program, session.id), open_tasks(program)
    person, address = before[0].person, f"/program/sessions/{session.id}"
    assert "This day has not come yet" in client.get(address).content.decode()
    form = {
        f"presence-{person}": presence, f"minutes-{person}": "37", f"was-{person}": "|",
        "topic": "Sleep", "text": "A <plan> for nights", f"line-{person}": "spoke first", "read": "0",
    }  # fmt: skip
    if presence == "absent":
        form[f"minutes-{person}"] = ""
    answer = client.post(address, form)
    text = answer.content.decode()
    assert answer.status_code == 422 and "which has not come yet" in text
    assert f'name="presence-{person}" value="{presence}" checked' in text
    assert form[f"minutes-{person}"] == "" or 'value="37"' in text
    assert 'value="Sleep"' in text and "A &lt;plan&gt; for nights</textarea>" in text
    assert "spoke first</textarea>" in text
    assert roster(program, session.id) == before and note_of(program, session.id).version == 0
    assert open_tasks(program) == tasks, "nobody is called about a group that has not met"


def test_who_says_beforehand_that_they_cannot_come_is_excused_on_the_roster(
    program: Owner, staff: Staff, friday: None
) -> None:
    session = session_to_come(program)
    person = roster(program, session.id)[0].person
    form = {f"presence-{person}": "excused", f"was-{person}": "|"}
    answer = staff("counselor").post(f"/program/sessions/{session.id}", form)
    assert answer.status_code == 302
    line = next(line for line in roster(program, session.id) if line.person == person)
    assert line.presence is Presence.EXCUSED


def test_the_day_is_that_of_the_programs_wall(program: Owner) -> None:
    session = next(s for s in sessions_on(program, FRIDAY - timedelta(days=4), FRIDAY) if s.people)
    person = roster(program, session.id)[0].person
    start = datetime(session.day.year, session.day.month, session.day.day, tzinfo=UTC)
    kept = {person: Kept(Presence.LATE, 30)}
    with pytest.raises(DayAhead):
        keep_roster(program, session=session.id, kept=kept, by="person:1",
                    now=start + timedelta(hours=2))  # fmt: skip
    keep_roster(program, session=session.id, kept=kept, by="person:1",
                now=start + timedelta(hours=12))  # fmt: skip
    people = [InDraw(person, TestPhase.FIRST, 1)]
    with pytest.raises(DayAhead):
        draw_day(program, day=FRIDAY, people=people, by="person:1", now=LATE_ON_THURSDAY)
    morning = LATE_ON_THURSDAY + timedelta(hours=10)
    assert draw_day(program, day=FRIDAY, people=people, by="person:1", now=morning) == [person]


def a_test(owner: Owner, day: date) -> str:
    """A test that was collected, whose result is not kept yet."""
    DrugTest.objects.owned_by(owner).create(
        id="tst_waits", person=min(in_care(owner)), day=day, step=TestStep.COLLECTED,
        words=DrugTest.sealed("tst_waits", {"readings": []}), at=LATE_ON_THURSDAY, by="person:1",
    )  # fmt: skip
    return "tst_waits"


def test_a_day_to_come_is_not_drawn_and_readings_that_are_chosen_stay(
    program: Owner, staff: Staff, friday: None
) -> None:
    client, day = staff("counselor"), session_to_come(program).day
    test, page = a_test(program, day), f"/program/tests?day={day}"
    shown = client.get(page).content.decode()
    assert "Draw for this day" not in shown and "drawn on the day itself" in shown
    form = {"day": day.isoformat(), f"panel-cocaine-{test}": "positive"}
    answer = client.post("/program/tests?part=tests.draw", form)
    text = answer.content.decode()
    assert answer.status_code == 422 and "has not come yet" in text
    assert '<option value="positive" selected>' in text
    assert [t.id for t in drug_tests(program, day=day)] == [test]


def test_a_draw_of_today_loses_no_reading_that_is_chosen(
    program: Owner, staff: Staff, friday: None
) -> None:
    test = a_test(program, FRIDAY)
    form = {"day": FRIDAY.isoformat(), f"panel-opiates-{test}": "negative",
            f"expected-opiates-{test}": "on"}  # fmt: skip
    answer = staff("counselor").post("/program/tests?part=tests.draw", form)
    text = answer.content.decode()
    assert answer.status_code == 200 and "is still here, and not saved yet" in text
    assert '<option value="negative" selected>' in text
    assert f'name="expected-opiates-{test}" checked' in text
    assert next(t for t in drug_tests(program, day=FRIDAY) if t.id == test).step == "collected"
