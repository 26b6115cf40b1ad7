"""Referrals, pre-screens, the waiting list, and assessments saved part by part."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.treatment.records.models import OwnedRow, PersonInCare, SavedVersion
from waypost.values.privacy import Whose


class ReferralTaken(OwnedRow):
    """Somebody was referred; ``words`` is `ReferralWords`, sealed."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="referrals")
    came_by = models.CharField(max_length=16)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "came_by", "at", "by"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """Oldest first."""

        ordering = ("at", "id")


class Screening(SavedVersion):
    """A saved version of a person's pre-screen; every version is kept."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="screenings")
    whose: ClassVar[dict[str, Whose]] = SavedVersion.whose_of_versions | {
        "person": Whose.STAFF,
    }

    class Meta:
        """One row for each version: of two people who save at once, one is refused."""

        ordering = ("version",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("person", "version"), name="one_screening_a_version")
        ]


class Waiting(OwnedRow):
    """A stay on the waiting list; ``words`` (priority, reason) are sealed."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="waits")
    words = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    left = models.CharField(max_length=32, blank=True)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "since", "until", "left"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """Nobody is on the list twice."""

        ordering = ("since", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(until=None), name="one_wait_at_a_time"
            )
        ]


class Assessment(OwnedRow):
    """An assessment; once signed, ``words`` is the decision, sealed, and no part changes."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="assessments")
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=120)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "begun_at", "begun_by", "signed_at", "signed_by"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """One unfinished assessment for each person."""

        ordering = ("begun_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(signed_at=None), name="one_open_assessment"
            )
        ]


class AssessmentPart(SavedVersion):
    """A saved version of one part of an assessment; every version is kept."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=40)
    whose: ClassVar[dict[str, Whose]] = SavedVersion.whose_of_versions | {
        "assessment": Whose.STAFF,
        "part": Whose.STAFF,
    }

    class Meta:
        """One row a version of a part: of two that save at once, one is refused."""

        ordering = ("part", "version")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("assessment", "part", "version"), name="one_part_a_version"
            )
        ]
