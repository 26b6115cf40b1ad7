"""People in care, their episodes and their care team; each row belongs to one organization."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models

from waypost.treatment.records.drafts import Version
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.sealing import WORDS, open_words, seal_words
from waypost.values.privacy import Whose

Row = TypeVar("Row", bound=models.Model)


class NoOwner(RuntimeError):
    """A row was to be written without its owner: a bug."""


class OwnedRows(models.QuerySet[Row]):
    """Rows of one organization; whatever is made through them is that organization's."""

    owner: Owner | None = None

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.owner = self.owner
        return clone

    def create(self, **fields: Any) -> Row:
        """A new row of the owner."""
        if self.owner is None:
            raise NoOwner("Rows of treatment are made through owned_by(owner).")
        return super().create(**fields | {"organization": self.owner.organization})


class Owned(models.Manager[Row]):
    """The manager of every table of `treatment`; a test refuses every other way to its rows."""

    def owned_by(self, owner: Owner) -> OwnedRows[Row]:
        """The rows of this organization."""
        rows: OwnedRows[Row] = OwnedRows(self.model, using=self._db)
        rows.owner = owner
        return rows.filter(organization=owner.organization)

    def owner_by(self, **secret: str) -> Owner | None:
        """Whose row has this secret's digest; the owner alone, never the row."""
        organization = self.filter(**secret).values_list("organization", flat=True).first()
        return Owner(organization) if organization else None


class OwnedRow(models.Model):
    """A row with an opaque text id and an owner. ``sealed_columns`` hold what is a person's."""

    id = models.CharField(primary_key=True, max_length=40)
    organization = models.CharField(max_length=40, db_index=True)

    objects = Owned()
    sealed_columns: ClassVar[tuple[str, ...]] = ()

    class Meta:
        """Not a table itself."""

        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def sealed(cls, row_id: str, words: Mapping[str, Any]) -> str:
        """``words`` sealed for the row with this id."""
        return seal_words(settings.WAYPOST_KEYRING, cls._meta.label_lower, row_id, words)

    def opened(self) -> dict[str, Any]:
        """What the row's ``words`` say; `CannotOpen` where no key fits."""
        text = getattr(self, WORDS)
        return open_words(settings.WAYPOST_KEYRING, self._meta.label_lower, self.pk, text)


class SavedVersion(OwnedRow):
    """One saved version of something written; every version is kept, and ``words`` are sealed.

    Each table names what it is a version of, and lets each number be there once: of two that save
    at once, one is refused.
    """

    version = models.PositiveIntegerField()
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose_of_versions: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "version", "at", "by"), Whose.STAFF
    ) | {"words": Whose.PERSON}

    class Meta:
        """Not a table itself."""

        abstract = True

    def seen(self) -> Version:
        """As a value, opened."""
        return Version(self.version, self.opened(), self.at, self.by)


class PersonInCare(OwnedRow):
    """Someone who is, was or may be in the program's care. ``words`` is `PersonWords`, sealed."""

    words = models.TextField()
    made_at = models.DateTimeField()

    sealed_columns: ClassVar[tuple[str, ...]] = ("words",)
    whose: ClassVar[dict[str, Whose]] = {
        "organization": Whose.STAFF,
        "words": Whose.PERSON,
        "made_at": Whose.STAFF,
    }

    class Meta:
        """Oldest first."""

        ordering = ("made_at", "id")


class EpisodeOfCare(OwnedRow):
    """One stay in the program. State, level and phase are those of its newest status."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="episodes")
    state = models.CharField(max_length=12, db_index=True)
    level = models.CharField(max_length=40)
    phase = models.PositiveSmallIntegerField(default=1)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("organization", "person", "state", "level", "phase"),
            *("started_on", "ended_on", "end_reason"),
        ),
        Whose.STAFF,
    )

    class Meta:
        """One open episode for each person."""

        ordering = ("started_on", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("person",), condition=~models.Q(state="ended"), name="one_open_episode"
            )
        ]


class EpisodeStatus(OwnedRow):
    """A change of state, level or phase, with its reason code; never changed afterwards."""

    episode = models.ForeignKey(EpisodeOfCare, on_delete=models.CASCADE, related_name="statuses")
    state = models.CharField(max_length=12)
    level = models.CharField(max_length=40)
    phase = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "episode", "state", "level", "phase", "reason", "at", "by"), Whose.STAFF
    )

    class Meta:
        """Oldest first."""

        ordering = ("at", "id")


class CareTeamSeat(OwnedRow):
    """A member of staff on a person's care team, ``staff`` as in the audit ("person:7")."""

    person = models.ForeignKey(PersonInCare, on_delete=models.CASCADE, related_name="team")
    staff = models.CharField(max_length=120, db_index=True)
    role = models.CharField(max_length=24)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "staff", "role", "since", "until"), Whose.STAFF
    )

    class Meta:
        """One seat at a time for each member of staff."""

        ordering = ("since", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("person", "staff"), condition=models.Q(until=None), name="one_team_seat"
            )
        ]
