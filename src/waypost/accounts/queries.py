"""Who someone is and what they may do, as value objects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from waypost.accounts.faults import AccountFault
from waypost.accounts.invitations import BadInvitation
from waypost.accounts.listings import BadToken, Proof, TokenScope, token_refusal
from waypost.accounts.models import (
    Invitation,
    ListingOwner,
    Membership,
    Organization,
    Person,
    ProgramToken,
)
from waypost.accounts.roles import OrganizationKind, Role
from waypost.accounts.when_may import invitation_refused
from waypost.accounts.who_may import Actor, Seat
from waypost.files.digests import text_digest


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person in one role of one organization; ``number`` is the membership's."""

    number: int
    person: int
    name: str
    email: str
    role: Role
    organization: str
    organization_name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class PendingInvitation:
    """An invitation that was neither used nor withdrawn."""

    number: int
    email: str
    role: Role
    organization: str
    organization_name: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class OrganizationSeen:
    """An organization by its id."""

    id: str
    kind: OrganizationKind
    name: str


def actor(person: int, *, second_factor: bool) -> Actor:
    """The seats that a person has now."""
    rows = Membership.objects.filter(person=person, until=None, person__is_active=True)
    seats = [
        Seat(row.organization_id, OrganizationKind(row.organization.kind), Role(row.role))
        for row in rows.select_related("organization")
    ]
    return Actor(f"person:{person}", second_factor, tuple(seats))


def colleagues(organization: str | None = None) -> list[Colleague]:
    """Everyone who has a role now, of one organization or of all."""
    rows = Membership.objects.filter(until=None).select_related("person", "organization")
    if organization is not None:
        rows = rows.filter(organization=organization)
    return [
        Colleague(
            row.pk,
            row.person.pk,
            row.person.name,
            row.person.email,
            Role(row.role),
            row.organization_id,
            row.organization.name,
            row.since,
        )
        for row in rows.order_by("organization__name", "person__name", "id")
    ]


def pending_invitations(organization: str | None = None) -> list[PendingInvitation]:
    """Pending invitations, of one organization or of all, including expired ones."""
    rows = Invitation.objects.filter(used_at=None, withdrawn_at=None).select_related("organization")
    if organization is not None:
        rows = rows.filter(organization=organization)
    return [
        PendingInvitation(
            row.pk,
            row.email,
            Role(row.role),
            row.organization_id,
            row.organization.name,
            row.made_at,
        )
        for row in rows
    ]


def organizations() -> list[OrganizationSeen]:
    """Every organization, by name."""
    return [
        OrganizationSeen(row.id, OrganizationKind(row.kind), row.name)
        for row in Organization.objects.all()
    ]


def organization_name(organization: str) -> str:
    """An organization's name; '' where there is none."""
    return Organization.objects.filter(pk=organization).values_list("name", flat=True).first() or ""


def person_name(person: int) -> str:
    """A person's name; '' where there is none."""
    return Person.objects.filter(pk=person).values_list("name", flat=True).first() or ""


def member_names(organization: str) -> dict[int, str]:
    """The names of everyone who has or had a role in an organization, by person."""
    rows = Membership.objects.filter(organization=organization)
    return dict(rows.values_list("person", "person__name"))


@dataclass(frozen=True, slots=True)
class OfferedRole:
    """What an invitation offers; ``known`` is whether the address already has an account."""

    email: str
    role: Role
    organization_name: str
    known: bool


def invitation_of(token: str, now: datetime) -> OfferedRole:
    """What the holder of a token is offered.

    Raises:
        BadInvitation: it is used, withdrawn, expired or unknown.
    """
    row = Invitation.objects.select_related("organization").filter(
        token_digest=text_digest(token)
    ).first()  # fmt: skip
    if row is None:
        raise BadInvitation(AccountFault.NO_INVITATION)
    refused = invitation_refused(row.made_at, row.used_at, row.withdrawn_at, now)
    if refused is not None:
        raise BadInvitation(refused)
    known = Person.objects.filter(email=row.email).exists()
    return OfferedRole(row.email, Role(row.role), row.organization.name, known)


def person_for_sign_in(person: int) -> Person:
    """The person as the sign-in needs them."""
    return Person.objects.get(pk=person)


def invitation_organization(number: int) -> str:
    """The organization of an invitation; '' where there is none."""
    organization = (
        Invitation.objects.filter(pk=number).values_list("organization_id", flat=True).first()
    )
    return organization or ""


def membership_organization(number: int) -> str:
    """The organization of a membership; '' where there is none."""
    organization = (
        Membership.objects.filter(pk=number).values_list("organization_id", flat=True).first()
    )
    return organization or ""


@dataclass(frozen=True, slots=True)
class Ownership:
    """An organization that speaks for a listing now."""

    number: int
    site_id: str
    organization: str
    organization_name: str
    proof: Proof
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class TokenSeen:
    """A token without the token itself; ``refusal`` is why it may not be used, if it may not."""

    number: int
    name: str
    organization: str
    organization_name: str
    scopes: tuple[TokenScope, ...]
    expires_at: datetime
    refusal: AccountFault | None


def owners(organization: str | None = None) -> list[Ownership]:
    """Who speaks for which listing now, of one organization or of all."""
    rows = ListingOwner.objects.filter(until=None).select_related("organization")
    if organization is not None:
        rows = rows.filter(organization=organization)
    return [
        Ownership(
            row.pk,
            row.site_id,
            row.organization_id,
            row.organization.name,
            Proof(row.proof),
            row.reason,
            row.since,
        )
        for row in rows.order_by("site_id")
    ]


def owner_of(site_id: str) -> str:
    """The organization that speaks for a listing; '' where there is none."""
    owner = ListingOwner.objects.filter(site_id=site_id, until=None).first()
    return owner.organization_id if owner else ""


def tokens(organization: str, now: datetime) -> list[TokenSeen]:
    """An organization's tokens, old ones included."""
    rows = ProgramToken.objects.filter(organization=organization).select_related("organization")
    return [_token(row, now) for row in rows]


def token_organization(number: int) -> str:
    """Whose token it is; '' where there is none."""
    organization = (
        ProgramToken.objects.filter(pk=number).values_list("organization_id", flat=True).first()
    )
    return organization or ""


def bearer(token: str, now: datetime) -> TokenSeen:
    """Whose token this is.

    Raises:
        BadToken: it was revoked, has expired or never was.
    """
    row = ProgramToken.objects.select_related("organization").filter(
        token_digest=text_digest(token)
    ).first()  # fmt: skip
    if row is None:
        raise BadToken(AccountFault.KEY_UNKNOWN)
    seen = _token(row, now)
    if seen.refusal is not None:
        raise BadToken(seen.refusal)
    return seen


def _token(row: ProgramToken, now: datetime) -> TokenSeen:
    return TokenSeen(
        row.pk,
        row.name,
        row.organization_id,
        row.organization.name,
        tuple(map(TokenScope, row.scopes.split())),
        row.expires_at,
        token_refusal(row.expires_at, row.revoked_at, now),
    )
