"""Timetables, every version kept; what people said for them; calendar feeds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.treatment.records.models import OwnedRow
from waypost.treatment.wall.models import SetupVersion  # noqa: F401 - the app finds it here
from waypost.values.privacy import Whose


class TimetableVersion(OwnedRow):
    """A week from one Monday on. ``words`` holds who attends what, sealed.

    ``override`` is the reason for which a week that breaks a rule was kept; ``breaches`` are the
    codes of what it breaks.
    """

    version = models.PositiveIntegerField()
    from_monday = models.DateField()
    placings = models.JSONField()
    words = models.TextField()
    worth = models.IntegerField(null=True)
    bound = models.IntegerField(null=True)
    breaches = models.JSONField(default=list)
    override = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("organization", "version", "from_monday", "placings", "worth", "bound"),
            *("breaches", "override", "at", "by"),
        ),
        Whose.STAFF,
    ) | {"words": Whose.PERSON}

    class Meta:
        """One of each version, oldest first."""

        ordering = ("version",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("organization", "version"), name="one_week_version")
        ]


class AttendeeRow(OwnedRow):
    """What a person in care said for the timetable: `AttendeeWishes`, sealed."""

    person = models.CharField(max_length=40, db_index=True)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "at", "by"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """One for each person."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("organization", "person"), name="one_attendee_row")
        ]


class CalendarFeed(OwnedRow):
    """A private address of a calendar: of a facilitator, a room or a person; its digest alone."""

    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=120)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    revoked_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "kind", "subject", "token_digest", "made_at", "made_by", "revoked_at"),
        Whose.STAFF,
    )
