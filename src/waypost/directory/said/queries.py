"""What a program says of itself now, as its own people see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from waypost.directory.models import ClosingWord, ProgramClaim
from waypost.directory.program_word import FIELDS


@dataclass(frozen=True, slots=True)
class Closing:
    """A word that a program closed for good, which waits for a second person."""

    number: int
    site_id: str
    closed_on: date
    organization: str
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class SaidWord:
    """One word in a listing's history; ``ended_at`` is None while it stands."""

    field: str
    value: list[object]
    method: str
    by: str
    said_at: datetime
    until: date
    ended_at: datetime | None


def words_now(site_id: str) -> dict[str, list[str]]:
    """The program's word on each field, old ones included."""
    rows = ProgramClaim.objects.filter(site_id=site_id, field__in=FIELDS, ended_at=None)
    return {row.field: list(row.value) for row in rows}


def version_of_words(site_id: str) -> int:
    """The number of the newest word on a listing: what whoever edits it has seen."""
    newest = ProgramClaim.objects.filter(site_id=site_id).order_by("-pk")
    ended = newest.exclude(ended_at=None).count()
    return (newest.values_list("pk", flat=True).first() or 0) * 1_000 + ended % 1_000


def words_of(site_id: str) -> list[SaidWord]:
    """Every word that was said of a listing, the newest first."""
    rows = ProgramClaim.objects.filter(site_id=site_id).order_by("-pk")[:200]
    return [
        SaidWord(r.field, r.value, r.method, r.by, r.said_at, r.until, r.ended_at) for r in rows
    ]


def closings(site_id: str = "") -> list[Closing]:
    """The words of a closing that wait, of one listing or of all."""
    rows = ClosingWord.objects.filter(ended_at=None)
    if site_id:
        rows = rows.filter(site_id=site_id)
    return [_closing(row) for row in rows]


def closing_numbered(number: int) -> Closing | None:
    """A word of a closing that waits."""
    row = ClosingWord.objects.filter(pk=number, ended_at=None).first()
    return None if row is None else _closing(row)


def _closing(row: ClosingWord) -> Closing:
    return Closing(row.pk, row.site_id, row.closed_on, row.organization, row.asked_by, row.asked_at)
