"""Pages with several parts: saving one part loses nothing that is typed in another."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from waypost.treatment.consents.actions import sign_consent
from waypost.treatment.consents.consent import ConsentKind, ConsentTerms, ConsentWords, Expiry
from waypost.treatment.consents.models import RecordRead
from waypost.treatment.consents.queries import consents
from waypost.treatment.drug_tests.models import DrugTest
from waypost.treatment.drug_tests.queries import drug_tests
from waypost.treatment.drug_tests.result import TestStep
from waypost.treatment.intake.queries import newest_screening, waits_since
from waypost.treatment.plans.queries import newest_plan, review_setting
from waypost.treatment.progress.queries import decisions, transition_of
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import care_team, in_care, open_episode
from waypost.treatment.timetable.queries import timetable_now

pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]
NOW = datetime(2026, 12, 4, 12, tzinfo=UTC)
STILL_HERE = "is still here, and not saved yet"


@pytest.fixture
def person(program: Owner) -> str:
    """Somebody in care."""
    return min(in_care(program))


def test_a_transition_plan_is_saved_and_the_decision_stays_typed(
    program: Owner, staff: Staff, person: str
) -> None:
    client, page = staff("clinical supervisor"), f"/program/people/{person}/progress"
    stay = open_episode(program, person)
    assert stay is not None
    form = {
        "act": "transition", "read": transition_of(program, stay.id).version,
        "next_visit": "Dr. Ada", "next_visit_on": "2026-12-10", "naloxone": "", "warning_signs": "",
        "decision": "fewer", "reason": "Sleeps & eats well",
    }  # fmt: skip
    answer = client.post(f"{page}?part=progress.transition", form)
    text = answer.content.decode()
    assert answer.status_code == 200 and STILL_HERE in text
    assert "Sleeps &amp; eats well</textarea>" in text
    assert '<option value="fewer" selected>' in text
    assert transition_of(program, stay.id).words.next_visit == "Dr. Ada"
    assert decisions(program, person) == []


def test_a_decision_is_kept_and_the_transition_plan_stays_typed(
    program: Owner, staff: Staff, person: str
) -> None:
    client, page = staff("clinical supervisor"), f"/program/people/{person}/progress"
    form = {"decision": "stay", "reason": "Too early", "next_visit": "Dr. Ada", "naloxone": "given"}
    text = client.post(f"{page}?part=progress.decision", form).content.decode()
    assert STILL_HERE in text and 'value="Dr. Ada"' in text
    assert "Too early</textarea>" not in text, "what was kept is no longer in its form"
    assert [decided.decision for decided in decisions(program, person)] == ["stay"]
    refused = client.post(f"{page}?part=progress.decision", form | {"reason": ""})
    assert refused.status_code == 400 and 'value="Dr. Ada"' in refused.content.decode()


def test_a_plan_that_is_half_written_stays_while_the_clocks_are_set(
    program: Owner, staff: Staff, person: str
) -> None:
    client, here = staff("clinical supervisor"), f"/program/people/{person}/plan"
    before = newest_plan(program, person)
    form = {"own_words": "To hold\r\nmy daughter", "problem-0": "Drinking", "name": "Cam",
            "state": "MD", "payer": "medicare"}  # fmt: skip
    answer = client.post(f"{here}/milestone?part=plan.clocks", form)
    text = answer.content.decode()
    assert answer.status_code == 200 and "To hold\nmy daughter</textarea>" in text
    assert 'value="Drinking"' in text and 'value="Cam"' in text
    assert review_setting(program, person) == ("MD", "medicare")
    assert newest_plan(program, person) == before


def test_where_nothing_else_is_typed_a_page_is_gone_on_to_and_read_once(
    program: Owner, staff: Staff, person: str
) -> None:
    client, page = staff("clinical supervisor"), f"/program/people/{person}/progress"
    reads = RecordRead.objects.owned_by(program).filter(person=person)
    before = reads.count()
    form = {"decision": "stay", "reason": "Too early", "next_visit": "", "warning_signs": ""}
    answer = client.post(f"{page}?part=progress.decision", form)
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert reads.count() == before, "the page that was only compared is not a read"
    text = client.get(page).content.decode()
    assert "Saved. Change the plan or the level" in text and STILL_HERE not in text
    assert reads.count() == before + 1


def test_answers_stay_while_somebody_is_put_on_the_list(
    program: Owner, staff: Staff, person: str
) -> None:
    client = staff("clinical supervisor")
    page = client.get(f"/program/people/{person}/pre-screen").content.decode()
    assert 'name="who"' in page, "or this test answers another question"
    form = {"who": "self-adult", "priority": "none", "reason": "a Tuesday group"}
    answer = client.post(f"/program/people/{person}/wait?part=screen.wait", form)
    text = answer.content.decode()
    assert 'value="self-adult" checked' in " ".join(text.split())
    assert waits_since(program, person) is not None
    assert newest_screening(program, person).number == 0


def test_a_referral_that_is_half_typed_stays_while_somebody_leaves_the_list(
    program: Owner, staff: Staff, person: str
) -> None:
    client, wait = staff("clinical supervisor"), f"/program/people/{person}/wait"
    client.post(wait, {"priority": "none", "reason": "a Tuesday group"})
    form = {"name": "New Person", "reason": "Their mother called", f"left-{person}": ""}
    refused = client.post(f"{wait}?part=intake.{person}", form)
    assert refused.status_code == 400 and 'value="New Person"' in refused.content.decode()
    form |= {f"left-{person}": "admitted"}
    text = client.post(f"{wait}?part=intake.{person}", form).content.decode()
    assert 'value="New Person"' in text and "Their mother called</textarea>" in text
    assert waits_since(program, person) is None


def test_a_change_of_the_week_loses_nothing_that_is_chosen_for_another(
    program: Owner, staff: Staff
) -> None:
    client, week = staff("program director"), timetable_now(program)
    group = week.timetable.placings[0].group
    leaves = min(week.timetable.people_of[group])
    form = {
        "act": "remove", "remove-person": leaves, "remove-group": group, "remove-reason": "ill",
        "move-room": "Room 2", "move-reason": "A pipe & a leak", "swap-alone": "on",
        "add-person": max(in_care(program)), "monday": "2026-11-30",
    }  # fmt: skip
    answer = client.post("/program/week/change?part=week.remove", form)
    text = answer.content.decode()
    assert answer.status_code == 200 and STILL_HERE in text and "Saved." in text
    assert leaves not in timetable_now(program).timetable.people_of.get(group, ())
    assert "<option selected>Room 2</option>" in text and "A pipe &amp; a leak" in text
    assert 'name="swap-alone" checked' in text and 'value="ill"' not in text
    assert f'<option value="{form["add-person"]}" selected>' in parts_of(text)["add"]
    opened = {act for act, part in parts_of(text).items() if " open>" in part.split("\n")[0]}
    assert opened == {"swap", "move", "add"}, "what is kept can be seen"


def parts_of(text: str) -> dict[str, str]:
    """The folded changes of the page of the week, each from its first tag."""
    return {
        part.split('"')[0]: part
        for part in text.split('<details class="stack" data-part="week.')[1:]
    }


def test_a_week_that_is_refused_keeps_every_change_that_is_typed(
    program: Owner, staff: Staff
) -> None:
    client, before = staff("program director"), timetable_now(program)
    group = before.timetable.placings[0].group
    form = {"swap-group": group, "swap-other": "nothing", "add-reason": "Their wish",
            "swap-reason": "Lee is away", "monday": "2026-11-30"}  # fmt: skip
    enter = client.post("/program/week/change?part=week.none", form)
    wrong = client.post("/program/week/change?part=week.swap", form | {"act": "swap"})
    for answer, sentence in ((enter, "Press the button"), (wrong, "that is in this week")):
        text = answer.content.decode()
        assert answer.status_code == 400 and sentence in text
        assert 'value="Their wish"' in text and 'value="Lee is away"' in text
    assert timetable_now(program) == before


def test_a_colleague_is_put_on_the_team_and_the_reason_of_an_end_stays_chosen(
    program: Owner, staff: Staff, person: str
) -> None:
    client, here = staff("clinical supervisor"), f"/program/people/{person}"
    page = client.get(here).content.decode()
    colleague = re.findall(r'<option value="(person:\d+)"', page)[-1]
    first = re.findall(r'<option value="(person:\d+)"', page)[0]
    assert first != colleague, "or this test chooses nothing"
    form = {"staff": colleague, "reason": "completed"}
    text = client.post(f"{here}/team?part=record.team", form).content.decode()
    assert STILL_HERE in text and '<option value="completed" selected>' in text
    assert colleague in {who for who, _role in care_team(program, person)}
    off = form | {"leave": colleague, "staff": first}
    text = client.post(f"{here}/team?part=record.left", off).content.decode()
    assert '<option value="completed" selected>' in text
    assert colleague not in {who for who, _role in care_team(program, person)}
    assert open_episode(program, person) is not None


def test_an_end_without_a_reason_keeps_the_colleague_that_is_chosen(
    program: Owner, staff: Staff, person: str
) -> None:
    client, here = staff("clinical supervisor"), f"/program/people/{person}"
    colleague = re.findall(r'<option value="(person:\d+)"', client.get(here).content.decode())[-1]
    form = {"staff": colleague, "reason": "", "end": "1"}
    refused = client.post(f"{here}/episode?part=record.episode", form)
    text = refused.content.decode()
    assert refused.status_code == 400 and f'<option value="{colleague}" selected>' in text
    ended = client.post(f"{here}/episode?part=record.episode", form | {"reason": "completed"})
    assert f'<option value="{colleague}" selected>' in ended.content.decode()
    assert open_episode(program, person) is None


def test_a_consent_is_revoked_and_the_new_one_stays_typed(
    program: Owner, staff: Staff, person: str
) -> None:
    client, page = staff("clinical supervisor"), f"/program/people/{person}/consents"
    common = {"by": "person:1", "now": NOW}
    terms = ConsentTerms(ConsentKind.SPECIFIC, NOW.date(), Expiry.DATE, date(2027, 12, 4))
    old = sign_consent(program, person=person, terms=terms, today=NOW.date(), **common,
                       words=ConsentWords("A", "River", "dates", "Ada", "care", "by word", "A"))  # fmt: skip
    form = {"kind": ConsentKind.COUNSELING_NOTES.value, "what": "dates of\r\nattendance", "recipient": "Dr. <Bo>",
            "purpose": "at my request", "expiry": "event", "expiry_event": "the last session",
            "signature": ""}  # fmt: skip
    refused = client.post(f"{page}?part=consents.new", form)
    revoked = client.post(f"/program/consents/{old}/revoke?part=consents.kept", form)
    assert (refused.status_code, revoked.status_code) == (400, 200)
    for answer in (refused, revoked):
        text = answer.content.decode()
        assert "dates of\nattendance</textarea>" in text and "Dr. &lt;Bo&gt;</textarea>" in text
        assert 'value="the last session"' in text
        assert '<option value="event" selected>' in text
        assert f'<option value="{form["kind"]}" selected>' in text
    assert STILL_HERE in revoked.content.decode()
    (kept,) = consents(program, person, NOW.date())
    assert kept.refusal == "revoked"


def test_a_test_is_moved_on_and_the_readings_of_another_stay_chosen(
    program: Owner, staff: Staff
) -> None:
    client, day = staff("counselor"), NOW.date()
    for number, who in enumerate(sorted(in_care(program))[:2]):
        DrugTest.objects.owned_by(program).create(
            id=f"tst_{number}", person=who, day=day, step=TestStep.COLLECTED, at=NOW, by="person:1",
            words=DrugTest.sealed(f"tst_{number}", {"readings": []}),
        )  # fmt: skip
    form = {"day": day.isoformat(), "to": "result", "panel-cocaine-tst_1": "invalid",
            "expected-opiates-tst_1": "on"}  # fmt: skip
    address = "/program/tests/tst_0?part=tests.tst_0"
    refused = client.post(address, form)
    moved = client.post(address, form | {"panel-alcohol-tst_0": "negative"})
    assert (refused.status_code, moved.status_code) == (400, 200)
    for answer in (refused, moved):
        text = answer.content.decode()
        assert '<option value="invalid" selected>' in text
        assert 'name="expected-opiates-tst_1" checked' in text
    assert STILL_HERE in moved.content.decode()
    steps = {test.id: test.step for test in drug_tests(program, day=day)}
    assert (steps["tst_0"], steps["tst_1"]) == ("result", "collected")
