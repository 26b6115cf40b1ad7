"""What follows the program: the next visit, naloxone, continuing care, and two calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Self

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
TYPED = "typed"
"""The source of a place that the directory does not have, and that staff typed."""


class TransitionGap(StrEnum):
    """What a transition plan still lacks; none of it keeps anybody from leaving."""

    NEXT_VISIT = "next visit"
    NALOXONE = "naloxone"
    CONTINUING_CARE = "continuing care"


@dataclass(frozen=True, slots=True)
class ContinuingCare:
    """The place that was chosen, as it stood then; ``site`` is its listing's id, '' if typed.

    ``source`` is the title of the source of its number, or `TYPED`; ``as_of`` is of when that is.
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    source: str = ""
    as_of: str = ""
    site: str = ""
    chosen_on: str = ""

    @classmethod
    def read(cls, words: Mapping[str, Any]) -> Self:
        """From what was sealed."""
        names = {f.name for f in fields(cls)}
        return cls(**{name: str(value) for name, value in words.items() if name in names})


@dataclass(frozen=True, slots=True)
class TransitionWords:
    """A transition plan; sealed at rest."""

    next_visit: str = ""
    next_visit_on: str = ""
    naloxone: str = ""
    warning_signs: str = ""
    care: ContinuingCare = field(default=ContinuingCare())

    @classmethod
    def read(cls, words: Mapping[str, Any]) -> Self:
        """From what was sealed; a listing that was once typed as an id keeps that alone."""
        care = ContinuingCare.read(words.get("care") or {"site": words.get("site", "")})
        names = {f.name for f in fields(cls)} - {"care"}
        said = {name: str(value) for name, value in words.items() if name in names}
        return cls(**said, care=care)


def gaps_of(words: TransitionWords, today: date) -> Iterator[TransitionGap]:
    """What a transition plan still lacks."""
    visit = day_of(words.next_visit_on)
    if not words.next_visit.strip() or visit is None or visit < today:
        yield TransitionGap.NEXT_VISIT
    if words.naloxone not in ("given", "declined"):
        yield TransitionGap.NALOXONE
    if not (words.care.name or words.care.site):
        yield TransitionGap.CONTINUING_CARE


def day_of(text: str) -> date | None:
    """A day that was typed; None where it is none, or none that can be meant."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
