"""People who sign in, organizations, who has which role from when to when, and invitations."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from waypost.values.privacy import Whose


class People(BaseUserManager["Person"]):
    """Finds people by their e-mail address, whose case does not matter."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this address; raises `Person.DoesNotExist`."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Person:
        """A new person; without a password only a passkey or an invitation lets them in."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who may sign in. Visitors and people in care are never rows here."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("email", "name", "is_active", "made_at", "password", "last_login"), Whose.STAFF
    )

    def __str__(self) -> str:
        return f"person {self.pk}"


class Organization(models.Model):
    """The operator, or a program that speaks for its listings; ``id`` is a stable text id."""

    id = models.CharField(primary_key=True, max_length=40)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=160)
    made_at = models.DateTimeField()

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(("id", "kind", "name"), Whose.PUBLIC) | {
        "made_at": Whose.STAFF
    }

    class Meta:
        """In the order of their names."""

        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role since a given time; ended by setting ``until``, never removed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("person", "organization", "role", "since", "until"), Whose.STAFF
    )

    class Meta:
        """A person has each role in an organization at most once at a time."""

        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("person", "organization", "role"),
                condition=models.Q(until=None),
                name="one_seat_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}: {self.role}"


class Invitation(models.Model):
    """An invitation to take a role; only a digest of its token is stored."""

    email = models.EmailField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    role = models.CharField(max_length=20)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            "email",
            "organization",
            "role",
            "token_digest",
            "made_at",
            "made_by",
            "used_at",
            "withdrawn_at",
        ),
        Whose.STAFF,
    )

    class Meta:
        """Newest last."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"invitation {self.pk}: {self.role}"


class ListingOwner(models.Model):
    """An organization that may speak for a listing, from a time on; ended, never removed.

    ``proof`` is how it showed that it may, ``reason`` what whoever confirmed it wrote.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    site_id = models.CharField(max_length=40, db_index=True)
    proof = models.CharField(max_length=20)
    reason = models.CharField(max_length=500)
    since = models.DateTimeField()
    confirmed_by = models.CharField(max_length=120)
    until = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "site_id", "proof", "reason", "since", "confirmed_by", "until"),
        Whose.STAFF,
    )

    class Meta:
        """A listing has one organization that speaks for it at a time."""

        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("site_id",), condition=models.Q(until=None), name="one_owner_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"owner {self.pk} of {self.site_id}"


class ProgramToken(models.Model):
    """A key for a program's own software; only a digest of it is kept."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    name = models.CharField(max_length=80)
    scopes = models.CharField(max_length=40)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("organization", "name", "scopes", "token_digest", "made_at", "made_by"),
            *("expires_at", "revoked_at"),
        ),
        Whose.STAFF,
    )

    class Meta:
        """Newest last."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"token {self.pk}: {self.name}"


class OwnershipProof(models.Model):
    """An organization's wish to speak for a listing, and the code that proves it, as a digest.

    ``target`` is where the code goes: a listed number or address, a mailbox at the listed domain.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    site_id = models.CharField(max_length=40, db_index=True)
    proof = models.CharField(max_length=20)
    target = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True)
    code_made_at = models.DateTimeField(null=True)
    code_expires_at = models.DateTimeField(null=True)
    codes = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("organization", "site_id", "proof", "target", "note", "asked_by", "asked_at"),
            *("code_digest", "code_made_at", "code_expires_at", "codes", "tries"),
            *("outcome", "reason", "ended_at"),
        ),
        Whose.STAFF,
    )

    class Meta:
        """Oldest first; an organization proves itself for a listing once at a time."""

        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("organization", "site_id"),
                condition=models.Q(ended_at=None),
                name="one_proof_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"proof {self.pk} for {self.site_id}"
