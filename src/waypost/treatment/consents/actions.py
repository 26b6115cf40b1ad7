"""Signs and revokes consents, logs reads and disclosures, opens records in an emergency."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.treatment.consents.consent import (
    BadConsent,
    ConsentKind,
    ConsentTerms,
    ConsentWords,
    Exception42,
    Expiry,
    disclosure_fault,
    faults_of,
)
from waypost.treatment.consents.models import (
    CounselingNote,
    Disclosure,
    EmergencyAccess,
    RecordRead,
    SignedConsent,
)
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.minors.minor import consent_faults
from waypost.treatment.minors.queries import signing_of
from waypost.treatment.records.actions import NoSuchRecord, locked_person
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.when_may import consent_refused
from waypost.treatment.who_may import (
    RecordRefusal,
    RecordStanding,
    may_break_glass,
    may_review_emergency,
)
from waypost.values.coded_fault import CodedError


class NotAllowed(CodedError, PermissionError):
    """What may not be done; ``refusal`` is the code."""

    def __init__(self, refusal: RecordRefusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class NoConsent(CodedError, PermissionError):
    """Records that may not leave: no consent covers it now."""


@transaction.atomic
def sign_consent(
    owner: Owner,
    *,
    person: str,
    terms: ConsentTerms,
    words: ConsentWords,
    today: date,
    by: str,
    now: datetime,
) -> str:
    """Keep a signed consent; its id.

    Raises:
        BadConsent: an element that 42 CFR 2.31 requires is missing, or of a minor's, a signature.
    """
    row = locked_person(owner, person)
    born_on = PersonWords.read(row.opened()).born_on
    signing = signing_of(owner, person, born_on, today)
    faults = [
        *faults_of(terms, words, today),
        *consent_faults(signing, words.guardian_signature),
    ]
    signed_on = terms.signed_on
    if faults or signed_on is None:
        raise BadConsent(*faults)
    number = new_id("con")
    SignedConsent.objects.owned_by(owner).create(
        id=number,
        person=row,
        kind=terms.kind,
        signed_on=signed_on,
        expiry=terms.expiry,
        expires_on=terms.expires_on,
        words=SignedConsent.sealed(number, words.sealable()),
        made_at=now,
        made_by=by,
    )
    record_event(act=f"consent {number} signed", record=person, by=by, now=now)
    return number


@transaction.atomic
def revoke_consent(owner: Owner, *, consent: str, by: str, now: datetime) -> None:
    """Revoke from now on; what went out before stays in the log. A second time changes nothing."""
    rows = SignedConsent.objects.owned_by(owner).select_for_update()
    row = rows.filter(pk=consent).first()
    if row is None:
        raise NoSuchRecord("There is no such consent here.")
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = now, by
        row.save(update_fields=["revoked_at", "revoked_by"])
        record_event(act=f"consent {consent} revoked", record=row.person_id, by=by, now=now)


@transaction.atomic
def end_at_event(owner: Owner, *, consent: str, today: date, by: str, now: datetime) -> None:
    """Note that the event or condition at which a consent ends has come: it ends today.

    A second time changes nothing.

    Raises:
        BadConsent: this consent does not end at an event. NoSuchRecord: there is none.
    """
    rows = SignedConsent.objects.owned_by(owner).select_for_update()
    row = rows.filter(pk=consent).first()
    if row is None:
        raise NoSuchRecord("There is no such consent here.")
    if row.expiry != Expiry.EVENT:
        raise BadConsent(TreatmentFault.CONSENT_NO_EVENT)
    if row.expires_on is None:
        row.expires_on = today
        row.save(update_fields=["expires_on"])
        act = f"consent {consent} ended: its event came"
        record_event(act=act, record=row.person_id, by=by, now=now)


@transaction.atomic
def log_disclosure(
    owner: Owner,
    *,
    person: str,
    form: str,
    digest: str,
    recipient: str,
    what: str,
    purpose: str,
    today: date,
    by: str,
    now: datetime,
    consent: str = "",
    exception: str = "",
) -> str:
    """Log that records leave, before they do; the log entry's id.

    Raises:
        NoConsent: the consent is not this person's, not in force, for something else or for
            others, or no exception is named.
    """
    row = locked_person(owner, person)
    basis = _consent_in_force(owner, person, consent, today, recipient) if consent else None
    if basis is None and exception not in set(Exception42):
        raise NoConsent(TreatmentFault.BASIS)
    words = {"recipient": recipient.strip(), "what": what.strip(), "purpose": purpose.strip()}
    if not all(words.values()):
        raise NoConsent(TreatmentFault.DISCLOSURE_WORDS)
    number = new_id("dis")
    Disclosure.objects.owned_by(owner).create(
        id=number,
        person=row,
        consent=basis,
        exception="" if basis else exception,
        form=form,
        digest=digest,
        words=Disclosure.sealed(number, words),
        at=now,
        by=by,
    )
    record_event(act=f"disclosed as {form} ({number})", record=person, by=by, now=now)
    return number


@transaction.atomic
def log_read(
    owner: Owner, *, person: str, part: str, emergency: bool, by: str, now: datetime
) -> None:
    """Log that somebody opens a part of a record."""
    row = locked_person(owner, person)
    RecordRead.objects.owned_by(owner).create(
        id=new_id("read"), person=row, part=part, emergency=emergency, at=now, by=by
    )
    act = f"read {part} in an emergency" if emergency else f"read {part}"
    record_event(act=act, record=person, by=by, now=now)


@transaction.atomic
def break_glass(
    owner: Owner, *, person: str, standing: RecordStanding, reason: str, by: str, now: datetime
) -> None:
    """Open a record for a day to a clinician who is not on the team; the reason is kept sealed.

    Raises:
        NotAllowed: no clinician, or no reason.
    """
    refusal = may_break_glass(standing, reason)
    if refusal is not None:
        raise NotAllowed(refusal)
    row = locked_person(owner, person)
    number = new_id("emg")
    EmergencyAccess.objects.owned_by(owner).create(
        id=number,
        person=row,
        words=EmergencyAccess.sealed(number, {"reason": reason.strip()}),
        at=now,
        by=by,
    )
    record_event(act="opened in an emergency", record=person, by=by, now=now)


@transaction.atomic
def review_emergency(owner: Owner, *, emergency: str, finding: str, by: str, now: datetime) -> None:
    """Somebody else than who opened the record looked at the emergency; their finding is sealed.

    The first finding stays: a second review changes nothing.

    Raises:
        NotAllowed: they opened it themselves, or wrote nothing. NoSuchRecord: there is none.
    """
    rows = EmergencyAccess.objects.owned_by(owner).select_for_update()
    row = rows.filter(pk=emergency).first()
    if row is None:
        raise NoSuchRecord("There is no such emergency here.")
    refusal = may_review_emergency(opened_it=row.by == by, finding=finding)
    if refusal is not None:
        raise NotAllowed(refusal)
    if row.reviewed_at is None:
        words = {**row.opened(), "finding": finding.strip()}
        row.words = EmergencyAccess.sealed(row.pk, words)
        row.reviewed_at, row.reviewed_by = now, by
        row.save(update_fields=["words", "reviewed_at", "reviewed_by"])
        record_event(act="emergency reviewed", record=row.person_id, by=by, now=now)


@transaction.atomic
def write_counseling_note(owner: Owner, *, person: str, text: str, by: str, now: datetime) -> str:
    """Keep a counselor's own note, apart from the record; its id."""
    row = locked_person(owner, person)
    number = new_id("note")
    CounselingNote.objects.owned_by(owner).create(
        id=number,
        person=row,
        words=CounselingNote.sealed(number, {"text": text.strip()}),
        at=now,
        by=by,
    )
    record_event(act=f"counseling note {number} written", record=person, by=by, now=now)
    return number


def _consent_in_force(
    owner: Owner, person: str, number: str, today: date, recipient: str
) -> SignedConsent:
    """The consent, locked, so that a revocation at the same moment comes before or after."""
    rows = SignedConsent.objects.owned_by(owner).select_for_update()
    row = rows.filter(pk=number, person=person).first()
    if row is None:
        raise NoConsent(TreatmentFault.NO_CONSENT_HERE)
    refusal = consent_refused(row.revoked_at, row.expires_on, today)
    if refusal is not None:
        raise NoConsent(refusal)
    words = ConsentWords.read(row.opened())
    fault = disclosure_fault(ConsentKind(row.kind), words, recipient)
    if fault is not None:
        raise NoConsent(fault)
    return row
