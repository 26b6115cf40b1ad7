"""A program's rule for minors, and the guardian of each; every version is kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.treatment.records.models import OwnedRow, PersonInCare, SavedVersion
from waypost.values.privacy import Whose


class MinorRuleRow(OwnedRow):
    """What the state's law says of minors, as a director entered it; the newest holds."""

    version = models.PositiveIntegerField()
    majority = models.PositiveSmallIntegerField()
    alone_from = models.PositiveSmallIntegerField(null=True)
    source = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "version", "majority", "alone_from", "source", "at", "by"), Whose.STAFF
    )

    class Meta:
        """Oldest first; of two that are entered at once, one is refused."""

        ordering = ("version",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("organization", "version"), name="one_rule_a_version")
        ]


class GuardianVersion(SavedVersion):
    """A saved version of a minor's guardian and of who signs; ``words`` is `GuardianWords`."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="guardians")
    whose: ClassVar[dict[str, Whose]] = SavedVersion.whose_of_versions | {"person": Whose.STAFF}

    class Meta:
        """One row for each version: of two people who save at once, one is refused."""

        ordering = ("version",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("person", "version"), name="one_guardian_a_version")
        ]
