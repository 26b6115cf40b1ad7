"""When each field of a listing was last checked by a person, and when it should be again.

Ninety days is what federal law asks of plans' directories (REAL Health Providers Act; 42 U.S.C.
300gg-115(a)(2) already asks it of most plans).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from waypost.directory.site import Site

HOLDS_FOR = timedelta(days=90)

BY_PEOPLE = frozenset({"call-round", "visitor-report"})
"""Sources of which a person of ours made sure: a call, or a report that was confirmed."""


@dataclass(frozen=True, slots=True)
class CheckDue:
    """A field of a listing that was last checked on ``last``, longer ago than it holds."""

    site_id: str
    field: str
    last: date


def due(checked: Mapping[str, Mapping[str, date]], today: date) -> list[CheckDue]:
    """What should be checked again, the longest ago first; ``checked`` is by site and field."""
    found = [
        CheckDue(site_id, field, last)
        for site_id, fields in checked.items()
        for field, last in fields.items()
        if today - last > HOLDS_FOR
    ]
    return sorted(found, key=lambda check: (check.last, check.site_id, check.field))


def newest(checks: Iterable[tuple[str, str, date]]) -> dict[str, dict[str, date]]:
    """The last day of each site and field."""
    days: dict[str, dict[str, date]] = {}
    for site_id, field, day in checks:
        fields = days.setdefault(site_id, {})
        fields[field] = max(day, fields.get(field, day))
    return days


def checked_fields(site: Site) -> dict[str, date]:
    """The fields of a published listing that a person of ours made sure of, and when."""
    return {name: f.as_of for name, f in site.facts.items() if f.source in BY_PEOPLE}
