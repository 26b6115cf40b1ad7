"""Many reports: read by the page, capped by the day, decided at once, and forgotten in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from forms import BrowserClient
from waypost.audit.models import Event
from waypost.cli.main import app
from waypost.directory import actions, queries
from waypost.directory.actions import (
    TooManyReports,
    accept_report,
    forget_reports,
    reject_report,
    report_listing,
)
from waypost.directory.models import ListingReport, ReportStatus
from waypost.directory.queries import accepted_claims, every_report, reports
from waypost.directory.reporting import KEPT_DAYS, Status
from waypost.directory.waiting.actions import decide_reports

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def many(count: int, now: datetime = NOW) -> list[int]:
    """So many waiting reports, written at once."""
    made = ListingReport.objects.bulk_create(
        [
            ListingReport(site_id=f"site_{i % 7}", kind="phone", text=f"t{i}", made_at=now)
            for i in range(count)
        ]
    )
    ReportStatus.objects.bulk_create(
        [ReportStatus(report=r, status="received", by="visitor", at=now) for r in made]
    )
    return [int(report.pk) for report in made]


def test_more_than_a_statement_may_name_are_read_by_the_page() -> None:
    """SQLite takes 250,000 variables in a statement at most, and memory has an end as well."""
    numbers = many(2_000)
    accept_report(number=numbers[1_700], value="512-555-0100", by="Ana", now=NOW)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert [r.number for r in every_report()] == numbers
    assert all(query["sql"].count(",") < 100 for query in asked.captured_queries)
    assert len(reports()) == queries.PAGE
    assert len(list(every_report(Status.RECEIVED))) == 1_999
    assert list(accepted_claims()) == [f"site_{1_700 % 7}"]


def test_a_report_s_newest_step_counts() -> None:
    first, second = many(2)
    reject_report(number=first, by="Ana", now=NOW)
    accept_report(number=first, value="512-555-0100", by="Eva", now=NOW + timedelta(1))
    report = queries.report_numbered(first)
    assert report is not None
    assert (report.status, report.value, report.decided_at) == (
        Status.ACCEPTED, "512-555-0100", NOW + timedelta(1),
    )  # fmt: skip
    assert [r.number for r in reports(Status.RECEIVED)] == [second]
    assert queries.report_numbered(10**9) is None


def test_a_day_takes_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_A_DAY", 3)
    told = {"site_id": "site_1", "kind": "phone", "text": "x"}
    for _ in range(3):
        report_listing(**told, by="visitor", now=NOW)
    with pytest.raises(TooManyReports):
        report_listing(**told, by="visitor", now=NOW + timedelta(hours=23))
    report_listing(**told, by="Ana", now=NOW)  # staff's own claims go on
    report_listing(**told, by="visitor", now=NOW + timedelta(hours=25))


def test_many_are_rejected_at_once_and_one_that_cannot_be_holds_up_nobody() -> None:
    numbers = many(5)
    reject_report(number=numbers[2], by="Ana", now=NOW)
    decided = decide_reports(numbers=[*numbers, 10**9], accept=False, by="Eva", now=NOW)
    assert decided.done == 4 and len(decided.refused) == 2
    assert not reports(Status.RECEIVED)
    assert Event.objects.filter(actor="Eva", act="report rejected").count() == 4


def test_what_visitors_wrote_is_forgotten_after_its_decision() -> None:
    rejected, accepted, waiting = many(3)
    reject_report(number=rejected, by="Ana", now=NOW)
    accept_report(number=accepted, value="512-555-0100", by="Ana", now=NOW)
    later = NOW + timedelta(days=KEPT_DAYS - 1)
    assert forget_reports(by="Ana", now=later) == 0
    later = NOW + timedelta(days=KEPT_DAYS + 1)
    assert forget_reports(by="Ana", now=later) == 2
    assert forget_reports(by="Ana", now=later) == 0
    assert [r.number for r in every_report()] == [accepted, waiting]
    assert [r.text for r in every_report()] == ["", "t2"]
    assert accepted_claims()  # what was confirmed stays
    assert Event.objects.filter(record=f"report:{rejected}").count() == 1


def test_the_desk_s_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waypost.cli.claims_commands.with_database", lambda: None)
    numbers = many(12)
    run = CliRunner().invoke

    listed = run(app, ["claims", "list", "--most", "5"]).output
    assert f"claims list --after {numbers[4]}" in listed and str(numbers[5]) + "  " not in listed
    assert run(app, ["claims", "reject"]).exit_code == 2
    assert run(app, ["claims", "reject", "x-y"]).exit_code == 2
    assert "At most" in run(app, ["claims", "reject", "1-999999999"]).output
    told = run(app, ["claims", "reject", f"{numbers[0]}-{numbers[1]}", "--by", "eva"])
    assert "Rejected 2 of 2 reports" in told.output
    assert "2 of 2" in run(app, ["claims", "reject", "--site", "site_3"]).output
    again = run(app, ["claims", "reject", str(numbers[0])])
    assert again.exit_code == 2 and "it cannot be rejected now" in again.output
    bare = run(app, ["claims", "accept", str(numbers[2])])
    assert bare.exit_code == 2 and "Enter the correct telephone number" in bare.output
    wrong = run(app, ["claims", "accept", str(numbers[2]), "--value", "12"])
    assert wrong.exit_code == 2 and "“12” is not a valid telephone number" in wrong.output
    gone = run(app, ["claims", "accept", "1000000000"])
    assert gone.exit_code == 2 and "There is no report number 1000000000." in gone.output
    assert "8 of 8" in run(app, ["claims", "reject", "--day", "2026-03-01"]).output
    assert "0 reports" in run(app, ["claims", "forget"]).output


def test_one_connection_sends_so_many_an_hour(snapshot) -> None:
    client, page = BrowserClient(), f"/site/{snapshot.current_ids()[0]}/report"
    sent = {"kind": "phone", "text": "It rings out"}
    assert [client.post(page, sent).status_code for _ in range(10)] == [303] * 10
    late = client.get(client.post(page, sent).headers["Location"])
    assert late.status_code == 429 and int(late.headers["Retry-After"]) > 3000
    assert "It rings out" in late.content.decode() and "60 minutes" in late.content.decode()
    assert (
        client.post(page, sent, HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 303
    )  # by a proxy
    assert ListingReport.objects.count() == 11


def test_a_full_day_is_said_and_raises_one_alarm(snapshot, monkeypatch, caplog) -> None:
    monkeypatch.setattr(actions, "MOST_A_DAY", 0)
    client, page = BrowserClient(), f"/es/site/{snapshot.current_ids()[0]}/report"
    for _ in range(3):
        moved = client.post(page, {"kind": "phone", "text": "suena y suena"})
        response = client.get(moved.headers["Location"])
        assert response.status_code == 429 and "suena y suena" in response.content.decode()
    assert caplog.text.count("ALARM") == 1
