"""Sessions as they take place, who was there, the group's notes, and tasks for staff."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from waypost.treatment.records.models import OwnedRow, SavedVersion
from waypost.values.privacy import Whose


class GroupSession(OwnedRow):
    """One meeting of a group on one day, as the timetable had it when the day was opened."""

    day = models.DateField(db_index=True)
    group = models.CharField(max_length=120)
    kind = models.CharField(max_length=24)
    track = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.CharField(max_length=120)
    facilitator = models.CharField(max_length=120)
    most = models.PositiveSmallIntegerField()
    make_up = models.BooleanField(default=False)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        (
            *("organization", "day", "group", "kind", "track", "starts_at", "ends_at"),
            *("room", "facilitator", "most", "make_up"),
        ),
        Whose.STAFF,
    )

    class Meta:
        """One of a group and a moment, in order of the day."""

        ordering = ("starts_at", "group")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("organization", "day"), name="sessions_of_a_day")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("organization", "group", "starts_at"), name="one_session_of_a_group"
            )
        ]


class RosterLine(OwnedRow):
    """A person at a session: '' until it is kept how they came; minutes are those attended."""

    session = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="lines")
    person = models.CharField(max_length=40, db_index=True)
    presence = models.CharField(max_length=12, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    makes_up = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "session", "person", "presence", "minutes", "makes_up", "at", "by"),
        Whose.STAFF,
    )

    class Meta:
        """One line for each person and session."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("session", "person"), name="one_roster_line")
        ]


class GroupNoteVersion(SavedVersion):
    """The note of a session and its line for each person, sealed; every version is kept."""

    session = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="notes")
    whose: ClassVar[dict[str, Whose]] = SavedVersion.whose_of_versions | {
        "session": Whose.STAFF,
    }

    class Meta:
        """One of each version, oldest first."""

        ordering = ("version",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("session", "version"), name="one_note_version")
        ]


class StaffTask(OwnedRow):
    """Something to do for a person; ``source`` is the record that it came from, once for each."""

    person = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=24)
    source = models.CharField(max_length=40)
    due_on = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)

    whose: ClassVar[dict[str, Whose]] = dict.fromkeys(
        ("organization", "person", "kind", "source", "due_on", "made_at", "done_at", "done_by"),
        Whose.STAFF,
    )

    class Meta:
        """What is due first, first."""

        ordering = ("due_on", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=("organization", "due_on"),
                condition=models.Q(done_at=None),
                name="tasks_that_wait",
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("organization", "person", "kind", "source"), name="one_task_of_a_source"
            )
        ]
