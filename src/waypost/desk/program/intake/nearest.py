"""The nearest detox in the directory, for somebody whose withdrawal may be dangerous."""

from __future__ import annotations

from django.http import HttpRequest

from waypost.desk.program.near_care import ListedNearby, programs_near
from waypost.navigation.need import LEVEL

LEVELS = ("withdrawal-inpatient", "withdrawal-residential")
"""Where withdrawal is watched day and night."""

MOST = 3


def nearest_detox(request: HttpRequest, place: str) -> list[ListedNearby]:
    """Up to three, the nearest to a place; empty where the place or the directory is unknown."""
    return programs_near(request, place, ((LEVEL, LEVELS),), MOST)
