"""When each field of a listing was last checked by a person, and when it should be again.

Ninety days is what federal law asks of plans' directories (REAL Health Providers Act; 42 U.S.C.
300gg-115(a)(2) already asks it of most plans).
"""

from __future__ import annotations

from datetime import date, timedelta

from waypost.directory.site import Site

HOLDS_FOR = timedelta(days=90)
"""How old a checked fact may grow before it should be checked again."""

BY_PEOPLE = frozenset({"call-round", "visitor-report"})
"""Sources of which a person of ours made sure: a call, or a report that was confirmed."""


def checked_fields(site: Site) -> dict[str, date]:
    """The fields of a published listing that a person of ours made sure of, and when."""
    return {name: f.as_of for name, f in site.facts.items() if f.source in BY_PEOPLE}
