"""Creates organizations and invitations, gives and ends roles; each act is one audit event."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from waypost.accounts.faults import AccountFault
from waypost.accounts.invitations import BadInvitation
from waypost.accounts.listings import LONGEST, TOKEN_PREFIX, BadToken, CannotOwn, Proof, TokenScope
from waypost.accounts.models import (
    Invitation,
    ListingOwner,
    Membership,
    Organization,
    Person,
    ProgramToken,
)
from waypost.accounts.roles import ROLES_OF, OrganizationKind, Role
from waypost.accounts.sealed_factors import with_newest_seal
from waypost.accounts.when_may import NotNow, invitation_refused, removal_refused
from waypost.audit.actions import record_event
from waypost.files.digests import text_digest
from waypost.values.coded_fault import CodedError, CodedFault

TOKEN_BYTES = 24


class CannotEnd(CodedError):
    """A role that may not be ended now, with the codes of why."""


@transaction.atomic
def found_organization(*, name: str, kind: str, by: str, now: datetime) -> str:
    """The id of the organization with this name, created if there is none.

    Raises:
        BadInvitation: the name is empty or the kind is unknown.
    """
    title = " ".join(name.split())
    if not title or kind not in set(OrganizationKind):
        raise BadInvitation(AccountFault.ORGANIZATION)
    existing = Organization.objects.filter(name__iexact=title, kind=kind).first()
    if existing is not None:
        return existing.id
    stem = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:24] or "org"
    created = Organization.objects.create(
        id=f"org_{stem}_{secrets.token_hex(3)}", kind=kind, name=title[:160], made_at=now
    )
    record_event(act="organization made", record=f"organization:{created.id}", by=by, now=now)
    return created.id


@transaction.atomic
def invite(*, email: str, role: str, organization: str, by: str, now: datetime) -> str:
    """Invite someone to a role; return the link's token, which is shown once and never stored.

    Raises:
        BadInvitation: the address, the role or the organization cannot be used.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise BadInvitation(CodedFault(AccountFault.ADDRESS, facts={"address": email})) from None
    row = Organization.objects.filter(pk=organization).first()
    if row is None:
        raise BadInvitation(CodedFault(AccountFault.NO_ORGANIZATION, facts={"id": organization}))
    roles = ROLES_OF[OrganizationKind(row.kind)]
    if role not in roles:
        offered = ", ".join(sorted(roles))
        facts = {"role": role, "organization": row.name, "offered": offered}
        raise BadInvitation(CodedFault(AccountFault.ROLE, facts=facts))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        email=address,
        organization=row,
        role=role,
        token_digest=text_digest(token),
        made_at=now,
        made_by=by,
    )
    record_event(act=f"invited as {role}", record=f"invitation:{invitation.pk}", by=by, now=now)
    return token


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str | None, now: datetime) -> int:
    """Accept an invitation and return the person's id; someone with an account only gains the role.

    Raises:
        BadInvitation: it is used, withdrawn, expired or unknown, or the name is empty.
        django.core.exceptions.ValidationError: the password is too weak, with the reasons.
    """
    rows = Invitation.objects.select_for_update().filter(token_digest=text_digest(token))
    invitation = rows.select_related("organization").first()
    if invitation is None:
        raise BadInvitation(AccountFault.NO_INVITATION)
    refused = invitation_refused(
        invitation.made_at, invitation.used_at, invitation.withdrawn_at, now
    )
    if refused is not None:
        raise BadInvitation(refused)
    person = Person.objects.filter(email=invitation.email).first()
    if person is None:
        person = _new_person(invitation.email, name, password, now)
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    _seat(person, invitation.organization, Role(invitation.role), now)
    record_event(
        act=f"took the role {invitation.role}",
        record=f"organization:{invitation.organization_id}",
        by=f"person:{person.pk}",
        now=now,
    )
    return int(person.pk)


@transaction.atomic
def accept_invitations_of(*, email: str, name: str, now: datetime) -> int:
    """Accept what is open under an address that its organization's identity provider vouches for.

    The number of roles taken; 0 where nothing is open, and then nobody is made.
    """
    address = email.strip().lower()
    rows = Invitation.objects.select_for_update().filter(
        email=address, used_at=None, withdrawn_at=None
    )
    waiting = [
        row
        for row in rows.order_by("pk")
        if invitation_refused(row.made_at, row.used_at, row.withdrawn_at, now) is None
    ]
    if not waiting:
        return 0
    person = Person.objects.filter(email=address).first() or _new_person(address, name, None, now)
    for row in waiting:
        row.used_at = now
        row.save(update_fields=["used_at"])
        _seat(person, row.organization, Role(row.role), now)
        record_event(
            act=f"took the role {row.role}, vouched for by the identity provider",
            record=f"organization:{row.organization_id}",
            by=f"person:{person.pk}",
            now=now,
        )
    return len(waiting)


def _new_person(email: str, name: str, password: str | None, now: datetime) -> Person:
    title = " ".join(name.split())[:120]
    if not title:
        raise BadInvitation(AccountFault.NAME)
    if password:
        validate_password(password, Person(email=email, name=title))
    return Person.objects.create_user(email, password or None, name=title, made_at=now)


def _seat(person: Person, organization: Organization, role: Role, now: datetime) -> None:
    Membership.objects.get_or_create(
        person=person, organization=organization, role=role, until=None, defaults={"since": now}
    )


@transaction.atomic
def withdraw_invitation(*, number: int, by: str, now: datetime) -> None:
    """Withdraw an unused invitation; doing so a second time changes nothing."""
    row = Invitation.objects.select_for_update().filter(pk=number, used_at=None).first()
    if row is None:
        raise BadInvitation(NotNow.USED)
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        record_event(act="withdrew an invitation", record=f"invitation:{number}", by=by, now=now)


@transaction.atomic
def end_membership(*, number: int, by: str, now: datetime) -> None:
    """End a role now; what the person did stays in the audit.

    Raises:
        CannotEnd: it is the organization's last administrator, or nobody has the role.
    """
    row = Membership.objects.select_for_update().filter(pk=number, until=None).first()
    if row is None:
        raise CannotEnd(AccountFault.NO_ROLE)
    # Two administrators who end each other at the same moment would each count both.
    Organization.objects.select_for_update().get(pk=row.organization_id)
    administrators = Membership.objects.filter(
        organization=row.organization_id, role=Role.ADMINISTRATOR, until=None
    )
    refused = removal_refused(
        administrators.count(), is_administrator=row.role == Role.ADMINISTRATOR
    )
    if refused is not None:
        raise CannotEnd(refused)
    row.until = now
    row.save(update_fields=["until"])
    _sign_out(row.person_id)
    record_event(
        act=f"ended the role {row.role} of person:{row.person_id}",
        record=f"organization:{row.organization_id}",
        by=by,
        now=now,
    )


@transaction.atomic
def end_sessions(*, number: int, by: str, now: datetime) -> None:
    """Sign the holder of a role out everywhere, on every device; a second time changes nothing.

    Raises:
        CannotEnd: no such role is held.
    """
    row = Membership.objects.filter(pk=number, until=None).first()
    if row is None:
        raise CannotEnd(AccountFault.NO_ROLE)
    _sign_out(row.person_id)
    record_event(act="ended every session", record=f"person:{row.person_id}", by=by, now=now)


@transaction.atomic
def forget_factors(*, email: str, reason: str, by: str, now: datetime) -> None:
    """Remove every second factor of somebody who has lost them all, and end their sessions.

    Whoever does it has made sure who asks. The person signs in with their password, which this does
    not change, and sets up a new factor before they can do anything else.

    Raises:
        CannotEnd: nobody has this address, or no reason is given.
    """
    person = Person.objects.select_for_update().filter(email=email.strip().lower()).first()
    if person is None:
        raise CannotEnd(CodedFault(AccountFault.NOBODY, facts={"address": email}))
    if not reason.strip():
        raise CannotEnd(AccountFault.NO_REASON)
    Authenticator.objects.filter(user=person).delete()
    _sign_out(person.pk)
    act = f"removed every second factor: {reason.strip()}"
    record_event(act=act[:120], record=f"person:{person.pk}", by=by, now=now)


def _sign_out(person: int) -> None:
    """End every session of a person. Staff are few, so that their sessions are looked through."""
    for session in Session.objects.all():
        if session.get_decoded().get(SESSION_KEY) == str(person):
            session.delete()
    UserSession.objects.filter(user_id=person).delete()


@transaction.atomic
def confirm_owner(
    *, site_id: str, organization: str, proof: Proof, reason: str, by: str, now: datetime
) -> int:
    """Let a program's organization speak for a listing; the number of the confirmation.

    Raises:
        CannotOwn: it is no program, another one speaks for the listing, or no reason is given.
    """
    row = Organization.objects.filter(pk=organization, kind=OrganizationKind.PROGRAM).first()
    if row is None:
        raise CannotOwn(AccountFault.OPERATOR_OWNS_NOTHING)
    if not reason.strip():
        raise CannotOwn(AccountFault.NO_REASON)
    current = ListingOwner.objects.select_for_update().filter(site_id=site_id, until=None).first()
    if current is not None:
        facts = {"organization": current.organization.name}
        raise CannotOwn(CodedFault(AccountFault.OWNED, facts=facts))
    try:
        with transaction.atomic():
            owner = ListingOwner.objects.create(
                organization=row,
                site_id=site_id,
                proof=proof,
                reason=reason.strip()[:500],
                since=now,
                confirmed_by=by,
            )
    except IntegrityError:  # PostgreSQL lets two ask at the same moment: there was no row to lock
        raise CannotOwn(AccountFault.OWNED_JUST_NOW) from None
    act = f"confirmed organization:{row.pk} by {proof.value}"
    record_event(act=act, record=f"site:{site_id}", by=by, now=now)
    return int(owner.pk)


@transaction.atomic
def end_owner(*, number: int, by: str, now: datetime) -> None:
    """End that an organization speaks for a listing; what it said stays until it is replaced."""
    row = ListingOwner.objects.select_for_update().filter(pk=number, until=None).first()
    if row is None:
        raise CannotOwn(AccountFault.OWNS_NOT)
    row.until = now
    row.save(update_fields=["until"])
    act = f"ended organization:{row.organization_id}"
    record_event(act=act, record=f"site:{row.site_id}", by=by, now=now)


@transaction.atomic
def make_token(
    *, organization: str, name: str, scopes: Collection[str], days: int, by: str, now: datetime
) -> str:
    """A new token, which is shown once and never kept.

    Raises:
        BadToken: it has no name or no scope, would last more than a year, or is for nobody.
    """
    row = Organization.objects.filter(pk=organization, kind=OrganizationKind.PROGRAM).first()
    known = [scope for scope in TokenScope if scope in scopes]
    if row is None:
        raise BadToken(AccountFault.KEY_OF_PROGRAM)
    if not name.strip() or not known or set(scopes) - set(TokenScope):
        raise BadToken(AccountFault.KEY_WORDS)
    if not 1 <= days <= LONGEST.days:
        raise BadToken(CodedFault(AccountFault.KEY_DAYS, facts={"most": LONGEST.days}))
    token = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    kept_token = ProgramToken.objects.create(
        organization=row,
        name=name.strip()[:80],
        scopes=" ".join(known),
        token_digest=text_digest(token),
        made_at=now,
        made_by=by,
        expires_at=now + timedelta(days=days),
    )
    record_event(
        act=f"token made for {kept_token.scopes}", record=f"token:{kept_token.pk}", by=by, now=now
    )
    return token


@transaction.atomic
def revoke_token(*, number: int, by: str, now: datetime) -> None:
    """Make a token useless at once; a second time changes nothing."""
    row = ProgramToken.objects.select_for_update().filter(pk=number, revoked_at=None).first()
    if row is not None:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        record_event(act="token revoked", record=f"token:{number}", by=by, now=now)


def seal_factors_again() -> int:
    """Seal with the newest key the secrets of factors that an older one sealed; how many."""
    done = 0
    for number in Authenticator.objects.values_list("pk", flat=True):
        with transaction.atomic():
            for row in Authenticator.objects.select_for_update().filter(pk=number):
                fresh = with_newest_seal(settings.WAYPOST_KEYRING, row.data)
                if fresh != row.data:
                    row.data, done = fresh, done + 1
                    row.save(update_fields=["data"])
    return done
