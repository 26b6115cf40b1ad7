"""Background entries: seal again and erase for every program, and say what was done."""

from __future__ import annotations

from datetime import datetime

from waypost.accounts.queries import organizations
from waypost.accounts.roles import OrganizationKind
from waypost.treatment.keeping.actions import ErasureReport, erase_due, seal_again
from waypost.treatment.records.owner import Owner
from waypost.treatment.wall.queries import wall_day

BY = "job:retention"


def programs() -> list[Owner]:
    """Every program that is an organization here."""
    return [Owner(o.id) for o in organizations() if o.kind is OrganizationKind.PROGRAM]


def seal_all_again() -> int:
    """Seal every program's records with the newest key; how many texts were sealed again."""
    return sum(seal_again(owner) for owner in programs())


def erase_all_due(now: datetime) -> dict[str, ErasureReport]:
    """Erase what may be erased, a report for each program's id."""
    return {
        owner.organization: erase_due(owner, today=wall_day(owner, now), by=BY, now=now)
        for owner in programs()
    }
