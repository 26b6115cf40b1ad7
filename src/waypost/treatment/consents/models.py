"""Consents, disclosures, reads, records opened in an emergency, and counseling notes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.treatment.records.models import OwnedRow, PersonInCare
from waypost.values.privacy import Whose


class SignedConsent(OwnedRow):
    """A signed consent; ``words`` is `ConsentWords`, sealed. Revoked by a time, never removed."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=40)
    signed_on = models.DateField()
    expiry = models.CharField(max_length=8)
    expires_on = models.DateField(null=True)
    words = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=120, blank=True)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("organization", "person", "kind", "signed_on", "expiry", "expires_on"),
            *("made_at", "made_by", "revoked_at", "revoked_by"),
        ),
        Whose.STAFF,
    ) | {"words": Whose.PERSON}

    class Meta:
        """Newest last."""

        ordering = ("made_at", "id")


class Disclosure(OwnedRow):
    """Records that left the program: on a consent, or under an exception of the regulation.

    ``words`` (recipient, what, purpose) are sealed; ``digest`` is of the file that went out.
    """

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="disclosures")
    consent = models.ForeignKey(SignedConsent, on_delete=models.RESTRICT, null=True)
    exception = models.CharField(max_length=40, blank=True)
    form = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "consent", "exception", "form", "digest", "at", "by"),
        Whose.STAFF,
    ) | {"words": Whose.PERSON}

    class Meta:
        """Newest last."""

        ordering = ("at", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("organization", "-at", "-id"), name="newest_disclosures")
        ]


class RecordRead(OwnedRow):
    """A member of staff opened a part of a record."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="reads")
    part = models.CharField(max_length=40)
    emergency = models.BooleanField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "part", "emergency", "at", "by"), Whose.STAFF
    )

    class Meta:
        """Newest last."""

        ordering = ("at", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("organization", "-at", "-id"), name="newest_reads")
        ]


class EmergencyAccess(OwnedRow):
    """A record that a clinician opened without being on the team.

    ``words`` has the reason and, once somebody else looked at it, the ``finding``.
    """

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="emergencies")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=120, blank=True)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "at", "by", "reviewed_at", "reviewed_by"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """Newest last."""

        ordering = ("at", "id")


class CounselingNote(OwnedRow):
    """A counselor's own note of a conversation, kept apart from the record (42 CFR 2.11)."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="notes")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "at", "by"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """Newest last."""

        ordering = ("at", "id")
