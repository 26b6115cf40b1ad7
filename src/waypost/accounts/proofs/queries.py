"""Proofs of ownership as value objects, without their codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from waypost.accounts.listings import Proof
from waypost.accounts.models import OwnershipProof


@dataclass(frozen=True, slots=True)
class WaitingProof:
    """A wish to speak for a listing; ``outcome`` is '' while it waits."""

    number: int
    organization: str
    organization_name: str
    site_id: str
    proof: Proof
    target: str
    note: str
    asked_by: str
    asked_at: datetime
    code_made_at: datetime | None
    code_expires_at: datetime | None
    codes: int
    tries: int
    outcome: str
    reason: str


def waiting_proofs() -> list[WaitingProof]:
    """Every proof that waits, the oldest first."""
    rows = OwnershipProof.objects.filter(ended_at=None).select_related("organization")
    return [_proof(row) for row in rows]


def proofs_of(organizations: list[str]) -> list[WaitingProof]:
    """The proofs of these organizations, the newest first, ended ones included."""
    rows = OwnershipProof.objects.filter(organization__in=organizations)
    return [_proof(row) for row in rows.select_related("organization").order_by("-id")[:50]]


def proof_numbered(number: int) -> WaitingProof | None:
    """The proof of this number."""
    row = OwnershipProof.objects.filter(pk=number).select_related("organization").first()
    return None if row is None else _proof(row)


def _proof(row: OwnershipProof) -> WaitingProof:
    return WaitingProof(
        row.pk,
        row.organization_id,
        row.organization.name,
        row.site_id,
        Proof(row.proof),
        row.target,
        row.note,
        row.asked_by,
        row.asked_at,
        row.code_made_at,
        row.code_expires_at,
        row.codes,
        row.tries,
        row.outcome,
        row.reason,
    )
