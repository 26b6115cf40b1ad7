"""42 CFR Part 2: what a consent needs, what ends it, and that nothing leaves without being logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from waypost.accounts.roles import Role
from waypost.audit.models import Event
from waypost.treatment.consents import actions, queries
from waypost.treatment.consents.consent import (
    REQUIRED,
    BadConsent,
    ConsentKind,
    ConsentTerms,
    ConsentWords,
    Exception42,
    Expiry,
    faults_of,
)
from waypost.treatment.consents.log import LoggedTime
from waypost.treatment.consents.models import Disclosure, RecordRead
from waypost.treatment.consents.notices import NOTICE, SHORT, TREATMENT_RECIPIENTS
from waypost.treatment.records.actions import NoSuchRecord, add_person, join_team
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.when_may import EMERGENCY_LASTS
from waypost.treatment.who_may import RecordRefusal, RecordStanding, may_read
from waypost.values.coded_fault import CodedFault

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
RIVER, HILL = Owner("org_river"), Owner("org_hill")
WORDS = ConsentWords(
    patient="Jordan Canary",
    discloser="River House",
    what="dates of attendance",
    recipient="Dr. Ada Recipient",
    purpose="at my request",
    revocation="in writing or by word to River House",
    signature="Jordan Canary",
)
TERMS = ConsentTerms(ConsentKind.SPECIFIC, TODAY, Expiry.DATE, date(2027, 3, 1))


def jordan(owner: Owner = RIVER) -> str:
    return add_person(owner, words=PersonWords("Jordan Canary"), by="person:1", now=NOW)


def signed(person: str, terms: ConsentTerms = TERMS, words: ConsentWords = WORDS) -> str:
    return actions.sign_consent(
        RIVER, person=person, terms=terms, words=words, today=TODAY, by="person:1", now=NOW
    )


def disclosed(person: str, **more: str) -> str:
    asked = {"recipient": "Dr. Ada Recipient", "what": "dates", "purpose": "care"} | more
    return actions.log_disclosure(
        RIVER,
        person=person,
        form="pdf",
        digest="0" * 64,
        today=TODAY,
        by="person:1",
        now=NOW,
        **asked,
    )


@pytest.mark.parametrize("element", sorted(REQUIRED))
def test_each_element_of_a_written_consent_is_asked_for(element: str) -> None:
    assert faults_of(TERMS, replace(WORDS, **{element: " "}), TODAY) == [
        CodedFault(REQUIRED[element], element)
    ]


@pytest.mark.parametrize(
    ("terms", "words", "field"),
    [
        (replace(TERMS, signed_on=None), WORDS, "signed_on"),
        (replace(TERMS, signed_on=TODAY + timedelta(days=1)), WORDS, "signed_on"),
        (replace(TERMS, expires_on=TODAY), WORDS, "expires_on"),
        (replace(TERMS, expiry=Expiry.EVENT), WORDS, "expiry_event"),
        (replace(TERMS, expiry=Expiry.NONE), WORDS, "expiry"),
        (replace(TERMS, kind=ConsentKind.COUNSELING_NOTES, expiry=Expiry.NONE), WORDS, "expiry"),
        (replace(TERMS, kind=ConsentKind.CARE, expiry=Expiry.NONE), WORDS, "redisclosure"),
    ],
)
def test_terms_that_the_regulation_does_not_allow_are_refused(
    terms: ConsentTerms, words: ConsentWords, field: str
) -> None:
    assert {fault.place for fault in faults_of(terms, words, TODAY)} == {field}


def test_one_consent_for_all_care_may_name_a_class_and_no_end() -> None:
    words = replace(WORDS, recipient=TREATMENT_RECIPIENTS, redisclosure="They may disclose again.")
    assert not faults_of(ConsentTerms(ConsentKind.CARE, TODAY, Expiry.NONE), words, TODAY)


def test_the_notice_is_that_of_2024() -> None:
    assert "civil, criminal, administrative, or legislative proceedings" in NOTICE
    assert "45 CFR part 164, subparts A and E" in NOTICE and SHORT.startswith("42 CFR part 2")
    assert "identifying a patient as having or having had a substance use disorder" not in NOTICE


@pytest.mark.django_db
def test_an_incomplete_consent_is_not_kept() -> None:
    person = jordan()
    with pytest.raises(BadConsent) as refused:
        signed(person, words=replace(WORDS, signature=""))
    assert [fault.place for fault in refused.value.faults] == ["signature"]
    assert queries.consents(RIVER, person, TODAY) == []


@pytest.mark.django_db
def test_records_leave_on_a_consent_in_force_or_under_a_named_exception_alone() -> None:
    person, other = jordan(), jordan()
    consent = signed(person)
    disclosed(person, consent=consent)
    disclosed(person, exception=Exception42.EMERGENCY)
    for refused in (
        {}, {"exception": "because"}, {"consent": "con_none"}, {"consent": consent, "recipient": " "},
    ):  # fmt: skip
        with pytest.raises(actions.NoConsent):
            disclosed(person, **refused)
    with pytest.raises(actions.NoConsent, match="no such consent"):
        disclosed(other, consent=consent)
    for _ in range(2):
        actions.revoke_consent(RIVER, consent=consent, by="person:2", now=NOW)
    with pytest.raises(actions.NoConsent, match="revoked"):
        disclosed(person, consent=consent)
    log = queries.program_log(RIVER, LoggedTime(person=person)).disclosures
    assert {d.basis for d in log} == {f"consent {consent}", "2.51 medical emergency"}
    assert (
        log[0].recipient == "Dr. Ada Recipient"
        and queries.program_log(HILL, LoggedTime()).disclosures == ()
    )
    assert "Ada" not in repr(list(Disclosure.objects.values())) + repr(list(Event.objects.values()))
    assert Event.objects.filter(act__contains="revoked").count() == 1


@pytest.mark.django_db
def test_a_consent_ends_on_the_day_it_names() -> None:
    person = jordan()
    consent = signed(person, replace(TERMS, expires_on=TODAY + timedelta(days=1)))
    assert queries.consent(RIVER, consent, TODAY).refusal == ""
    assert queries.consent(RIVER, consent, TODAY + timedelta(days=1)).refusal == "expired"
    assert queries.consent(HILL, consent, TODAY) is None
    with pytest.raises(NoSuchRecord):
        actions.revoke_consent(HILL, consent=consent, by="person:9", now=NOW)


@pytest.mark.django_db
def test_who_is_not_on_the_team_opens_a_record_with_a_reason_for_a_day() -> None:
    person, by = jordan(), "person:7"

    def stands(now: datetime) -> RecordStanding:
        return queries.standing(RIVER, person=person, staff=by, roles={Role.COUNSELOR}, now=now)

    assert may_read(stands(NOW)) is RecordRefusal.NOT_ON_TEAM
    with pytest.raises(actions.NotAllowed, match="no reason"):
        actions.break_glass(RIVER, person=person, standing=stands(NOW), reason=" ", by=by, now=NOW)
    biller = RecordStanding({Role.BILLER})
    with pytest.raises(actions.NotAllowed, match="cannot open in an emergency"):
        actions.break_glass(
            RIVER, person=person, standing=biller, reason="found down", by=by, now=NOW
        )
    actions.break_glass(
        RIVER,
        person=person,
        standing=stands(NOW),
        reason="found unwell at the door",
        by=by,
        now=NOW,
    )
    assert may_read(stands(NOW)) is None
    assert may_read(stands(NOW + EMERGENCY_LASTS)) is RecordRefusal.NOT_ON_TEAM
    join_team(RIVER, person=person, staff=by, role="counselor", by="person:1", now=NOW)
    assert may_read(stands(NOW + EMERGENCY_LASTS)) is None
    assert "found unwell" not in repr(list(Event.objects.values()))


@pytest.mark.django_db
def test_every_read_is_logged_for_the_organization_alone() -> None:
    person = jordan()
    actions.log_read(RIVER, person=person, part="record", emergency=False, by="person:7", now=NOW)
    with pytest.raises(NoSuchRecord):
        actions.log_read(
            HILL, person=person, part="record", emergency=False, by="person:9", now=NOW
        )
    (read,) = queries.program_log(RIVER, LoggedTime()).reads
    assert (read.person, read.by, read.part) == (person, "person:7", "record")
    assert queries.program_log(HILL, LoggedTime()).reads == () and RecordRead.objects.count() == 1
    assert Event.objects.filter(record=person, act="read record").exists()


@pytest.mark.django_db
def test_counseling_notes_are_their_authors_until_a_consent_for_them_alone() -> None:
    person = jordan()
    actions.write_counseling_note(
        RIVER, person=person, text="He spoke of his brother.", by="person:7", now=NOW
    )

    def seen_by(staff: str) -> list[str]:
        notes = queries.counseling_notes(RIVER, person=person, staff=staff, today=TODAY)
        return [note.text for note in notes]

    assert seen_by("person:7") == ["He spoke of his brother."] and seen_by("person:8") == []
    signed(person)
    assert seen_by("person:8") == []  # a consent for something else opens none
    signed(person, replace(TERMS, kind=ConsentKind.COUNSELING_NOTES))
    assert seen_by("person:8") == ["He spoke of his brother."]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [ConsentKind.COUNSELING_NOTES, ConsentKind.PROCEEDINGS])
def test_the_record_does_not_go_out_on_a_consent_for_something_else(kind: ConsentKind) -> None:
    person = jordan()
    with pytest.raises(actions.NoConsent, match="something else"):
        disclosed(person, consent=signed(person, replace(TERMS, kind=kind)))
    assert not Disclosure.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("recipient", ["A Recipient", "Acme Employer", "Ada", "dr ada  RECIPIENT"])
def test_a_consent_for_a_purpose_lets_the_record_go_to_whom_it_names(recipient: str) -> None:
    person = jordan()
    consent = signed(person)
    if "ada" in recipient.lower():
        assert disclosed(person, consent=consent, recipient=recipient)
        return
    with pytest.raises(actions.NoConsent, match="names another recipient"):
        disclosed(person, consent=consent, recipient=recipient)


@pytest.mark.django_db
def test_a_consent_for_all_care_names_a_class_to_which_its_recipients_belong() -> None:
    person = jordan()
    words = replace(WORDS, recipient=TREATMENT_RECIPIENTS, redisclosure="They may disclose again.")
    consent = signed(person, ConsentTerms(ConsentKind.CARE, TODAY, Expiry.NONE), words)
    assert disclosed(person, consent=consent, recipient="Hill Clinic")


@pytest.mark.django_db
def test_a_consent_ends_when_its_event_has_come_and_what_went_out_before_stays() -> None:
    person = jordan()
    event = signed(
        person,
        ConsentTerms(ConsentKind.SPECIFIC, TODAY, Expiry.EVENT),
        replace(WORDS, expiry_event="when probation ends"),
    )
    dated, later = signed(person), TODAY + timedelta(days=400)
    assert queries.consent(RIVER, event, later).refusal == ""
    disclosed(person, consent=event)
    for _ in range(2):
        actions.end_at_event(RIVER, consent=event, today=TODAY, by="person:2", now=NOW)
    assert queries.consent(RIVER, event, TODAY).refusal == "expired"
    with pytest.raises(actions.NoConsent, match="expired"):
        disclosed(person, consent=event)
    assert len(queries.program_log(RIVER, LoggedTime(person=person)).disclosures) == 1
    assert Event.objects.filter(act__contains="its event came").count() == 1
    with pytest.raises(BadConsent, match="no event"):
        actions.end_at_event(RIVER, consent=dated, today=TODAY, by="person:2", now=NOW)
    with pytest.raises(NoSuchRecord):
        actions.end_at_event(HILL, consent=event, today=TODAY, by="person:9", now=NOW)
