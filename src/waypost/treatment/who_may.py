"""Who may open which record of a program: facts in, a refusal out.

Roles and their permissions are `accounts.roles`; this adds what depends on the record: a care
team, an emergency, notes that are kept apart.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from waypost.accounts.roles import Role

SEES_EVERYONE = frozenset({
    Role.INTAKE_COORDINATOR,
    Role.CLINICAL_SUPERVISOR,
    Role.PROGRAM_DIRECTOR,
    Role.AUDITOR,
})  # fmt: skip
"""Roles that open every record of their organization: those that answer for all of them."""

CLINICIANS = frozenset({Role.COUNSELOR, Role.CLINICAL_SUPERVISOR, Role.MEDICAL_PROVIDER})
"""Roles that may decide a level of care, sign a plan, and open a record in an emergency."""


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """How a member of staff stands to a record of their own organization."""

    roles: Set[Role]
    on_team: bool = False
    emergency: bool = False


class RecordRefusal(StrEnum):
    """Why a record may not be opened or changed, as a code; the door has the sentence."""

    NOT_ON_TEAM = "not on the team"
    NO_CLINICIAN = "no clinician"
    NO_PROVIDER = "no medical provider"
    NOTES_APART = "notes are kept apart"
    CANNOT_BREAK = "cannot open in an emergency"
    NO_REASON = "no reason"
    OWN_EMERGENCY = "opened it oneself"
    NO_FINDING = "no finding"


def may_read(standing: RecordStanding) -> RecordRefusal | None:
    """None where the record may be read."""
    if standing.roles & SEES_EVERYONE or standing.on_team or standing.emergency:
        return None
    return RecordRefusal.NOT_ON_TEAM


def may_decide(standing: RecordStanding) -> RecordRefusal | None:
    """None where a level may be decided or a plan signed: by a clinician who may read it."""
    if not standing.roles & CLINICIANS:
        return RecordRefusal.NO_CLINICIAN
    return may_read(standing)


def may_check_withdrawal(standing: RecordStanding) -> RecordRefusal | None:
    """None where somebody may write that withdrawal was checked: a medical provider."""
    if Role.MEDICAL_PROVIDER not in standing.roles:
        return RecordRefusal.NO_PROVIDER
    return may_read(standing)


def may_break_glass(standing: RecordStanding, reason: str) -> RecordRefusal | None:
    """None where a record may be opened in an emergency, which a clinician does with a reason."""
    if not standing.roles & CLINICIANS:
        return RecordRefusal.CANNOT_BREAK
    return None if len(reason.split()) >= 2 else RecordRefusal.NO_REASON


def may_review_emergency(*, opened_it: bool, finding: str) -> RecordRefusal | None:
    """None where somebody may write what they found of an emergency: never whoever opened it."""
    if opened_it:
        return RecordRefusal.OWN_EMERGENCY
    return None if len(finding.split()) >= 2 else RecordRefusal.NO_FINDING


def may_read_counseling_note(*, is_author: bool, consented: bool) -> RecordRefusal | None:
    """None for the author, or where a consent for counseling notes alone is in force."""
    return None if is_author or consented else RecordRefusal.NOTES_APART
