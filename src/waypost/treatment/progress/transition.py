"""What follows the program: the next visit, naloxone, continuing care, and two calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FOLLOW_UP_DAYS = (30, 90)


@dataclass(frozen=True, slots=True)
class TransitionWords:
    """A transition plan; sealed at rest. ``site`` is a listing of the directory, by its id."""

    next_visit: str = ""
    next_visit_on: str = ""
    naloxone: str = ""
    site: str = ""
    warning_signs: str = ""


def gaps_of(words: TransitionWords, today: date) -> Iterator[str]:
    """What a transition plan still lacks, as codes; none of it keeps anybody from leaving."""
    if not words.next_visit.strip() or not _is_day(words.next_visit_on, today):
        yield "next visit"
    if words.naloxone not in ("given", "declined"):
        yield "naloxone"
    if not words.site:
        yield "continuing care"


def _is_day(text: str, today: date) -> bool:
    try:
        return date.fromisoformat(text) >= today
    except ValueError:
        return False
