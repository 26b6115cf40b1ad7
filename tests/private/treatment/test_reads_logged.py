"""Whoever sees a record is in its log, also where a form of it comes back with what is wrong."""

from __future__ import annotations

import pytest
from django.utils import timezone

from private.treatment.signed_in_staff import SECRETS, SignedIn, in_care, staff
from waypost.treatment.consents.actions import sign_consent
from waypost.treatment.consents.consent import ConsentKind, ConsentTerms, ConsentWords, Expiry
from waypost.treatment.consents.log import LoggedTime
from waypost.treatment.consents.queries import consent, program_log
from waypost.treatment.plans.actions import save_plan
from waypost.treatment.plans.plan import PlanLine, PlanWords
from waypost.treatment.plans.queries import newest_plan

pytestmark = pytest.mark.django_db

BACK = (
    ("details", {"name": ""}, "details"),
    ("consents", {"kind": "one purpose"}, "consents"),
    ("plan", {"hours": "many"}, "plan"),
    ("notes", {"text": " "}, "counseling notes"),
    ("team", {"staff": "person:0"}, "team"),
    ("episode", {"end": "1"}, "episode"),
)
"""A part of a record, what is sent to it that cannot be kept, and how the log calls the part."""


@pytest.mark.parametrize(("part", "sent", "logged"), BACK, ids=[part for part, *_ in BACK])
def test_a_form_that_comes_back_is_a_read(
    signed_in: SignedIn, part: str, sent: dict[str, str], logged: str
) -> None:
    client, owner, by = staff(signed_in, "clinical supervisor")
    person = in_care(owner, by)
    answer = client.post(f"/program/people/{person}/{part}", sent)
    assert answer.status_code in (200, 400)
    assert any(word in answer.content.decode() for word in SECRETS)
    (read,) = program_log(owner, LoggedTime(person=person)).reads
    assert (read.part, read.by) == (logged, by)


def test_what_is_saved_and_shows_nothing_is_no_read(signed_in: SignedIn) -> None:
    client, owner, by = staff(signed_in, "clinical supervisor")
    person = in_care(owner, by)
    assert client.post(f"/program/people/{person}/notes", {"text": "He sang."}).status_code == 302
    assert program_log(owner, LoggedTime(person=person)).reads == ()


def test_the_event_of_a_consent_is_noted_with_a_button(signed_in: SignedIn) -> None:
    client, owner, by = staff(signed_in, "counselor")
    person, now = in_care(owner, by), timezone.now()
    today = timezone.localdate(now)
    words = ConsentWords("Z", "River House", "dates", "Ann", "care", "by word", "Z",
                         expiry_event="when the trial ends")  # fmt: skip
    terms = ConsentTerms(ConsentKind.SPECIFIC, today, Expiry.EVENT)
    number = sign_consent(
        owner, person=person, terms=terms, words=words, today=today, by=by, now=now
    )
    page = client.get(f"/program/people/{person}/consents").content.decode()
    address = f"/program/consents/{number}/event"
    assert address in page and "until this: when the trial ends" in page
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    assert consent(owner, number, today).refusal == "expired"
    page = client.get(f"/program/people/{person}/consents").content.decode()
    assert address not in page and "has expired" in page


def test_whoever_has_two_roles_signs_a_plan_as_a_clinician(signed_in: SignedIn) -> None:
    client, owner, by = staff(signed_in, "medical provider")
    person = in_care(owner, by)
    from waypost.accounts.models import Membership  # the second role, which comes first by name

    membership = Membership.objects.get(person_id=int(by.partition(":")[2]))
    Membership.objects.create(
        person=membership.person, organization=membership.organization, role="biller",
        since=membership.since,
    )  # fmt: skip
    line = PlanLine("Drinking", "Days without", "Name three", "Group", "Ann", "2027-01-15")
    words = PlanWords("Mornings", (line,))
    save_plan(owner, person=person, words=words, read_version=0, by=by, now=timezone.now())
    plan = newest_plan(owner, person)
    client.post(f"/program/people/{person}/plan/sign", {"plan": plan.id, "name": "Dr. Ana"})
    (signature,) = newest_plan(owner, person).signatures
    assert signature.role == "medical provider"


@pytest.mark.parametrize("button", ["revoke", "event"])
def test_a_consents_buttons_stand_behind_the_door_of_its_record(
    signed_in: SignedIn, button: str
) -> None:
    client, owner, by = staff(signed_in, "counselor")  # of the program, and not on the team
    person, now = in_care(owner), timezone.now()
    today = timezone.localdate(now)
    words = ConsentWords("Z", "River House", "dates", "Ann", "care", "by word", "Z",
                         expiry_event="when the trial ends")  # fmt: skip
    terms = ConsentTerms(ConsentKind.SPECIFIC, today, Expiry.EVENT)
    number = sign_consent(
        owner, person=person, terms=terms, words=words, today=today, by=by, now=now
    )
    answer = client.post(f"/program/consents/{number}/{button}")
    assert answer.status_code == 403 and "This record is closed" in answer.content.decode()
    assert client.get(f"/program/consents/{number}/{button}").status_code == 405
    kept = consent(owner, number, today)
    assert kept is not None and kept.refusal == "" and kept.revoked_at is None
    assert client.post(f"/program/consents/con_none/{button}").status_code == 404
