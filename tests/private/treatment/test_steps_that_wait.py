"""What the pre-screen stops, waits; what cannot be kept of a plan or a record is said in a sentence."""

from __future__ import annotations

import pytest
from django.utils import timezone

from private.treatment.signed_in_staff import SignedIn, in_care, staff
from waypost.desk.program.intake.screened import screened_answers
from waypost.desk.program.plans.fields import MOST_LINES
from waypost.treatment.intake.actions import save_screening
from waypost.treatment.intake.dimensions import Dimension
from waypost.treatment.intake.queries import assessments, waiting_list
from waypost.treatment.plans.queries import newest_plan
from waypost.treatment.plans.templates import the_templates
from waypost.treatment.records.actions import open_new_episode
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import open_episode

pytestmark = pytest.mark.django_db
CALM = {"who": ["other-adult"], "now": ["none"], "suicide": ["no-thoughts"]}
DANGER = CALM | {"now": ["seizure"]}
WRITTEN = (
    {f"text-{d.value}": "talked about it" for d in Dimension}
    | {f"concern-{d.value}": "none" for d in Dimension}
    | {"dimensions": "all", "reasons": "steady home and work", "level": "iop", "read-decision": "0"}
)


def screened(owner: Owner, person: str, answers: dict[str, list[str]], read: int = 0) -> None:
    now = timezone.now()
    save_screening(owner, person=person, answers=answers, read_version=read, by="person:1", now=now)


def test_a_danger_in_the_pre_screen_stops_the_waiting_list_until_it_is_over(
    signed_in: SignedIn,
) -> None:
    client, owner, by = staff(signed_in, "clinical supervisor")
    person = in_care(owner, by)
    wait, asked = f"/program/people/{person}/wait", {"reason": "a place in the evening"}
    screened(owner, person, DANGER)
    answer = client.post(wait, asked)
    text = answer.content.decode()
    assert answer.status_code == 400 and "calls for help at once" in text and "911" in text
    assert asked["reason"] in text and waiting_list(owner) == []
    screened(owner, person, CALM, 1)
    assert client.post(f"{wait}?part=screen.wait", asked | {"now": "seizure"}).status_code == 400
    assert client.post(wait, {"reason": " "}).status_code == 400
    assert client.post(wait, asked).status_code == 302
    assert [waiting.reason for waiting in waiting_list(owner)] == [asked["reason"]]


def test_an_outpatient_level_is_not_signed_while_the_pre_screen_calls_for_help(
    signed_in: SignedIn,
) -> None:
    client, owner, by = staff(signed_in, "clinical supervisor")
    person = in_care(owner, by)
    screened(owner, person, DANGER)
    sign = f"/program/people/{person}/assessment/sign"
    answer = client.post(sign, WRITTEN)
    text = answer.content.decode()
    assert answer.status_code == 400 and "calls for help at once" in text
    assert "steady home and work" in text and open_episode(owner, person) is None
    (assessment,) = assessments(owner, person)
    assert len(assessment.parts) >= len(Dimension)  # nothing of it is lost
    screened(owner, person, CALM, 1)
    number = {"number": assessment.id} | {f"read-{d.value}": "1" for d in Dimension}
    assert client.post(sign, WRITTEN | number | {"read-decision": "1"}).status_code == 302
    assert open_episode(owner, person).level == "iop"


def test_answers_that_the_guide_no_longer_has_break_no_page(signed_in: SignedIn) -> None:
    client, owner, by = staff(signed_in, "clinical supervisor")
    person = in_care(owner, by)
    screened(owner, person, DANGER | {"old-question": ["yes"], "suicide": ["old-choice"]})
    page = client.get(f"/program/people/{person}/pre-screen")
    assert page.status_code == 200 and "911" in page.content.decode()
    assert client.get(f"/program/people/{person}/assessment").status_code == 200
    assert screened_answers(DANGER | {"old": ["x"]}, timezone.localdate()).emergency


def test_templates_add_no_more_lines_than_a_plan_keeps(signed_in: SignedIn) -> None:
    client, owner, by = staff(signed_in, "clinical supervisor")
    person = in_care(owner, by)
    lines = {f"problem-{n}": f"problem {n}" for n in range(MOST_LINES)}
    form = {"hours": "9", "days": "3", "read": "0"} | lines
    template = next(iter(the_templates()))
    answer = client.post(
        f"/program/people/{person}/plan", form | {"act": "template", "chosen": template}
    )
    text = answer.content.decode()
    assert answer.status_code == 400 and f"at most {MOST_LINES} lines" in text
    assert all(f'"problem {n}"' in text for n in range(MOST_LINES))
    assert client.post(f"/program/people/{person}/plan", form).status_code == 302
    assert len(newest_plan(owner, person).words.lines) == MOST_LINES


def test_the_record_of_somebody_in_care_is_not_erased_and_no_day_is_made_up(
    signed_in: SignedIn,
) -> None:
    client, owner, by = staff(signed_in, "program director")
    person, now = in_care(owner, by), timezone.now()
    open_new_episode(
        owner, person=person, level="iop", by=by, now=now, starts_on=timezone.localdate(now)
    )
    answer = client.post(f"/program/people/{person}/erase")
    text = answer.content.decode()
    assert answer.status_code == 400 and "Care goes on" in text and "9999" not in text
