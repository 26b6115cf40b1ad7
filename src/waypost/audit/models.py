"""The audit table: append-only, without foreign keys, so that no deletion can touch it."""

from django.db import models

from waypost.values.privacy import Whose


class Event(models.Model):
    """One act by one actor on one record."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    act = models.CharField(max_length=80)
    record = models.CharField(max_length=120)

    whose = dict.fromkeys(("at", "actor", "act", "record"), Whose.STAFF)

    class Meta:
        """Newest last."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.act} {self.record}"
