"""The numbers that callers doubt, read for the desk's queue and for a warning on the page."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import OuterRef, Subquery

from waypost.directory.models import NumberAnswers, NumberCheck
from waypost.directory.numbers.answers import DAYS, CallersSaid
from waypost.values.wall_time import day_in


def doubted_numbers(today: date) -> dict[str, CallersSaid]:
    """The listings whose number callers doubt, the most doubted first."""
    doubted = [(i, said) for i, said in _said_lately(today).items() if said.doubted]
    return dict(sorted(doubted, key=lambda pair: (-pair[1].failed, pair[0])))


def _said_lately(today: date) -> dict[str, CallersSaid]:
    checked = NumberCheck.objects.filter(site_id=OuterRef("site_id")).order_by("-pk")
    rows = NumberAnswers.objects.filter(day__gt=today - timedelta(days=DAYS)).annotate(
        checked_at=Subquery(checked.values("at")[:1])
    )
    said: dict[str, CallersSaid] = {}
    for row in rows.order_by("day"):
        if row.checked_at is not None and row.day <= day_in("", row.checked_at):
            continue
        before = said.get(row.site_id, CallersSaid())
        said[row.site_id] = CallersSaid(
            before.worked + row.worked,
            before.failed + row.failed,
            row.day if row.failed else before.last_failed,
        )
    return said
