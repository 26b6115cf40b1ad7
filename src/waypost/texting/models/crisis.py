"""Crisis cases, who signed what of them, timers as rows, and alerts to staff."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.texting.models.people import Conversation, TextContact
from waypost.values.privacy import Whose


class CrisisCase(models.Model):
    """A danger that a person must settle; no time, STOP, keyword or restart closes it.

    ``tier`` is the most urgent so far or what a named person lowered it to. ``checklist`` is the
    ladder of questions as staff ticked it (thoughts, plan, means, time frame).
    """

    contact = models.ForeignKey(TextContact, on_delete=models.PROTECT, related_name="cases")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="cases")
    tier = models.IntegerField()
    first_tier = models.IntegerField()
    reasons = models.CharField(max_length=400)
    exits = models.CharField(max_length=200, blank=True)
    rules = models.CharField(max_length=40, blank=True)
    checklist = models.CharField(max_length=200, blank=True)
    do_not_text = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    last_sign_at = models.DateTimeField()
    words_sent_at = models.DateTimeField(null=True)
    first_answer_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    disposition = models.CharField(max_length=40, blank=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("contact", "conversation", "tier", "first_tier", "reasons", "exits", "rules"),
            *("checklist", "do_not_text", "opened_at", "last_sign_at", "words_sent_at"),
            *("first_answer_at", "closed_at", "disposition"),
        ),
        Whose.STAFF,
    )

    class Meta:
        """One open case for each contact."""

        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("contact",), condition=models.Q(closed_at=None), name="one_open_case"
            )
        ]

    def __str__(self) -> str:
        return f"crisis case {self.pk}: tier {self.tier}"


class Signature(models.Model):
    """One step of a case that somebody signed: raised, asked to lower, lowered, closed.

    ``reason`` is sealed, for it may repeat what the person wrote. A step that asks for a second
    person stands with ``second`` empty until another one signs.
    """

    case = models.ForeignKey(CrisisCase, on_delete=models.PROTECT, related_name="signatures")
    act = models.CharField(max_length=16)
    to_tier = models.IntegerField(null=True)
    disposition = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    second = models.CharField(max_length=120, blank=True)
    second_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("case", "act", "to_tier", "disposition", "by", "at", "second", "second_at"), Whose.STAFF
    ) | {"reason": Whose.PERSON}

    class Meta:
        """Oldest first."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"signature {self.pk}: {self.act}"


class Timer(models.Model):
    """Something that must happen at a time unless a person acts first; missed ones fire at once."""

    kind = models.CharField(max_length=20)
    case = models.ForeignKey(CrisisCase, on_delete=models.PROTECT, related_name="timers")
    round = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("kind", "case", "round", "due_at", "fired_at", "ended_at"), Whose.STAFF
    )

    class Meta:
        """Each kind once a round of a case."""

        ordering = ("due_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("case", "kind", "round"), name="one_timer_a_round")
        ]

    def __str__(self) -> str:
        return f"timer {self.pk}: {self.kind}"


class StaffAlert(models.Model):
    """Somebody on shift was called to a case, and when they saw it."""

    case = models.ForeignKey(CrisisCase, on_delete=models.PROTECT, related_name="alerts")
    to = models.CharField(max_length=120)
    why = models.CharField(max_length=40)
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("case", "to", "why", "at", "mailed_at", "seen_at"), Whose.STAFF
    )

    class Meta:
        """Oldest first."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"alert {self.pk} to {self.to}"
