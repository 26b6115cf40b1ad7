"""Minors: who signs, why, with what source; a guardian is not told what the minor keeps."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from fhir.resources.R4B.bundle import Bundle

from waypost.accounts.models import Organization, Person
from waypost.accounts.roles import Role
from waypost.levels_of_care.instruments.load import load_instruments
from waypost.treatment.consents.actions import sign_consent
from waypost.treatment.consents.consent import (
    BadConsent,
    ConsentKind,
    ConsentTerms,
    ConsentWords,
    Expiry,
)
from waypost.treatment.export.fhir import as_fhir
from waypost.treatment.export.pdf import as_pdf
from waypost.treatment.export.queries import whole_record
from waypost.treatment.export.whole_record import as_json
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.keeping.actions import erase_person
from waypost.treatment.minors.actions import keep_guardian, set_minor_rule
from waypost.treatment.minors.minor import (
    BadGuardian,
    ContactRefusal,
    GuardianWords,
    MinorRule,
    Signers,
    SigningOf,
    age_on,
)
from waypost.treatment.minors.models import GuardianVersion
from waypost.treatment.minors.queries import minor_rule, newest_guardian, signing_of
from waypost.treatment.records.actions import add_person
from waypost.treatment.records.drafts import ChangedMeanwhile
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 12, 1, 12, tzinfo=UTC), date(2026, 12, 1)
RIVER, HILL = Owner("org_river"), Owner("org_hill")
BY: dict[str, Any] = {"by": "person:7", "now": NOW}
JUDGED = {"cannot_decide": "eight years old", "threat": "overdosed at home last night"}
DIRECTOR, COUNSELOR = {Role.PROGRAM_DIRECTOR}, {Role.COUNSELOR}
RULE = MinorRule(18, 16, "Made-Up Code § 1-2")
BOTH = GuardianWords("Pat Guardian", "mother", "512-555-0111", signers=Signers.BOTH, reason="younger than the law names")  # fmt: skip
ALONE = GuardianWords(signers=Signers.ALONE, reason="seventeen, the law allows it")
CONSENT = ConsentWords("Kim", "River", "dates", "Ada", "care", "by word", "Kim")
TERMS = ConsentTerms(ConsentKind.SPECIFIC, TODAY, Expiry.DATE, date(2027, 3, 1))


def kim(born_on: str = "2011-01-15", owner: Owner = RIVER) -> str:
    return add_person(owner, words=PersonWords("Kim Minor", born_on=born_on), **BY)


def kept(person: str, words: GuardianWords, read: int = 0, roles: set[Role] = COUNSELOR) -> int:
    return keep_guardian(RIVER, person=person, words=words, read_version=read, roles=roles, **BY)


def signed(person: str, guardian_signature: str = "") -> str:
    words = replace(CONSENT, guardian_signature=guardian_signature)
    return sign_consent(RIVER, person=person, terms=TERMS, words=words, today=TODAY, **BY)


@pytest.mark.parametrize(
    ("born_on", "age"),
    [("2008-12-01", 18), ("2008-12-02", 17), ("2008-02-29", 18), ("", None), ("soon", None)],
)
def test_somebody_is_as_old_as_their_last_birthday_makes_them(
    born_on: str, age: int | None
) -> None:
    assert age_on(born_on, TODAY) == age


def test_the_rule_proposes_and_the_newest_one_holds_for_its_program_alone() -> None:
    assert minor_rule(RIVER) is None
    set_minor_rule(RIVER, rule=replace(RULE, alone_from=None), roles=DIRECTOR, **BY)
    set_minor_rule(RIVER, rule=RULE, roles=DIRECTOR, **BY)
    rule = minor_rule(RIVER)
    assert rule is not None and (rule.source, rule.by) == (RULE.source, "person:7")
    assert [rule.proposed(age) for age in (15, 16)] == [Signers.BOTH, Signers.ALONE]
    assert replace(rule, alone_from=None).proposed(17) is Signers.BOTH
    assert minor_rule(HILL) is None


@pytest.mark.parametrize(
    ("rule", "roles", "fault"),
    [
        (replace(RULE, source="law"), DIRECTOR, TreatmentFault.MINOR_SOURCE),
        (replace(RULE, majority=0), DIRECTOR, TreatmentFault.MINOR_AGES),
        (replace(RULE, alone_from=9), DIRECTOR, TreatmentFault.MINOR_AGES),
        (RULE, COUNSELOR, TreatmentFault.MINOR_DIRECTOR),
    ],
)
def test_a_rule_needs_its_source_and_the_director(
    rule: MinorRule, roles: set[Role], fault: TreatmentFault
) -> None:
    with pytest.raises(BadGuardian) as error:
        set_minor_rule(RIVER, rule=rule, roles=roles, **BY)
    assert [f.code for f in error.value.faults] == [fault]
    assert minor_rule(RIVER) is None


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (replace(BOTH, reason="the law"), TreatmentFault.GUARDIAN_REASON),
        (replace(BOTH, signers="the dog"), TreatmentFault.GUARDIAN_REASON),
        (replace(BOTH, name=""), TreatmentFault.GUARDIAN_NAME),
        (replace(BOTH, agreed_by="Kim"), TreatmentFault.GUARDIAN_AGREED),
        (replace(BOTH, agreed_by="Kim", agreed_on="2026-12-02"), TreatmentFault.GUARDIAN_AGREED),
        (replace(BOTH, **JUDGED), TreatmentFault.GUARDIAN_DIRECTOR),
    ],
)
def test_a_decision_needs_its_reason_and_who_may_make_it(
    words: GuardianWords, fault: TreatmentFault
) -> None:
    person = kim()
    with pytest.raises(BadGuardian) as error:
        kept(person, words)
    assert [f.code for f in error.value.faults] == [fault]
    assert newest_guardian(RIVER, person).number == 0


def test_of_two_who_save_a_guardian_the_second_is_shown_the_first() -> None:
    person = kim()
    assert kept(person, BOTH) == 1
    with pytest.raises(ChangedMeanwhile) as error:
        kept(person, ALONE)
    assert (
        error.value.newest.words["name"] == "Pat Guardian" and error.value.newest.by == "person:7"
    )
    assert kept(person, ALONE, read=1) == 2
    assert GuardianVersion.objects.owned_by(RIVER).count() == 2  # the first one stays


def test_a_directors_judgment_stays_when_somebody_else_changes_the_telephone() -> None:
    person = kim()
    judged = replace(BOTH, **JUDGED)
    kept(person, judged, roles=DIRECTOR)
    assert kept(person, replace(judged, phone="512-555-0112"), read=1) == 2
    with pytest.raises(BadGuardian):
        kept(person, BOTH, read=2)


@pytest.mark.parametrize("half", ["cannot_decide", "threat"])
def test_half_of_what_the_director_determines_opens_nothing(half: str) -> None:
    """42 CFR 2.14(c) joins both by "and": no capacity, and a threat that the telling may reduce."""
    words = replace(BOTH, **{half: JUDGED[half]})
    assert refusal(words) is ContactRefusal.NO_CONSENT
    with pytest.raises(BadGuardian) as error:
        kept(kim(), words, roles=DIRECTOR)
    assert [f.code for f in error.value.faults] == [TreatmentFault.GUARDIAN_THREAT]


def refusal(words: GuardianWords, *, minor: bool = True) -> ContactRefusal | None:
    return SigningOf(15, minor, None, words).contact_refused


def test_a_guardian_is_told_nothing_until_the_minor_agrees_or_the_director_judges() -> None:
    agreed = {"agreed_by": "Kim", "agreed_on": "2026-11-30"}
    for words in (BOTH, ALONE, GuardianWords()):
        assert refusal(words) is ContactRefusal.NO_CONSENT
        assert refusal(replace(words, **agreed)) is None
        assert refusal(replace(words, **agreed), minor=False) is ContactRefusal.ADULT
    assert refusal(replace(BOTH, **JUDGED)) is None


def test_a_minors_consent_waits_for_the_decision_and_for_every_signature() -> None:
    person = kim()
    for words, signature, fault in (
        (None, "", TreatmentFault.CONSENT_MINOR),
        (BOTH, "", TreatmentFault.CONSENT_GUARDIAN),
        (ALONE, "Pat Guardian", TreatmentFault.CONSENT_ALONE),
    ):
        if words is not None:
            kept(person, words, read=newest_guardian(RIVER, person).number)
        with pytest.raises(BadConsent) as error:
            signed(person, signature)
        assert [f.code for f in error.value.faults] == [fault]
    assert signed(person)
    kept(person, BOTH, read=2)
    assert signed(person, "Pat Guardian")


def test_an_adults_consent_asks_for_no_guardian_and_majority_is_the_programs_rule() -> None:
    grown, nineteen, unknown = kim("2000-01-01"), kim("2007-06-01"), kim("")
    assert signed(grown) and signed(nineteen) and signed(unknown)
    set_minor_rule(RIVER, rule=replace(RULE, majority=21), roles=DIRECTOR, **BY)
    with pytest.raises(BadConsent):
        signed(nineteen)
    assert signing_of(RIVER, grown, "2000-01-01", TODAY).minor is False


def test_the_guardian_leaves_with_the_record_and_goes_with_it() -> None:
    person = kim()
    kept(person, BOTH)
    record = whole_record(RIVER, person, NOW)
    assert record is not None
    assert json.loads(as_json(record))["record"]["guardian"]["phone"] == "512-555-0111"
    bundle = Bundle.model_validate_json(as_fhir(record, load_instruments()))
    related = bundle.entry[1].resource
    assert (related.name[0].text, related.relationship[0].text) == ("Pat Guardian", "mother")
    assert related.relationship[0].coding[0].code == "GUARD"
    from io import BytesIO

    from pypdf import PdfReader

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(as_pdf(record))).pages)
    assert "Pat Guardian" in text and "younger than the law names" in text
    assert "Pat" not in GuardianVersion.objects.owned_by(RIVER).get().words  # sealed at rest
    erase_person(RIVER, person=person, today=date(2046, 1, 1), **BY)
    assert GuardianVersion.objects.owned_by(RIVER).count() == 0


def test_the_pages_keep_the_guardians_number_closed_and_come_back_with_what_was_typed(
    signed_in: Callable[..., Client],
) -> None:
    client = signed_in("program director", organization="River House", kind="program")
    owner, me = Owner(Organization.objects.get(name="River House").pk), Person.objects.latest("pk")
    person = kim("2012-03-04", owner)
    page, record = f"/program/people/{person}/guardian", f"/program/people/{person}"
    assert "has not entered its state" in client.get(page).content.decode()
    rule = {"majority": "18", "alone_from": "16", "source": "Made-Up Code § 1-2"}
    assert client.post("/program/minors", rule | {"source": ""}).status_code == 400
    assert client.post("/program/minors", rule).status_code == 302
    assert f"Made-Up Code § 1-2; {me.name}" in client.get("/program/minors").content.decode()
    form = {"read": "0", **BOTH.sealable()}
    answer = client.post(page, form | {"reason": "short"})
    assert answer.status_code == 400 and "512-555-0111" in answer.content.decode()
    assert client.post(page, form).status_code == 302
    again = client.post(page, form | {"name": "Other Guardian"})
    assert again.status_code == 409 and "Other Guardian" in again.content.decode()
    shown = client.get(record).content.decode()
    assert "Do not contact the guardian" in shown and "512-555-0111" not in shown
    agreed = form | {"read": "1", "agreed_by": "Kim", "agreed_on": "2026-11-01"}
    assert client.post(page, agreed).status_code == 302
    assert "512-555-0111" in client.get(record).content.decode()
    consents = client.get(f"{record}/consents").content.decode()
    assert 'name="guardian_signature"' in consents
