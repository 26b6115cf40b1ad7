"""The roster, what a person must do by when, readings for the miss rate, and retention runs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.texting.models.messages import HeardText
from waypost.texting.models.people import TextContact
from waypost.values.privacy import Whose


class Shift(models.Model):
    """Somebody answers texts from a time until another; ``duty`` is one of `roster.Duty`.

    ``alert_number`` is sealed: where the one on shift is called by text as well, '' for mail alone.
    """

    person = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    duty = models.CharField(max_length=12)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    alert_number = models.TextField(blank=True)
    made_by = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            "person",
            "name",
            "duty",
            "from_at",
            "until_at",
            "alert_number",
            "made_by",
            "withdrawn_at",
        ),
        Whose.STAFF,
    )

    class Meta:
        """In order of time."""

        ordering = ("from_at", "id")

    def __str__(self) -> str:
        return f"shift {self.pk}: {self.duty}"


class FollowUp(models.Model):
    """Something that a person must do for somebody by a time; ``cause`` makes it once."""

    contact = models.ForeignKey(TextContact, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=24)
    cause = models.CharField(max_length=120, unique=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=40, blank=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("contact", "kind", "cause", "made_at", "due_at", "done_at", "done_by", "outcome"),
        Whose.STAFF,
    )

    class Meta:
        """Soonest first."""

        ordering = ("due_at", "id")

    def __str__(self) -> str:
        return f"follow-up {self.pk}: {self.kind}"


class BlindReading(models.Model):
    """A text of the weekly sample, read again by a person who does not see its tier."""

    heard = models.OneToOneField(HeardText, on_delete=models.PROTECT, related_name="reading")
    week = models.CharField(max_length=8, db_index=True)
    reader = models.CharField(max_length=120, blank=True)
    tier = models.IntegerField(null=True)
    read_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("heard", "week", "reader", "tier", "read_at"), Whose.STAFF
    )

    class Meta:
        """In the order of the sample."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"blind reading {self.pk}"


class RetentionRun(models.Model):
    """What one run of the retention job blanked and removed, as counts."""

    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    report = models.JSONField()

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(("at", "by", "report"), Whose.STAFF)

    class Meta:
        """Newest last."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"retention run {self.pk}"
