"""What clinicians decided on progress, and transition plans."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.treatment.records.models import OwnedRow
from waypost.values.privacy import Whose


class ProgressDecision(OwnedRow):
    """A clinician's decision, with the rules that had suggested something; the reason is sealed."""

    person = models.CharField(max_length=40, db_index=True)
    decision = models.CharField(max_length=12)
    rules = models.JSONField(default=list)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "decision", "rules", "at", "by"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """Oldest first."""

        ordering = ("at", "id")


class TransitionPlan(OwnedRow):
    """What follows the program for a person: `TransitionWords`, sealed; one for each episode."""

    person = models.CharField(max_length=40, db_index=True)
    episode = models.CharField(max_length=40, unique=True)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "episode", "at", "by"), Whose.STAFF
    ) | {"words": Whose.PERSON}
