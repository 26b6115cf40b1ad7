"""What the desk itself keeps for a while: what was typed, and who looks at which record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.values.privacy import Whose


class Draft(models.Model):
    """A form that was sent after its session had ended, sealed with a key that only its sender has.

    ``person`` is whoever opened it first, '' before; nobody else opens it after them.
    """

    token_digest = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=200)
    sealed = models.TextField()
    made_at = models.DateTimeField(db_index=True)
    person = models.CharField(max_length=40, blank=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("token_digest", "path", "sealed", "made_at", "person"), Whose.STAFF
    )

    def __str__(self) -> str:
        return f"draft {self.pk} for {self.path}"


class Looking(models.Model):
    """Somebody has a record open: since when, and when their browser last asked for it."""

    person = models.CharField(max_length=40)
    record = models.CharField(max_length=80, db_index=True)
    since = models.DateTimeField()
    at = models.DateTimeField()

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("person", "record", "since", "at"), Whose.STAFF
    )

    class Meta:
        """A person is at a record once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("person", "record"), name="at_a_record_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.record}"
