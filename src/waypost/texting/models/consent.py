"""The consent ledger, whom we never text, and counts that limit abuse."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.values.privacy import Whose


class ConsentEntry(models.Model):
    """One act of consent or its end: append-only, without foreign keys, so nothing removes it.

    ``number_digest`` is keyed; ``words`` are the words shown when it was given; ``scope`` is a
    series or "all"; ``cause`` makes an entry once.
    """

    number_digest = models.CharField(max_length=64, db_index=True)
    act = models.CharField(max_length=16)
    scope = models.CharField(max_length=60)
    channel = models.CharField(max_length=16)
    words = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("number_digest", "act", "scope", "channel", "words", "by", "at"), Whose.STAFF
    )

    class Meta:
        """Oldest first."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"consent entry {self.pk}: {self.act} {self.scope}"


class Suppression(models.Model):
    """A number that is not texted; it outlives the person's data, since only a digest is kept."""

    number_digest = models.CharField(max_length=64, unique=True)
    why = models.CharField(max_length=24)
    since = models.DateTimeField()

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("number_digest", "why", "since"), Whose.STAFF
    )

    def __str__(self) -> str:
        return f"suppression {self.pk}: {self.why}"


class Tally(models.Model):
    """How often something happened in a span of time; ``subject`` is a keyed digest or a name."""

    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=64)
    span = models.CharField(max_length=20)
    count = models.IntegerField(default=0)
    made_at = models.DateTimeField()

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("kind", "subject", "span", "count", "made_at"), Whose.STAFF
    )

    class Meta:
        """One row a kind, subject and span."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("kind", "subject", "span"), name="one_tally")
        ]

    def __str__(self) -> str:
        return f"tally {self.kind} {self.span}: {self.count}"
