"""Pages with several parts: saving one part loses nothing that is typed in another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from waypost.treatment.consents.models import RecordRead
from waypost.treatment.intake.queries import newest_screening, waits_since
from waypost.treatment.plans.queries import newest_plan, review_setting
from waypost.treatment.progress.queries import decisions, transition_of
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import in_care, open_episode

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
    assert "Kept. Change the plan or the level" in text and STILL_HERE not in text
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
