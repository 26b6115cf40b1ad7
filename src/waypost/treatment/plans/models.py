"""Plans: every version is kept, signatures are rows, a review is a row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.treatment.records.models import OwnedRow, PersonInCare, SavedVersion
from waypost.values.privacy import Whose


class PlanVersion(SavedVersion):
    """A saved version of a person's plan; ``words`` is `PlanWords`, sealed."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="plans")
    whose: ClassVar[dict[str, Whose]] = SavedVersion.whose_of_versions | {
        "person": Whose.STAFF,
    }

    class Meta:
        """One row for each version: of two people who save at once, one is refused."""

        ordering = ("version",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("person", "version"), name="one_plan_a_version")
        ]


class PlanSignature(OwnedRow):
    """Somebody signed a version: the person themselves, or a member of the team in a role."""

    plan = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="signatures")
    signer = models.CharField(max_length=16)
    role = models.CharField(max_length=24, blank=True)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "plan", "signer", "role", "at", "by"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """Each signs a version once."""

        ordering = ("at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("plan", "signer", "by"), name="one_signature_a_version")
        ]


class CareMilestone(OwnedRow):
    """A review or a physician's certification of an episode, on a day."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=16)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "kind", "on", "at", "by"), Whose.STAFF
    )

    class Meta:
        """Oldest first."""

        ordering = ("on", "id")


class ReviewSetting(OwnedRow):
    """The state and the payer by whose clocks an organization's plan of a person runs.

    ``person`` is empty for the organization's own state.
    """

    person = models.ForeignKey(
        PersonInCare, on_delete=models.CASCADE, null=True, related_name="review_settings"
    )
    state = models.CharField(max_length=2, blank=True)
    payer = models.CharField(max_length=24, blank=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "state", "payer"), Whose.STAFF
    )

    class Meta:
        """One for each person, and one for the organization."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("organization", "person"), name="one_review_setting"),
            models.UniqueConstraint(
                fields=("organization",),
                condition=models.Q(person=None),
                name="one_setting_of_all",
            ),
        ]
