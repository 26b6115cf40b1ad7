"""Background entry: the openings of a program once more, kept true while nobody looks."""

from __future__ import annotations

from datetime import datetime

from waypost.treatment.records.owner import Owner
from waypost.treatment.timetable.actions import say_openings


def repeat_openings(organization: str, now: datetime) -> bool:
    """Say an organization's openings again; True where a word changed or was confirmed."""
    return say_openings(Owner(organization), by="waypost", now=now)
