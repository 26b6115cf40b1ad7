"""When a program is asked whether its word is still right: before it fades, and once."""

from __future__ import annotations

from datetime import date, timedelta

from waypost.directory.timetables import OPENINGS

OPENINGS_AFTER = timedelta(days=5)
"""Openings are shown as open for 7 days: asked two days before they become what was so."""
OTHERS_BEFORE = timedelta(days=14)
LINK_LASTS = timedelta(days=14)


def is_due(field: str, said_on: date, until: date, today: date) -> bool:
    """Whether a word fades soon; one that is over is not asked about any more."""
    if today >= until:
        return False
    if field == OPENINGS:
        return today - said_on >= OPENINGS_AFTER
    return until - today <= OTHERS_BEFORE
