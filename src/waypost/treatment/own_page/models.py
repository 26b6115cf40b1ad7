"""Private links, check-ins, and days on which somebody cannot come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.treatment.records.models import OwnedRow, PersonInCare
from waypost.values.privacy import Whose


class PersonLink(OwnedRow):
    """A private link; only keyed digests of its token and code are kept."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("organization", "person", "token_digest", "code_digest", "made_at", "made_by"),
            *("expires_at", "revoked_at", "failures", "locked_until"),
        ),
        Whose.STAFF,
    )

    class Meta:
        """Newest last."""

        ordering = ("made_at", "id")


class CheckIn(OwnedRow):
    """The answers to the BAM that a person gave on their own page; ``words`` are sealed."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="check_ins")
    words = models.TextField()
    at = models.DateTimeField()

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = {
        "organization": Whose.STAFF,
        "person": Whose.STAFF,
        "words": Whose.PERSON,
        "at": Whose.STAFF,
    }

    class Meta:
        """Oldest first."""

        ordering = ("at", "id")


class CannotCome(OwnedRow):
    """A person says that they cannot come on a day; ``words`` (which session, why) are sealed."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="absences")
    on = models.DateField()
    words = models.TextField()
    at = models.DateTimeField()

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = {
        "organization": Whose.STAFF,
        "person": Whose.STAFF,
        "on": Whose.STAFF,
        "words": Whose.PERSON,
        "at": Whose.STAFF,
    }

    class Meta:
        """By day."""

        ordering = ("on", "at", "id")
