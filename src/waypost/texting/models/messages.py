"""Texts that came in, the outbox, and what carriers said of each row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.texting.models.people import TextContact
from waypost.values.privacy import Whose


class HeardText(models.Model):
    """One text from outside, stored before anything is done with it.

    ``carrier_id`` is unique within the account, so a webhook sent again changes nothing.
    ``handled_at`` is empty until it was classified and acted on; ``lease_until`` is whose turn.
    """

    account = models.CharField(max_length=40)
    carrier_id = models.CharField(max_length=80)
    contact = models.ForeignKey(TextContact, on_delete=models.PROTECT, related_name="heard")
    text = models.TextField(blank=True)
    media = models.IntegerField(default=0)
    at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    handled_as = models.CharField(max_length=20, blank=True)
    tier = models.IntegerField(null=True)
    reasons = models.CharField(max_length=200, blank=True)
    rules = models.CharField(max_length=40, blank=True)
    blanked_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("account", "carrier_id", "contact", "media", "at", "lease_until", "handled_at"),
            *("handled_as", "tier", "reasons", "rules", "blanked_at"),
        ),
        Whose.STAFF,
    ) | {"text": Whose.PERSON}

    class Meta:
        """Once a carrier's id, whatever the carrier sends again."""

        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("account", "carrier_id"), name="heard_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=("id",), condition=models.Q(handled_at=None), name="heard_not_handled"
            ),
            models.Index(fields=("contact", "at"), name="heard_of_contact"),
        ]

    def __str__(self) -> str:
        return f"heard text {self.pk}"


class OutboxRow(models.Model):
    """One text to send. The table is the queue; ``cause`` makes each text exactly once.

    ``ref`` is what the carrier is given and asked by; ``allowance`` of a series' row is in its
    ``expires_at``. ``needs`` names the approval that must still stand when it is sent.
    """

    ref = models.CharField(max_length=32, unique=True)
    contact = models.ForeignKey(TextContact, on_delete=models.PROTECT, related_name="outbox")
    text = models.TextField(blank=True)
    lane = models.IntegerField()
    cause = models.CharField(max_length=120, unique=True)
    needs = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=120)
    segments = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="queued")
    why = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    account = models.CharField(max_length=40, blank=True)
    carrier_id = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True)
    blanked_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("ref", "contact", "lane", "cause", "needs", "by", "segments", "made_at"),
            *("not_before", "expires_at", "state", "why", "lease_until", "attempts", "account"),
            *("carrier_id", "sent_at", "blanked_at"),
        ),
        Whose.STAFF,
    ) | {"text": Whose.PERSON}

    class Meta:
        """In the order in which they were written."""

        ordering = ("id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=("lane", "not_before", "id"),
                condition=models.Q(state="queued"),
                name="outbox_due",
            ),
            models.Index(
                fields=("lease_until",),
                condition=models.Q(state__in=("sending", "unknown")),
                name="outbox_leased",
            ),
            models.Index(fields=("contact", "state"), name="outbox_of_contact"),
        ]

    def __str__(self) -> str:
        return f"outbox row {self.pk}"


class DeliveryEvent(models.Model):
    """One thing that a carrier said of a row; kept as it came, whatever the order."""

    account = models.CharField(max_length=40)
    carrier_id = models.CharField(max_length=80)
    ref = models.CharField(max_length=32, blank=True, db_index=True)
    status = models.CharField(max_length=24)
    code = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("account", "carrier_id", "ref", "status", "code", "at"), Whose.STAFF
    )

    class Meta:
        """Each status of a row once."""

        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("account", "carrier_id", "status"), name="one_event_a_status"
            )
        ]

    def __str__(self) -> str:
        return f"delivery event {self.pk}: {self.status}"
