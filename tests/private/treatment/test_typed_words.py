"""What is typed on a program's pages is never cut or dropped in silence: a sentence says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation

from waypost.accounts.models import Organization
from waypost.desk.program.plans.fields import place_words
from waypost.treatment.intake.actions import join_waiting_list
from waypost.treatment.intake.queries import waiting_list
from waypost.treatment.intake.waiting import Priority
from waypost.treatment.own_page.actions import make_link
from waypost.treatment.own_page.queries import announced_absences, check_ins
from waypost.treatment.plans.actions import save_plan
from waypost.treatment.plans.plan import PlanLine, PlanWords
from waypost.treatment.plans.queries import newest_plan
from waypost.treatment.records.actions import add_person, join_team, open_new_episode
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import people_in_care

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
Record = tuple[Client, Owner, str]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
END = " the end of what was typed"

LONG = (
    ("details", {"name": 200}),
    ("details", {"name": 0, "own_words": 2_000}),
    ("wait", {"reason": 500}),
    ("plan", {"goal-0": 500}),
    ("plan", {"own_words": 5_000}),
    ("plan", {"transport": 500}),
    ("assessment", {"text-withdrawal": 5_000, "dimensions": 0}),
    ("assessment", {"own_words": 5_000, "dimensions": 0, "read-decision": 0}),
    ("progress", {"act": 0, "warning_signs": 1_000}),
    ("export", {"form": 0, "recipient": 500}),
)
"""A part of a record, and its fields with the most that each keeps; 0 is a short word."""
SHORT = {"name": "Ann", "dimensions": "all", "act": "transition", "form": "pdf"}


@pytest.fixture
def record(signed_in: SignedIn) -> Record:
    """A supervisor's browser, the program, and somebody in it."""
    client = signed_in("clinical supervisor", organization="River House", kind="program")
    owner = Owner(Organization.objects.get(name="River House").pk)
    person = add_person(owner, words=PersonWords("Ann Example"), by="person:1", now=NOW)
    open_new_episode(owner, person=person, level="intensive-outpatient", by="person:1", now=NOW)
    join_team(owner, person=person, staff="person:1", role="counselor", by="person:1", now=NOW)
    return client, owner, person


@pytest.mark.parametrize(("part", "fields"), LONG, ids=lambda v: v if isinstance(v, str) else "")
def test_a_text_that_is_too_long_comes_back_whole_with_a_sentence(
    record: Record, part: str, fields: dict[str, int]
) -> None:
    client, _owner, person = record
    typed = {n: "x" * most + END if most else SHORT.get(n, "0") for n, most in fields.items()}
    answer = client.post(f"/program/people/{person}/{part}", typed)
    text = answer.content.decode()
    assert answer.status_code == 400 and "characters; at most" in text
    assert END in text, "what was typed is on the page, to its last word"


def test_a_referral_that_is_too_long_is_not_taken(record: Record) -> None:
    client, owner, _person = record
    answer = client.post("/program/intake", {"name": "Bea", "reason": "x" * 8_000 + END})
    assert answer.status_code == 400 and END in answer.content.decode()
    assert len(people_in_care(owner)) == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("hours", "nine", "Hours a week are a whole number"),
        ("hours", "9.5", "Hours a week are a whole number"),
        ("hours", "90", "Hours a week are a whole number"),
        ("days", "8", "Days a week are a whole number"),
        ("kinds", "proces", "is not a kind of group"),
    ],
)
def test_a_plan_says_what_is_no_number_and_no_kind(
    record: Record, field: str, typed: str, sentence: str
) -> None:
    client, owner, person = record
    words = {"hours": "9", "days": "3", "kinds": "process", "goal-0": "Sleep", "read": "0"}
    answer = client.post(f"/program/people/{person}/plan", words | {field: typed})
    text = answer.content.decode()
    assert answer.status_code == 400 and sentence in text
    assert f'value="{typed}"' in text and 'value="Sleep"' in text
    assert newest_plan(owner, person) is None
    assert client.post(f"/program/people/{person}/plan", words).status_code == 302


def test_nobody_leaves_the_waiting_list_without_a_reason(record: Record) -> None:
    client, owner, person = record
    join_waiting_list(
        owner, person=person, priority=Priority.NONE, reason="evening", by="person:1", now=NOW
    )
    answer = client.post(f"/program/people/{person}/wait", {f"left-{person}": ""})
    assert answer.status_code == 400 and "Choose why" in answer.content.decode()
    assert [w.reason for w in waiting_list(owner)] == ["evening"]


def test_whoever_begins_care_waits_no_more(record: Record) -> None:
    client, owner, person = record
    common = {"by": "person:1", "now": NOW}
    join_waiting_list(owner, person=person, priority=Priority.NONE, reason="evening", **common)
    assert client.post(f"/program/people/{person}/episode").status_code == 302
    assert not waiting_list(owner)


def test_changes_of_a_plan_are_named_as_the_plan_names_them(record: Record) -> None:
    client, _owner, person = record
    address = f"/program/people/{person}/plan"
    words = {"hours": "9", "days": "3", "goal-0": "Sleep", "objective-0": "Bed at ten", "read": "0"}
    client.post(address, words)
    client.post(address, words | {"read": "1", "can_come": "mornings", "who-0": "Lee"})
    versions = client.get(f"{address}/versions").content.decode()
    assert "When they can come" in versions and "Sleep / Bed at ten: Who" in versions
    with translation.override("es"):
        assert place_words("Dormir: who") == "Dormir: Quién"


@pytest.fixture
def own_page(record: Record) -> tuple[Client, Owner, str]:
    """The person's own page, open on their phone."""
    _client, owner, person = record
    made, phone = make_link(owner, person=person, by="person:1", now=datetime.now(UTC)), Client()
    phone.post(f"/my/{made.token}", {"code": made.code})
    return phone, owner, person


def test_a_check_in_without_an_answer_is_none_and_twice_is_once(own_page: Record) -> None:
    phone, owner, person = own_page
    empty = phone.post("/my/check-in", {"q-1": "nonsense"})
    assert empty.status_code == 400 and "Answer one question" in empty.content.decode()
    assert not check_ins(owner, person)
    for _ in range(2):
        assert "It is kept" in phone.post("/my/check-in", {"q-1": "poor"}).content.decode()
    assert len(check_ins(owner, person)) == 1


def test_i_cannot_come_is_said_once_and_a_long_reason_comes_back(own_page: Record) -> None:
    phone, owner, person = own_page
    today = datetime.now(UTC).date()
    long = phone.post("/my/cannot-come", {"on": today, "reason": "x" * 500 + END})
    assert long.status_code == 400 and END in long.content.decode()
    for _ in range(2):
        assert phone.post("/my/cannot-come", {"on": today, "reason": "sick"}).status_code == 302
    assert len(announced_absences(owner, since=today, person=person)) == 1


def test_a_plan_that_cannot_be_signed_says_why_and_keeps_the_name(own_page: Record) -> None:
    phone, owner, person = own_page
    lines = (PlanLine("Sleep", "Sleep well", "Bed at ten", "Group", "Lee", "2026-12-30"),)
    save_plan(
        owner, person=person, words=PlanWords("Rest", lines), read_version=0, by="person:1", now=NOW
    )
    plan = newest_plan(owner, person)
    assert plan is not None
    assert "Group · Lee · December 30, 2026" in phone.get("/my/plan").content.decode()
    old = phone.post("/my/plan", {"plan": "pla_old", "name": "Ann Example"})
    assert old.status_code == 400 and "changed the plan in the meantime" in old.content.decode()
    assert 'value="Ann Example"' in old.content.decode()
    nobody = phone.post("/my/plan", {"plan": plan.id, "name": " "})
    assert nobody.status_code == 400 and "Write your name" in nobody.content.decode()
    assert phone.post("/my/plan", {"plan": plan.id, "name": "Ann Example"}).status_code == 302
