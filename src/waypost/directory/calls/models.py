"""Rounds of calls: the sample, each try, and what was found. The queue's database has them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.values.privacy import Whose


class CallRound(models.Model):
    """A sample that was drawn to be called; ``made_up`` marks one that nobody calls."""

    state = models.CharField(max_length=2)
    seed = models.BigIntegerField()
    version = models.CharField(max_length=64)
    edition = models.CharField(max_length=20)
    protocol = models.CharField(max_length=10)
    strata = models.JSONField()
    made_up = models.BooleanField(default=False)
    drawn_at = models.DateTimeField()
    by = models.CharField(max_length=120)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("state", "seed", "version", "edition", "protocol", "strata", "made_up", "drawn_at"),
        Whose.PUBLIC,
    ) | {"by": Whose.STAFF}

    class Meta:
        """Oldest first."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"round {self.pk} of {self.state}"


class SampledListing(models.Model):
    """A drawn listing, with what it said at the time and the time zone in which it is called."""

    round = models.ForeignKey(CallRound, on_delete=models.CASCADE, related_name="listings")
    site_id = models.CharField(max_length=40)
    stratum = models.CharField(max_length=60)
    place = models.PositiveIntegerField()
    second = models.BooleanField()
    zone = models.CharField(max_length=40, blank=True)
    listed = models.JSONField()

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("round", "site_id", "stratum", "place", "second", "zone", "listed"), Whose.PUBLIC
    )

    class Meta:
        """In the order of calls; a listing stands in a round once."""

        ordering = ("round", "place")
        constraints = (
            models.UniqueConstraint(fields=("round", "site_id"), name="once_in_a_round"),
        )

    def __str__(self) -> str:
        return f"{self.site_id} in round {self.round_id}"


class CallAttempt(models.Model):
    """One try to reach a listing, by the first person (``coder`` 1) or the second (2)."""

    listing = models.ForeignKey(SampledListing, on_delete=models.CASCADE, related_name="attempts")
    coder = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("listing", "coder", "number", "outcome", "at"), Whose.PUBLIC
    ) | {"by": Whose.STAFF}

    class Meta:
        """In the order they were made; of two people who keep the same try, one does."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("listing", "coder", "number"), name="a_try_once"),
        )

    def __str__(self) -> str:
        return f"try {self.number} of {self.listing_id}: {self.outcome}"


class CallFinding(models.Model):
    """What a call found of one field; ``value`` is what is right where the listing was wrong."""

    attempt = models.ForeignKey(CallAttempt, on_delete=models.CASCADE, related_name="findings")
    field = models.CharField(max_length=20)
    verdict = models.CharField(max_length=20)
    value = models.CharField(max_length=500, blank=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("attempt", "field", "verdict", "value"), Whose.PUBLIC
    )

    class Meta:
        """A field is judged once in a call."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("attempt", "field"), name="a_field_once"),)

    def __str__(self) -> str:
        return f"{self.field}: {self.verdict}"
