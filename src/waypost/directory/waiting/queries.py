"""The reports that wait for a decision: counted, paged and chosen at any number of them.

Each question goes through an index of the waiting ones alone, so that a flood of 250,000 reports
costs a page of the queue milliseconds.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from waypost.directory.models import ListingReport
from waypost.directory.queries import PAGE, Report, as_reports
from waypost.directory.reporting import late_before
from waypost.directory.waiting.choice import WaitingChoice

SORTS = {"age": ("made_at",), "listing": ("site_id", "made_at"), "what": ("kind", "made_at")}
"""How waiting reports may be sorted; a minus before the name turns it around."""
ALL = WaitingChoice()


def waiting_reports(
    sort: str = "age", *, choice: WaitingChoice = ALL, skip: int = 0, most: int = PAGE
) -> list[Report]:
    """A page of the reports that wait for a decision, in this order; an unknown one is by age."""
    fields = SORTS.get(sort.lstrip("-"), SORTS["age"])
    sign = "-" if sort.startswith("-") else ""
    rows = _chosen(choice).order_by(*(f"{sign}{field}" for field in (*fields, "pk")))
    numbers = list(rows.values_list("pk", flat=True)[skip : skip + most])
    place = {number: i for i, number in enumerate(numbers)}
    return sorted(as_reports(numbers), key=lambda report: place[report.number])


def waiting_count(choice: WaitingChoice = ALL, *, newest: int | None = None) -> int:
    """How many reports wait for a decision; up to the number ``newest`` where one is given."""
    return _up_to(choice, newest).count()


def newest_waiting(choice: WaitingChoice = ALL) -> int:
    """The highest number among those that wait; 0 where none does."""
    return _chosen(choice).order_by("-pk").values_list("pk", flat=True).first() or 0


def numbers_waiting(choice: WaitingChoice, *, newest: int, most: int) -> list[int]:
    """The first ``most`` numbers of those that wait, up to the number ``newest``."""
    rows = _up_to(choice, newest).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def late_reports(today: date) -> int:
    """How many waiting reports should have been decided by now."""
    before = datetime.combine(late_before(today), time(), UTC)
    return ListingReport.objects.filter(waiting=True, made_at__lt=before).count()


def _chosen(choice: WaitingChoice) -> QuerySet[Any]:
    rows = ListingReport.objects.filter(waiting=True)
    if choice.kind:
        rows = rows.filter(kind=choice.kind)
    if choice.site_id:
        rows = rows.filter(site_id=choice.site_id)
    if choice.words:
        rows = rows.filter(text__icontains=choice.words)
    if choice.on is not None:
        midnight = datetime.combine(choice.on, time(), UTC)
        rows = rows.filter(made_at__gte=midnight, made_at__lt=midnight + timedelta(days=1))
    return rows


def _up_to(choice: WaitingChoice, newest: int | None) -> QuerySet[Any]:
    rows = _chosen(choice)
    return rows if newest is None else rows.filter(pk__lte=newest)
