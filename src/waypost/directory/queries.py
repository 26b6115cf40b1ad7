"""Reports as value objects, a page at a time, and accepted ones as claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from waypost.directory.calls.queries import called_claims, called_on
from waypost.directory.choosing import DECIDED
from waypost.directory.models import (
    ListingReport,
    NumberCheck,
    ProgramClaim,
    ReportStatus,
)
from waypost.directory.program_word import CHANGES, Spoken, changes_of
from waypost.directory.reporting import (
    CLAIM_FIELDS,
    VISITOR,
    ReportKind,
    Status,
    claim_value,
)
from waypost.directory.site import Claim
from waypost.directory.timetables import PROGRAM_SOURCE
from waypost.values.wall_time import day_in

REPORT_SOURCE = "visitor-report"
PAGE = 200


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its newest status; ``step`` is the number of that status."""

    number: int
    site_id: str
    kind: ReportKind
    text: str
    made_at: datetime
    status: Status
    value: str
    decided_at: datetime
    step: int = 0
    decided_by: str = ""
    reason: str = ""
    made_by: str = VISITOR


def reports(status: Status | None = None, *, after: int = 0, most: int = PAGE) -> list[Report]:
    """The oldest ``most`` reports numbered above ``after``, of one status or of all."""
    rows = _with_newest().filter(pk__gt=after).order_by("pk")
    if status is not None:
        rows = rows.filter(newest_status=status)
    return [_report(row) for row in rows[:most]]


def as_reports(numbers: list[int]) -> list[Report]:
    """The reports of these numbers, a page of them at most, in no order."""
    return [_report(row) for row in _with_newest().filter(pk__in=numbers)]


def reports_of(site_id: str) -> list[Report]:
    """Every report about a site, the newest first."""
    rows = _with_newest().filter(site_id=site_id).order_by("-pk")
    return [_report(row) for row in rows[:PAGE]]


def checked_since(moment: datetime) -> frozenset[str]:
    """The sites that a person of ours has called since ``moment``, in a round or for a doubt."""
    rows = NumberCheck.objects.filter(at__gte=moment).values_list("site_id", flat=True)
    called = (i for i, days in called_on().items() if max(days.values()) >= moment.date())
    return frozenset(rows) | frozenset(called)


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
            claim = Claim(field, value, REPORT_SOURCE, day, _method(report))
            claims.setdefault(report.site_id, []).append(claim)
    return claims


def _method(report: Report) -> str:
    """A person of ours decides of their own accord, or confirms what a visitor reported."""
    return DECIDED if report.made_by.startswith("person:") else "reported and confirmed"


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
                day_in(row.zone, row.said_at),
                row.method,
                until=row.until,
            )
        )
    for site_id, changes in program_changes().items():
        day = date.fromisoformat(changes[-1][0])
        claim = Claim(CHANGES, changes, PROGRAM_SOURCE, day, "counted from the program's words")
        claims.setdefault(site_id, []).append(claim)
    return claims


def program_changes(site_id: str = "") -> dict[str, list[list[str]]]:
    """What programs changed and when, of one site or of all: [day, field, what] for each."""
    rows = ProgramClaim.objects.order_by("site_id", "pk")
    if site_id:
        rows = rows.filter(site_id=site_id)
    spoken = ((row.site_id, _spoken(row)) for row in rows.iterator())
    groups = groupby(spoken, key=itemgetter(0))
    return {site: changes_of(word for _, word in words) for site, words in groups}


def _spoken(row: ProgramClaim) -> Spoken:
    ended = None if row.ended_at is None else day_in(row.zone, row.ended_at)
    return Spoken(row.field, row.value, day_in(row.zone, row.said_at), ended)


def said_now(site_id: str, field: str) -> list[dict[str, Any]]:
    """A program's word on one field as plain JSON, [] where there is none; an old one included."""
    row = ProgramClaim.objects.filter(site_id=site_id, field=field, ended_at=None).first()
    return [] if row is None else list(row.value)


def all_claims(today: date) -> dict[str, list[Claim]]:
    """What the next publish brings: accepted reports, calls, programs' own words."""
    claims = accepted_claims()
    for more in (called_claims(), said_claims(today)):
        for site_id, said in more.items():
            claims.setdefault(site_id, []).extend(said)
    return claims


def _with_newest() -> QuerySet[Any]:
    """Reports with their newest step beside them."""
    newest = ReportStatus.objects.filter(report=OuterRef("pk")).order_by("-pk")
    return ListingReport.objects.annotate(
        newest_status=Subquery(newest.values("status")[:1]),
        newest_value=Subquery(newest.values("value")[:1]),
        newest_at=Subquery(newest.values("at")[:1]),
        newest_step=Subquery(newest.values("pk")[:1]),
        newest_by=Subquery(newest.values("by")[:1]),
        newest_reason=Subquery(newest.values("reason")[:1]),
        made_by=Subquery(newest.reverse().values("by")[:1]),
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
        row.newest_step,
        row.newest_by,
        row.newest_reason,
        row.made_by,
    )
