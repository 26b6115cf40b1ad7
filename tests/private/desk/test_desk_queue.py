"""The queue: tabs that sort and page by address, many decisions, lateness, and two people at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from waypost.directory.actions import (
    DecidedMeanwhile,
    accept_report,
    reject_report,
    report_listing,
)
from waypost.directory.faults import DirectoryFault
from waypost.directory.queries import report_numbered
from waypost.directory.reporting import is_late
from waypost.directory.waiting.queries import late_reports, waiting_reports
from waypost.publishing.differences import differences
from waypost.publishing.reader import Snapshot

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def a_report(site: str, kind: str = "phone", text: str = "No answer", days: int = 0) -> int:
    now = timezone.now() - timedelta(days=days)
    return report_listing(site_id=site, kind=kind, text=text, by="visitor", now=now)


@pytest.fixture
def ids(snapshot: Snapshot) -> list[str]:
    return snapshot.current_ids()


@pytest.mark.parametrize("tab", ["reports", "proofs", "checks", "differences", "numbers", "x"])
def test_every_tab_opens_and_pages(tab: str, signed_in: SignedIn, ids: list[str]) -> None:
    a_report(ids[0])
    client = signed_in("verifier")
    for address in (f"/?tab={tab}", f"/?tab={tab}&page=2&sort=-listing", f"/?tab={tab}&page=x"):
        answer = client.get(address)
        assert answer.status_code == 200 and "Reports" in answer.content.decode()


def test_reports_sort_by_what_the_address_says(signed_in: SignedIn, ids: list[str]) -> None:
    old = a_report(ids[2], "website", days=3)
    new = a_report(ids[1], "closed")
    client = signed_in("editor")
    for sort, order in (
        *(("age", [old, new]), ("-age", [new, old]), ("what", [new, old])),
        *(("listing", [new, old]), ("-listing", [old, new]), ("no such", [old, new])),
    ):
        assert [r.number for r in waiting_reports(sort)] == order, sort
        page = client.get(f"/?sort={sort}").content.decode()
        at = [page.index(f"/reports/{n}") for n in order]
        assert at == sorted(at), sort


def test_checks_due_and_differences_come_from_the_snapshot(
    signed_in: SignedIn, snapshot: Snapshot
) -> None:
    client = signed_in("verifier")
    page = client.get("/?tab=checks").content.decode()
    assert f"/sites/{snapshot.current_ids()[0]}" in page  # the surveys are years old
    found = differences(snapshot.path, most=5)
    assert len(found) == 5 and all(values > 1 for _site, _field, values in found)
    site, field, _values = found[0]
    different = {str(c.value) for c in snapshot.claims(site) if c.field == field}
    assert len(different) > 1
    assert f"/sites/{site}#{field}" in client.get("/?tab=differences").content.decode()
    assert differences(snapshot.path, skip=1, most=4) == found[1:]


@pytest.mark.parametrize(
    ("made", "late"),
    [("2026-12-03", False), ("2026-12-02", True), ("2026-11-24", True), ("2026-12-09", False)],
    ids=["five business days", "six", "over a holiday", "yesterday"],
)
def test_a_report_is_late_after_five_business_days(made: str, late: bool) -> None:
    assert is_late(date.fromisoformat(made), date(2026, 12, 10)) is late


def test_late_reports_are_named_on_top_and_in_their_lines(
    signed_in: SignedIn, ids: list[str]
) -> None:
    client = signed_in("editor")
    a_report(ids[0])
    assert "more than five business days" not in client.get("/").content.decode()
    number = a_report(ids[1], days=12)
    assert late_reports(timezone.now().date()) == 1
    page = client.get("/").content.decode()
    assert "1 report has waited for more than five business days" in page
    assert "<b>late</b>" in page and "late" in client.get(f"/reports/{number}").content.decode()


def test_the_second_of_two_people_sees_both_texts_and_overwrites_nothing(
    signed_in: SignedIn, ids: list[str]
) -> None:
    number = a_report(ids[0], "website")
    step = report_numbered(number).step
    first = signed_in("editor", email="ana@example.org")
    second = signed_in("editor", email="bo@example.org")
    assert "is looking at this too" not in first.get(f"/reports/{number}").content.decode()
    assert "Editor is looking at this too" in second.get(f"/reports/{number}").content.decode()
    sent = {"decision": "accept", "seen": step}
    first.post(f"/reports/{number}", sent | {"value": "https://one.example"})
    answer = second.post(f"/reports/{number}", sent | {"value": "https://two.example"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "https://one.example" in page and 'value="https://two.example"' in page
    assert report_numbered(number).value == "https://one.example"
    now = report_numbered(number).step
    again = second.post(f"/reports/{number}", {"decision": "reject", "seen": now, "reason": "no"})
    assert again.status_code == 302 and report_numbered(number).status == "rejected"


def test_the_version_is_checked_by_the_action_itself(ids: list[str]) -> None:
    number = a_report(ids[0], "website")
    seen = report_numbered(number).step
    accept_report(number=number, value="https://a.example", by="a", now=NOW, seen=seen)
    for decide in (
        lambda: accept_report(number=number, value="https://b.example", by="b", now=NOW, seen=seen),
        lambda: reject_report(number=number, by="b", now=NOW, seen=seen),
    ):
        with pytest.raises(DecidedMeanwhile, match=DirectoryFault.DECIDED_MEANWHILE):
            decide()


def test_what_was_typed_when_the_session_ended_comes_back_to_its_sender_alone(
    signed_in: SignedIn, ids: list[str]
) -> None:
    from waypost.desk.models import Draft

    number = a_report(ids[0], "website")
    typed = {"value": "https://typed.example", "reason": "long work", "password": "secret"}
    gone = Client()
    answer = gone.post(f"/reports/{number}", typed)
    assert answer["Location"].startswith("/account/login/?next=%2Fdrafts%2F")
    path = "/drafts/" + answer["Location"].rpartition("%2F")[2].replace("%3D", "=")
    assert "typed.example" not in repr(list(Draft.objects.values()))  # it is sealed
    assert Client().get(path)["Location"].startswith("/account/login/")
    ana = signed_in("editor", email="ana@example.org")
    page = ana.get(path).content.decode()
    assert "https://typed.example" in page and "long work" in page and "secret" not in page
    assert f'action="/reports/{number}"' in page
    assert ana.get(path).status_code == 200
    assert signed_in("editor", email="bo@example.org").get(path).status_code == 404
    assert ana.get("/drafts/nothing").status_code == 404
    Draft.objects.update(made_at=timezone.now() - timedelta(hours=13))
    assert ana.get(path).status_code == 404


def test_too_much_is_not_kept_and_leads_to_the_page_itself(ids: list[str]) -> None:
    number = a_report(ids[0])
    answer = Client().post(f"/reports/{number}", {"reason": "x" * 70_000})
    assert answer["Location"] == f"/account/login/?next=%2Freports%2F{number}"
