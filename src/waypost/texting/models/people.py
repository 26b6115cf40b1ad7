"""Who texts with us, and the conversation that staff see."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.values.privacy import Whose

_PERSONS = (
    *("number", "first_name", "zip", "find_question"),
    *("language", "zone", "age_band", "minute", "discreet", "paused_until"),
)


class TextContact(models.Model):
    """One number, or one web chat; the number and the name are sealed, the lookup is a digest.

    ``state`` is where the double opt-in stands; ``number`` is empty once it was erased.
    ``minute`` is the time of day that the person chose, ``paused_until`` when PAUSE ends.
    """

    channel = models.CharField(max_length=8)
    account = models.CharField(max_length=40)
    number = models.TextField(blank=True)
    number_digest = models.CharField(max_length=64, unique=True)
    first_name = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="en")
    zone = models.CharField(max_length=40, blank=True)
    zip = models.TextField(blank=True)
    age_band = models.CharField(max_length=8, blank=True)
    minute = models.IntegerField(null=True)
    discreet = models.BooleanField(default=True)
    state = models.CharField(max_length=10)
    paused_until = models.DateTimeField(null=True)
    find_question = models.TextField(blank=True)
    bad_count = models.IntegerField(default=0)
    suspended_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(_PERSONS, Whose.PERSON) | dict.fromkeys(
        (
            *("channel", "account", "number_digest", "state", "bad_count", "suspended_at"),
            *("made_at", "heard_at", "asked_at", "erased_at"),
        ),
        Whose.STAFF,
    )

    class Meta:
        """In the order of the first text."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Conversation(models.Model):
    """What staff see of a contact, from the first text that needs a person until it is settled.

    ``waiting_since`` is when the oldest unanswered text came, empty when nobody waits.
    ``claimed_until`` is the end of a claim without a heartbeat.
    """

    contact = models.ForeignKey(TextContact, on_delete=models.PROTECT, related_name="conversations")
    tier = models.IntegerField(default=3)
    waiting_since = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=120, blank=True)
    claimed_until = models.DateTimeField(null=True)
    handed_to = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    disposition = models.CharField(max_length=40, blank=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("contact", "tier", "waiting_since", "claimed_by", "claimed_until", "handed_to"),
            *("opened_at", "answered_at", "closed_at", "disposition"),
        ),
        Whose.STAFF,
    )

    class Meta:
        """One open conversation a contact."""

        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("contact",),
                condition=models.Q(closed_at=None),
                name="one_open_conversation",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("closed_at", "tier", "waiting_since"), name="the_queue")
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class ColleagueNote(models.Model):
    """What a colleague wrote for the next one; sealed, never sent."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    whose: ClassVar[dict[str, Whose]] = {
        "conversation": Whose.STAFF,
        "text": Whose.PERSON,
        "by": Whose.STAFF,
        "at": Whose.STAFF,
    }

    class Meta:
        """Oldest first."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"note {self.pk}"
