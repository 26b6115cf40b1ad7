"""The seed of the draw, and the tests that were drawn, with their steps and results."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.treatment.records.models import OwnedRow
from waypost.values.privacy import Whose


class DrawSeed(OwnedRow):
    """A seed from one day on, sealed; its digest is written down so that it cannot be changed."""

    words = models.TextField()
    digest = models.CharField(max_length=64)
    from_day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "digest", "from_day", "at", "by"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """One a day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("organization", "from_day"), name="one_seed_a_day")
        ]


class DrugTest(OwnedRow):
    """A test of a person on a day; ``words`` are its readings and what was said, sealed."""

    person = models.CharField(max_length=40, db_index=True)
    day = models.DateField(db_index=True)
    step = models.CharField(max_length=16)
    drawn = models.BooleanField(default=True)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "day", "step", "drawn", "at", "by"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """One for each person and day."""

        ordering = ("day", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("organization", "day"), name="tests_of_a_day")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("person", "day"), name="one_test_a_day")
        ]
