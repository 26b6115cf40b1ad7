"""The audit table: append-only, without foreign keys, so that no deletion can touch it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.values.privacy import Whose


class Event(models.Model):
    """One act by one actor on one record, linked to the event before it (see `audit.chain`)."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    act = models.CharField(max_length=120)
    record = models.CharField(max_length=120, db_index=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("at", "actor", "act", "record", "previous", "digest"), Whose.STAFF
    )

    class Meta:
        """Newest last."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.act} {self.record}"
