"""Reports as value objects, a page at a time, and accepted ones as claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from waypost.directory.models import (
    ListingReport,
    NumberAnswers,
    NumberCheck,
    ProgramClaim,
    ReportStatus,
)
from waypost.directory.number_answers import DAYS, CallersSaid
from waypost.directory.reporting import CLAIM_FIELDS, ReportKind, Status, claim_value
from waypost.directory.site import Claim
from waypost.directory.timetables import PROGRAM_SOURCE

REPORT_SOURCE = "visitor-report"
PAGE = 200


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its newest status."""

    number: int
    site_id: str
    kind: ReportKind
    text: str
    made_at: datetime
    status: Status
    value: str
    decided_at: datetime


def reports(status: Status | None = None, *, after: int = 0, most: int = PAGE) -> list[Report]:
    """The oldest ``most`` reports numbered above ``after``, of one status or of all."""
    rows = _with_newest().filter(pk__gt=after).order_by("pk")
    if status is not None:
        rows = rows.filter(newest_status=status)
    return [_report(row) for row in rows[:most]]


def every_report(status: Status | None = None) -> Iterator[Report]:
    """All reports, fetched a page at a time because there may be more than fit in memory."""
    after = 0
    while page := reports(status, after=after):
        yield from page
        after = page[-1].number


def report_numbered(number: int) -> Report | None:
    """The report of this number."""
    row = _with_newest().filter(pk=number).first()
    return None if row is None else _report(row)


def numbers_of(*, site_id: str = "", kind: str = "", day: str = "") -> Iterator[int]:
    """The numbers of waiting reports about a site, of a kind, or of a day (ISO 8601, UTC)."""
    for report in every_report(Status.RECEIVED):
        fits = site_id in ("", report.site_id) and kind in ("", report.kind)
        if fits and day in ("", report.made_at.date().isoformat()):
            yield report.number


def received_since(moment: datetime) -> int:
    """How many reports came in after ``moment``."""
    return ListingReport.objects.filter(made_at__gt=moment).count()


def decided_before(moment: datetime, status: Status, *, most: int = PAGE) -> list[int]:
    """Numbers of reports in this status since before ``moment`` that still hold their text."""
    rows = _with_newest().filter(newest_status=status, newest_at__lt=moment)
    if status is Status.ACCEPTED:
        rows = rows.exclude(text="")
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def accepted_claims() -> dict[str, list[Claim]]:
    """The claims that accepted reports make, by site."""
    claims: dict[str, list[Claim]] = {}
    for report in every_report(Status.ACCEPTED):
        field = CLAIM_FIELDS.get(report.kind)
        if field:
            value = claim_value(report.kind, report.value)
            day = report.decided_at.date()
            claim = Claim(field, value, REPORT_SOURCE, day, "reported and confirmed")
            claims.setdefault(report.site_id, []).append(claim)
    return claims


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
        if row.checked_at is not None and row.day <= row.checked_at.date():
            continue
        before = said.get(row.site_id, CallersSaid())
        said[row.site_id] = CallersSaid(
            before.worked + row.worked,
            before.failed + row.failed,
            row.day if row.failed else before.last_failed,
        )
    return said


def said_claims(today: date) -> dict[str, list[Claim]]:
    """What programs say of themselves and still holds, by site."""
    claims: dict[str, list[Claim]] = {}
    rows = ProgramClaim.objects.filter(ended_at=None, until__gt=today).order_by("site_id", "field")
    for row in rows.iterator():
        claims.setdefault(row.site_id, []).append(
            Claim(
                row.field,
                row.value,
                PROGRAM_SOURCE,
                row.said_at.date(),
                row.method,
                until=row.until,
            )
        )
    return claims


def said_now(site_id: str, field: str) -> list[dict[str, Any]]:
    """A program's word on one field as plain JSON, [] where there is none; an old one included."""
    row = ProgramClaim.objects.filter(site_id=site_id, field=field, ended_at=None).first()
    return [] if row is None else list(row.value)


def all_claims(today: date) -> dict[str, list[Claim]]:
    """What the next publish adds to the files: accepted reports and programs' own words."""
    claims = accepted_claims()
    for site_id, said in said_claims(today).items():
        claims.setdefault(site_id, []).extend(said)
    return claims


def _with_newest() -> QuerySet[Any]:
    """Reports with their newest step beside them."""
    newest = ReportStatus.objects.filter(report=OuterRef("pk")).order_by("-pk")
    return ListingReport.objects.annotate(
        newest_status=Subquery(newest.values("status")[:1]),
        newest_value=Subquery(newest.values("value")[:1]),
        newest_at=Subquery(newest.values("at")[:1]),
    )


def _report(row: Any) -> Report:
    """A row of `_with_newest` as a value."""
    return Report(
        row.pk,
        row.site_id,
        ReportKind(row.kind),
        row.text,
        row.made_at,
        Status(row.newest_status),
        row.newest_value,
        row.newest_at,
    )
