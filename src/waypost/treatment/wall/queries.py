"""Reads the clock of a program's wall.

A day that is kept of a moment ("due on", "signed on") is the day on that wall: an evening group in
New York meets when it is tomorrow in UTC.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from waypost.treatment.records.owner import Owner
from waypost.treatment.wall.models import SetupVersion

ZONE = "America/New_York"
"""The clock of a program that has entered none."""


def zone_now(owner: Owner) -> str:
    """The zone of the program's wall, by the newest setup; "" where there is none."""
    rows = SetupVersion.objects.owned_by(owner).order_by("-version")
    return rows.values_list("setup__zone", flat=True).first() or ""


def zone_of(owner: Owner) -> ZoneInfo:
    """The clock of the program's wall."""
    return ZoneInfo(zone_now(owner) or ZONE)


def wall_day(owner: Owner, moment: datetime) -> date:
    """Which day a moment falls on at the program."""
    return moment.astimezone(zone_of(owner)).date()
