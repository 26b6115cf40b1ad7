"""Reads consents, the log of reads and disclosures, and how somebody stands to a record."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waypost.accounts.roles import Role
from waypost.treatment.consents.consent import (
    ConsentKind,
    ConsentSeen,
    ConsentTerms,
    ConsentWords,
    Expiry,
)
from waypost.treatment.consents.log import (
    MOST,
    DisclosureSeen,
    EmergencySeen,
    LoggedTime,
    ProgramLog,
    ReadSeen,
)
from waypost.treatment.consents.models import (
    CounselingNote,
    Disclosure,
    EmergencyAccess,
    RecordRead,
    SignedConsent,
)
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import on_team
from waypost.treatment.when_may import EMERGENCY_LASTS, consent_refused, emergency_open
from waypost.treatment.who_may import RecordStanding, may_read_counseling_note


@dataclass(frozen=True, slots=True)
class CounselingNoteSeen:
    """A counseling note, for whoever may read it."""

    id: str
    at: datetime
    by: str
    text: str = field(repr=False)


def consents(owner: Owner, person: str, today: date) -> list[ConsentSeen]:
    """The person's consents, those that ended included, oldest first."""
    return [
        _consent(row, today) for row in SignedConsent.objects.owned_by(owner).filter(person=person)
    ]


def consents_in_force(owner: Owner, person: str, today: date) -> int:
    """How many of the person's consents hold today; none is opened for it."""
    rows = SignedConsent.objects.owned_by(owner).filter(person=person)
    ends = rows.values_list("revoked_at", "expires_on")
    return sum(consent_refused(revoked, expires, today) is None for revoked, expires in ends)


def consent(owner: Owner, number: str, today: date) -> ConsentSeen | None:
    """One consent; None where there is none, or another organization's."""
    row = SignedConsent.objects.owned_by(owner).filter(pk=number).first()
    return _consent(row, today) if row else None


def standing(
    owner: Owner, *, person: str, staff: str, roles: Set[Role], now: datetime
) -> RecordStanding:
    """How a member of staff with these roles stands to a record now."""
    rows = EmergencyAccess.objects.owned_by(owner).filter(person=person, by=staff, at__lte=now)
    newest = rows.order_by("-at").values_list("at", flat=True).first()
    return RecordStanding(roles, on_team(owner, person, staff), emergency_open(newest, now))


def program_log(owner: Owner, asked: LoggedTime, *, most: int | None = MOST) -> ProgramLog:
    """The newest ``most`` lines of each kind, or all of them, within what is asked for.

    A file or a page of it is opened for whoever may read it: the reasons and recipients are sealed.
    """
    reads = _logged(RecordRead.objects.owned_by(owner), asked)
    opened = list(_logged(EmergencyAccess.objects.owned_by(owner), asked)[:most])
    return ProgramLog(
        tuple(_emergency(owner, row) for row in opened),
        tuple(
            _disclosure(row) for row in _logged(Disclosure.objects.owned_by(owner), asked)[:most]
        ),
        tuple(ReadSeen(r.person_id, r.part, r.emergency, r.at, r.by) for r in reads[:most]),
    )


def _logged(rows: Any, asked: LoggedTime) -> Any:
    rows = rows.order_by("-at", "-id")
    if asked.person:
        rows = rows.filter(person=asked.person)
    if asked.since:
        rows = rows.filter(at__gte=asked.since)
    return rows.filter(at__lt=asked.until) if asked.until else rows


def _emergency(owner: Owner, row: EmergencyAccess) -> EmergencySeen:
    """With how many parts of the record they then opened, while it was open to them."""
    rows = RecordRead.objects.owned_by(owner).filter(person=row.person_id, by=row.by)
    within = rows.filter(emergency=True, at__gte=row.at, at__lt=row.at + EMERGENCY_LASTS)
    words = row.opened()
    return EmergencySeen(
        row.pk,
        row.person_id,
        row.at,
        row.by,
        words["reason"],
        within.count(),
        row.reviewed_at,
        row.reviewed_by,
        words.get("finding", ""),
    )


def counseling_notes(
    owner: Owner, *, person: str, staff: str, today: date
) -> list[CounselingNoteSeen]:
    """The notes that this member of staff may read: their own, or all where consent allows."""
    allowed = any(
        c.terms.kind is ConsentKind.COUNSELING_NOTES and not c.refusal
        for c in consents(owner, person, today)
    )
    return [
        CounselingNoteSeen(row.pk, row.at, row.by, row.opened()["text"])
        for row in CounselingNote.objects.owned_by(owner).filter(person=person)
        if may_read_counseling_note(is_author=row.by == staff, consented=allowed) is None
    ]


def _consent(row: SignedConsent, today: date) -> ConsentSeen:
    terms = ConsentTerms(ConsentKind(row.kind), row.signed_on, Expiry(row.expiry), row.expires_on)
    refusal = consent_refused(row.revoked_at, row.expires_on, today) or ""
    words = ConsentWords.read(row.opened())
    return ConsentSeen(row.pk, row.person_id, terms, words, row.revoked_at, refusal)


def _disclosure(row: Disclosure) -> DisclosureSeen:
    words = row.opened()
    return DisclosureSeen(
        row.pk,
        row.person_id,
        row.at,
        row.by,
        row.form,
        row.exception or f"consent {row.consent_id}",
        words["recipient"],
        words["what"],
        words["purpose"],
    )
