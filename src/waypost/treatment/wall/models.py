"""What the week is made of, with the clock of the wall: below all that keeps days by that clock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.treatment.records.models import OwnedRow
from waypost.values.privacy import Whose


class SetupVersion(OwnedRow):
    """What the week is made of, from one moment on: `ProgramSetup` as plain JSON."""

    version = models.PositiveIntegerField()
    setup = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "version", "setup", "at", "by"), Whose.STAFF
    )

    class Meta:
        """One of each version; the table is one of the timetable's app."""

        app_label = "treatment_timetable"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("organization", "version"), name="one_setup_version")
        ]
