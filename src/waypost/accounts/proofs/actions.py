"""Proofs of ownership: asked for, given a code, tried, decided, withdrawn. Each is one event."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from waypost.accounts.actions import confirm_owner
from waypost.accounts.faults import AccountFault
from waypost.accounts.listings import CannotOwn, Proof
from waypost.accounts.models import ListingOwner, Organization, OwnershipProof
from waypost.accounts.proofs.codes import (
    HOLDS,
    MOST_CODES,
    MOST_WAITING,
    Entered,
    code_digest,
    new_code,
    why_not,
)
from waypost.accounts.roles import OrganizationKind
from waypost.audit.actions import record_event
from waypost.values.coded_fault import CodedFault


@transaction.atomic
def ask_proof(
    *,
    site_id: str,
    organization: str,
    proof: Proof,
    target: str,
    note: str = "",
    by: str,
    now: datetime,
) -> int:
    """Ask to speak for a listing; the number of the proof, which waits for its code or decision.

    Raises:
        CannotOwn: another speaks for it, too much waits, or it cannot be proved so.
    """
    row = Organization.objects.filter(pk=organization, kind=OrganizationKind.PROGRAM).first()
    if row is None:
        raise CannotOwn(AccountFault.OPERATOR_OWNS_NOTHING)
    if not target and proof is not Proof.DECISION:
        raise CannotOwn(AccountFault.TARGET)
    if proof is Proof.DECISION and not note.strip():
        raise CannotOwn(AccountFault.HOW_KNOWN)
    if ListingOwner.objects.filter(site_id=site_id, until=None).exists():
        raise CannotOwn(AccountFault.OWNED_ALREADY)
    waiting = OwnershipProof.objects.filter(organization=row, ended_at=None)
    if waiting.filter(site_id=site_id).exists():
        raise CannotOwn(AccountFault.ASKED_ALREADY)
    if waiting.count() >= MOST_WAITING:
        raise CannotOwn(CodedFault(AccountFault.PROOFS_WAIT, facts={"most": MOST_WAITING}))
    kept_proof = OwnershipProof.objects.create(
        organization=row,
        site_id=site_id,
        proof=proof,
        target=target[:200],
        note=note.strip()[:500],
        asked_by=by,
        asked_at=now,
    )
    act = f"organization:{organization} asks to speak by {proof.value}"
    record_event(act=act[:120], record=f"site:{site_id}", by=by, now=now)
    return int(kept_proof.pk)


@transaction.atomic
def make_proof_code(*, number: int, by: str, now: datetime, by_system: bool = False) -> str:
    """A new code in place of the last, which is shown once and never kept.

    Raises:
        CannotOwn: the proof has ended or needs none, whoever asked would get it, or too many came.
    """
    row = _waiting(number)
    proof = Proof(row.proof)
    if proof not in HOLDS:
        raise CannotOwn(AccountFault.NEEDS_DECISION)
    if by == row.asked_by and not by_system:
        raise CannotOwn(AccountFault.OWN_CODE)
    lately = OwnershipProof.objects.filter(
        site_id=row.site_id, code_made_at__gt=now - timedelta(days=1)
    )
    if row.codes >= MOST_CODES or sum(lately.values_list("codes", flat=True)) >= MOST_CODES:
        raise CannotOwn(CodedFault(AccountFault.CODES, facts={"most": MOST_CODES}))
    code = new_code(proof)
    row.code_digest = code_digest(code, number, settings.SECRET_KEY)
    row.code_made_at, row.code_expires_at = now, now + HOLDS[proof]
    row.codes, row.tries = row.codes + 1, 0
    row.save()
    record_event(act=f"code made for {proof.value}", record=f"proof:{number}", by=by, now=now)
    return code


@transaction.atomic
def enter_code(*, number: int, code: str, by: str, now: datetime) -> Entered:
    """Try a code; the right one lets the organization speak from now on. A wrong one is counted.

    Raises:
        CannotOwn: the proof has ended, or somebody else speaks for the listing by now.
    """
    row = _waiting(number)
    refused = why_not(row.code_digest, row.code_expires_at, row.tries, now)
    if refused is not None:
        return refused
    digest = code_digest(code, number, settings.SECRET_KEY)
    if not hmac.compare_digest(digest, row.code_digest):
        row.tries += 1
        row.save(update_fields=["tries"])
        record_event(act="wrong code", record=f"proof:{number}", by=by, now=now)
        return Entered.WRONG
    _proved(row, f"a code that came by {row.proof} to {row.target}", by, now)
    return Entered.PROVED


@transaction.atomic
def decide_proof(*, number: int, accept: bool, reason: str, by: str, now: datetime) -> None:
    """Decide as the operator, with a reason: let the organization speak, or refuse it.

    Raises:
        CannotOwn: it has ended, no reason is given, or whoever asked would decide.
    """
    row = _waiting(number)
    if not reason.strip():
        raise CannotOwn(AccountFault.NO_REASON)
    if by == row.asked_by:
        raise CannotOwn(AccountFault.OWN_PROOF)
    if accept:
        row.proof = Proof.DECISION
        _proved(row, reason, by, now)
        return
    _end(row, "refused", reason, now)
    record_event(act="proof refused", record=f"proof:{number}", by=by, now=now)


@transaction.atomic
def withdraw_proof(*, number: int, by: str, now: datetime) -> None:
    """Take back the wish to speak for a listing."""
    _end(_waiting(number), "withdrawn", "", now)
    record_event(act="proof withdrawn", record=f"proof:{number}", by=by, now=now)


def _proved(row: OwnershipProof, reason: str, by: str, now: datetime) -> None:
    confirm_owner(
        site_id=row.site_id,
        organization=row.organization_id,
        proof=Proof(row.proof),
        reason=reason,
        by=by,
        now=now,
    )
    _end(row, "proved", reason, now)


def _end(row: OwnershipProof, outcome: str, reason: str, now: datetime) -> None:
    row.outcome, row.reason, row.ended_at = outcome, reason.strip()[:500], now
    row.code_digest = ""
    row.save()


def _waiting(number: int) -> OwnershipProof:
    row = OwnershipProof.objects.select_for_update().filter(pk=number, ended_at=None).first()
    if row is None:
        raise CannotOwn(AccountFault.PROOF_ENDED)
    return row
