"""Reports as value objects, and accepted ones as claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from waypost.directory.models import ListingReport
from waypost.directory.reporting import CLAIM_FIELDS, ReportKind, Status, claim_value
from waypost.directory.site import Claim

REPORT_SOURCE = "visitor-report"


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


def reports() -> list[Report]:
    """All reports, the oldest first."""
    found = []
    for row in ListingReport.objects.order_by("pk").prefetch_related("statuses"):
        newest = list(row.statuses.all())[-1]
        found.append(
            Report(
                row.pk,
                row.site_id,
                ReportKind(row.kind),
                row.text,
                row.made_at,
                Status(newest.status),
                newest.value,
                newest.at,
            )
        )
    return found


def accepted_claims() -> dict[str, list[Claim]]:
    """The claims that accepted reports make, by site."""
    claims: dict[str, list[Claim]] = {}
    for report in reports():
        field = CLAIM_FIELDS.get(report.kind)
        if report.status is Status.ACCEPTED and field:
            value = claim_value(report.kind, report.value)
            day = report.decided_at.date()
            claim = Claim(field, value, REPORT_SOURCE, day, "reported and confirmed")
            claims.setdefault(report.site_id, []).append(claim)
    return claims
