"""Which version of a series is approved, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from waypost.texting.models import Approval
from waypost.texting.series.reading import all_series
from waypost.texting.series.series import Series


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """Who approved which words when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeriesShown:
    """A version of a series with its approvals; ``lacking`` is how many more it needs."""

    series: Series
    approvals: tuple[ApprovalShown, ...]
    lacking: int


def subject_of(series: Series) -> str:
    """What an approval of this version is recorded under."""
    return f"series:{series.id}:{series.version}"


def needed(*, about_crisis: bool) -> int:
    """How many people must approve words."""
    return 2 if about_crisis else 1


def approvals_of(subject: str, digest: str) -> tuple[ApprovalShown, ...]:
    """The approvals that stand for exactly these words."""
    rows = Approval.objects.filter(subject=subject, digest=digest, withdrawn_at=None)
    return tuple(ApprovalShown(row.by, row.at) for row in rows.order_by("id"))


def is_approved(series: Series) -> bool:
    """Whether enough people approved exactly these words."""
    rows = Approval.objects.filter(
        subject=subject_of(series), digest=series.digest, withdrawn_at=None
    )
    people = rows.aggregate(people=Count("by", distinct=True))["people"]
    return int(people) >= needed(about_crisis=series.about_crisis)


def series_shown() -> list[SeriesShown]:
    """Every version of every series with its approvals, for the desk."""
    shown = []
    for series in all_series():
        approvals = approvals_of(subject_of(series), series.digest)
        lacking = max(0, needed(about_crisis=series.about_crisis) - len({a.by for a in approvals}))
        shown.append(SeriesShown(series, approvals, lacking))
    return shown


def approved_series() -> list[Series]:
    """The newest approved version of each series."""
    newest: dict[str, Series] = {}
    for series in all_series():
        older = newest.get(series.id)
        if (older is None or older.version < series.version) and is_approved(series):
            newest[series.id] = series
    return list(newest.values())


def version_for(series_id: str, version: int) -> Series | None:
    """The version that somebody in the middle follows: theirs while it is approved, else the
    newest approved one; None while none is."""
    for series in all_series():
        if series.id == series_id and series.version == version and is_approved(series):
            return series
    return next((s for s in approved_series() if s.id == series_id), None)


def needs_of(series: Series) -> str:
    """What a row of the outbox needs to be sent: the approval of exactly these words."""
    return f"{subject_of(series)}|{series.digest}|{needed(about_crisis=series.about_crisis)}"
