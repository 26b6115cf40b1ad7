"""Who follows which series, approvals of words, canned replies and broadcasts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.texting.models.people import TextContact
from waypost.values.privacy import Whose


class Subscription(models.Model):
    """A person in a series. ``started_on`` is day 0 on the person's own calendar.

    ``round`` counts re-entries. ``last_step`` is the newest step that was queued; ``moved_days``
    is how far pauses have shifted the calendar; ``version`` is the approved one they are in.
    ``asked_step`` is a check-in that waits for an answer until ``answer_by``.
    """

    contact = models.ForeignKey(TextContact, on_delete=models.PROTECT, related_name="subscriptions")
    series = models.CharField(max_length=40)
    version = models.IntegerField()
    round = models.IntegerField(default=1)
    state = models.CharField(max_length=10)
    pace = models.IntegerField(default=1)
    started_on = models.DateField(null=True)
    moved_days = models.IntegerField(default=0)
    last_step = models.CharField(max_length=40, blank=True)
    next_at = models.DateTimeField(null=True)
    asked_step = models.CharField(max_length=40, blank=True)
    answer_by = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=16, blank=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("contact", "series", "version", "round", "state", "pace", "started_on"),
            *("moved_days", "last_step", "next_at", "asked_step", "answer_by", "made_at"),
            *("ended_at", "why_ended"),
        ),
        Whose.STAFF,
    )

    class Meta:
        """A person is in a series at most once at a time."""

        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("contact", "series"),
                condition=models.Q(ended_at=None),
                name="in_a_series_once",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("next_at",), condition=models.Q(ended_at=None), name="series_due")
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk} to {self.series}"


class Approval(models.Model):
    """A named person approved words, by their digest; an end is a time, never a removal.

    ``subject`` is such as ``series:check-in:2`` or ``canned:4``.
    """

    subject = models.CharField(max_length=80, db_index=True)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("subject", "digest", "by", "at", "withdrawn_at"), Whose.STAFF
    )

    class Meta:
        """Each person once a subject and digest."""

        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("subject", "digest", "by"),
                condition=models.Q(withdrawn_at=None),
                name="one_approval_each",
            )
        ]

    def __str__(self) -> str:
        return f"approval {self.pk} of {self.subject}"


class CannedReply(models.Model):
    """Words that staff may send as they are; changed by a new row, so approvals stay true."""

    name = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    text = models.TextField()
    about_crisis = models.BooleanField(default=False)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("name", "language", "text", "about_crisis", "made_by", "made_at", "retired_at"),
        Whose.STAFF,
    )

    class Meta:
        """By name."""

        ordering = ("name", "language", "id")

    def __str__(self) -> str:
        return f"canned reply {self.pk}: {self.name}"


class Broadcast(models.Model):
    """One text to everybody in a series, after a preview and a second person's signature."""

    series = models.CharField(max_length=40)
    text_en = models.TextField()
    text_es = models.TextField(blank=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    approved_by = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    people = models.IntegerField(default=0)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("series", "text_en", "text_es", "made_by", "made_at", "approved_by"),
            *("sent_at", "people"),
        ),
        Whose.STAFF,
    )

    class Meta:
        """Newest last."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"broadcast {self.pk} to {self.series}"
