"""Everything that is kept of a person leaves with their record, whatever its form; notes apart."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from fhir.resources.R4B.bundle import Bundle
from pypdf import PdfReader

from private.treatment.signed_in_staff import SignedIn, in_care, staff
from waypost.accounts.roles import Role
from waypost.levels_of_care.instruments.bam import the_bam
from waypost.levels_of_care.instruments.load import load_instruments
from waypost.treatment.consents.actions import sign_consent, write_counseling_note
from waypost.treatment.consents.consent import ConsentKind, ConsentTerms, ConsentWords, Expiry
from waypost.treatment.export.fhir import as_fhir
from waypost.treatment.export.pdf import as_pdf
from waypost.treatment.export.queries import whole_record
from waypost.treatment.export.whole_record import WholeRecord, as_json
from waypost.treatment.intake.actions import (
    begin_assessment,
    check_withdrawal,
    join_waiting_list,
    leave_waiting_list,
    save_screening,
)
from waypost.treatment.intake.waiting import LeftList, Priority
from waypost.treatment.own_page.actions import cannot_come, check_in
from waypost.treatment.plans.actions import note_milestone, save_plan
from waypost.treatment.plans.clocks import ClockOf
from waypost.treatment.plans.plan import AskedWeek, PlanWords
from waypost.treatment.records.actions import add_person, change_level, open_new_episode
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.who_may import RecordStanding

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
RIVER = Owner("org_river")
BY = {"by": "person:7", "now": NOW}
BAM = {item.id: item.choices[1].code for item in the_bam().items}


@pytest.fixture
def record() -> WholeRecord:
    """A record in which each kind of thing was kept once, each with its own word."""
    person = add_person(RIVER, words=PersonWords("Jordan Canary"), **BY)
    of = {"person": person, **BY}
    save_screening(RIVER, answers={"who": ["other-adult"], "now": ["none"]}, read_version=0, **of)
    join_waiting_list(RIVER, priority=Priority.PREGNANT, reason="w-waits", **of)
    leave_waiting_list(RIVER, left=LeftList.ADMITTED, **of)
    assessment = begin_assessment(RIVER, **of)
    doctor = RecordStanding({Role.MEDICAL_PROVIDER}, on_team=True)
    check_withdrawal(
        RIVER, assessment=assessment, safe=False, text="w-shakes", standing=doctor,
        read_version=0, **BY,
    )  # fmt: skip
    episode = open_new_episode(RIVER, level="iop", starts_on=TODAY, **of)
    change_level(RIVER, episode=episode, level="iop", phase=2, reason="w-steady", **BY)
    week = AskedWeek(9, 3, ("process",), "w-evenings", "w-bus", "w-sitter")
    save_plan(RIVER, words=PlanWords("w-mornings", (), week), read_version=0, **of)
    note_milestone(RIVER, kind=ClockOf.REVIEW, on=TODAY - timedelta(days=1), **of)
    cannot_come(RIVER, person=person, on=TODAY, session="", reason="w-flu", now=NOW)
    check_in(RIVER, person=person, answers=BAM, now=NOW)
    later = NOW + timedelta(hours=1)
    check_in(RIVER, person=person, answers={"1": BAM["1"]}, now=later)
    write_counseling_note(RIVER, text="w-apart", **of)
    seen = whole_record(RIVER, person, NOW)
    assert seen is not None
    return seen


KEPT = ("other-adult", "w-waits", "pregnant", "admitted", "w-steady", "2026-11-30", "w-flu")
"""A word of each entry."""
MORE = ("w-shakes", "w-evenings", "w-bus", "w-sitter", "w-mornings")
"""Words of the assessment and the plan."""


def test_the_json_has_every_word_but_the_counselors_own_note(record: WholeRecord) -> None:
    text = as_json(record).decode()
    assert not [word for word in KEPT + MORE if word not in text] and "w-apart" not in text
    entries = json.loads(text)["record"]["entries"]
    assert {entry["what"] for entry in entries} == {
        "pre-screen", "waiting list", "state and level", "review", "cannot come",
    }  # fmt: skip
    assert [len(c["answers"]) for c in json.loads(text)["record"]["check_ins"]] == [len(BAM), 1]


def test_the_pdf_has_every_word_but_the_counselors_own_note(record: WholeRecord) -> None:
    pages = PdfReader(io.BytesIO(as_pdf(record))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert not [word for word in KEPT + MORE if word not in text] and "w-apart" not in text
    assert "safe for an outpatient level: no" in text.replace("- ", "-")


def test_check_ins_are_responses_complete_or_not(record: WholeRecord) -> None:
    bundle = as_fhir(record, load_instruments())
    Bundle.model_validate_json(bundle)
    found = [e["resource"] for e in json.loads(bundle)["entry"]]
    responses = [r for r in found if r["resourceType"] == "QuestionnaireResponse"]
    bam = [(r["status"], len(r["item"])) for r in responses if r["id"].startswith("chk-")]
    assert bam == [("completed", len(BAM)), ("in-progress", 1)]
    assert len({r["id"] for r in responses}) == len(responses) and b"w-apart" not in bundle


def test_a_disclosure_goes_with_the_scope_of_its_consent(signed_in: SignedIn) -> None:
    client, owner, by = staff(signed_in, "clinical supervisor")
    person, now = in_care(owner, by), timezone.now()
    today = timezone.localdate(now)
    words = ConsentWords("Z", "River House", "attendance in May", "Dr. Ada", "care", "by word", "Z")
    terms = ConsentTerms(ConsentKind.SPECIFIC, today, Expiry.DATE, today + timedelta(days=9))
    number = sign_consent(
        owner, person=person, terms=terms, words=words, today=today, by=by, now=now
    )
    form = {"basis": number, "recipient": "Dr. Ada", "what": "attendance", "purpose": "care"}
    for kind in ("json", "fhir"):
        answer = client.post(f"/program/people/{person}/export", form | {"form": kind})
        text = answer.content.decode()
        assert answer.status_code == 200, text[:500]
        assert "attendance in May" in text and f"Consent signed on {today}" in text
    refused = client.post(
        f"/program/people/{person}/export", form | {"form": "json", "recipient": "Acme"}
    )
    assert refused.status_code == 400 and "names “Dr. Ada”" in refused.content.decode()
