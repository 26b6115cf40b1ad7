"""Many reports at once: ticked or chosen, accepted or rejected with one reason, each an act of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from waypost.audit.queries import events
from waypost.desk.queue import many_page
from waypost.directory.actions import accept_report, reject_report, report_listing
from waypost.directory.models import ListingReport
from waypost.directory.queries import report_numbered
from waypost.directory.reporting import is_late, late_before
from waypost.directory.waiting.actions import decide_reports
from waypost.directory.waiting.choice import WaitingChoice, read_choice
from waypost.directory.waiting.queries import (
    late_reports,
    newest_waiting,
    numbers_waiting,
    waiting_count,
    waiting_reports,
)

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
PATH = "/reports/many"


def a_report(site: str = "s", kind: str = "closed", text: str = "", days: int = 0) -> int:
    now = timezone.now() - timedelta(days=days)
    return report_listing(site_id=site, kind=kind, text=text, by="visitor", now=now)


def statuses(numbers: list[int]) -> list[str]:
    return [report_numbered(number).status.value for number in numbers]


def ticked(client: Client, numbers: list[object], decision: str = "reject", **more: object) -> str:
    sent = {"number": numbers, "decision": decision, "scope": "ticked", "reason": "one hand"} | more
    client.post(PATH, sent)
    return client.get("/").content.decode()


@pytest.mark.parametrize(("decision", "became"), [("reject", "rejected"), ("accept", "accepted")])
def test_the_ticked_ones_are_decided_with_one_reason_and_each_is_an_event(
    decision: str, became: str, signed_in: SignedIn
) -> None:
    numbers, client = [a_report(f"site_{i}") for i in range(3)], signed_in("editor")
    page = ticked(client, [*numbers[:2], numbers[0], "99999", "x", "9" * 30], decision)
    assert f"2 reports {became}." in page and "no report number 99999" in page
    assert statuses(numbers) == [became, became, "received"]
    assert {report_numbered(n).reason for n in numbers[:2]} == {"one hand"}
    acts = [events(record=f"report:{n}")[0].act for n in numbers[:2]]
    assert acts == [f"report {became}"] * 2
    assert [r.number for r in waiting_reports()] == numbers[2:]


@pytest.mark.parametrize(
    "change", [{"reason": " "}, {"number": []}, {"decision": ""}, {"scope": "all", "newest": ""}]
)
def test_what_is_left_out_is_said_and_loses_nothing(
    change: dict[str, object], signed_in: SignedIn
) -> None:
    number, client = a_report(), signed_in("editor")
    sent = {"number": [number], "decision": "reject", "scope": "ticked", "reason": "same words"}
    answer = client.post(PATH, sent | change)
    page = answer.content.decode()
    assert answer.status_code == 400 and "Tick the reports" in page
    assert ('value="same words"' in page) is ("reason" not in change)
    assert (f'value="{number}" checked' in page) is ("number" not in change)
    assert waiting_count() == 1


def test_what_needs_a_value_is_not_accepted_unseen(signed_in: SignedIn) -> None:
    numbers = [a_report(kind=kind) for kind in ("phone", "website", "services")]
    page = ticked(signed_in("editor"), list(numbers), "accept")
    assert "1 report accepted." in page
    assert f"Report {numbers[0]} needs the correct value: open it" in page
    assert statuses(numbers) == ["received", "received", "accepted"]


def test_what_a_colleague_decided_meanwhile_stays_as_it_is(signed_in: SignedIn) -> None:
    """A report may go from accepted to rejected, but only by who has seen that it was accepted."""
    number = a_report(kind="website")
    accept_report(number=number, value="https://a.example", by="bo", now=NOW)
    page = ticked(signed_in("editor"), [number])
    assert f"Report {number} was accepted while you looked at it." in page
    assert statuses([number]) == ["accepted"]
    told = decide_reports(numbers=[number], accept=False, by="shell", now=NOW, only_waiting=False)
    assert (told.done, statuses([number])) == (1, ["rejected"])


def test_all_that_fit_are_decided_a_portion_at_a_time_and_none_that_came_since(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_page, "MOST_AT_ONCE", 3)
    numbers = [a_report(text="CHEAP pills") for _ in range(5)]
    other = a_report(text="moved")
    client = signed_in("editor")
    page = client.get("/?tab=reports&words=cheap+PILLS").content.decode()
    assert (
        "All 5 that fit what was asked" in page and f'name="newest" value="{numbers[-1]}"' in page
    )
    assert f"/reports/{other}" not in page
    since = a_report(text="cheap pills")
    sent = {"scope": "all", "words": "cheap pills", "newest": numbers[-1], "reason": "spam", "decision": "reject"}  # fmt: skip
    answer = client.post(PATH, sent)
    assert answer["Location"] == "/?tab=reports&words=cheap+pills"
    page = client.get(answer["Location"]).content.decode()
    assert "3 reports rejected." in page and "2 of them are left." in page
    client.post(PATH, sent)
    assert statuses(numbers) == ["rejected"] * 5
    assert [r.number for r in waiting_reports()] == [other, since]


def test_a_double_press_decides_once(signed_in: SignedIn) -> None:
    number, client = a_report(), signed_in("editor")
    ticked(client, [number])
    page = ticked(client, [number])
    assert "0 reports rejected." in page and "was rejected while you looked" in page
    assert len(events(record=f"report:{number}")) == 2


def test_only_who_may_decide_decides_many(signed_in: SignedIn) -> None:
    number = a_report()
    sent = {"number": [number], "decision": "reject", "scope": "ticked", "reason": "x"}
    for role, kind in (("verifier", "operator"), ("administrator", "program"), ("representative", "program")):  # fmt: skip
        mine = signed_in(role, organization=f"{kind} {role}", kind=kind)
        assert mine.post(PATH, sent).status_code == 403, role
    assert Client().post(PATH, sent)["Location"].startswith("/account/login/")
    forged = signed_in("editor")
    forged.handler.enforce_csrf_checks = True
    assert forged.post(PATH, sent).status_code == 403
    assert forged.get(PATH).status_code == 405 and statuses([number]) == ["received"]


def test_the_choice_is_by_kind_listing_day_and_words() -> None:
    mine = a_report("site_1", "phone", "It rings out", days=2)
    others = [a_report("site_2", "phone"), a_report("site_1", "closed", "rings")]
    day = (timezone.now() - timedelta(days=2)).date().isoformat()
    for choice, numbers in (
        (WaitingChoice(), [mine, *others]), (WaitingChoice(kind="phone"), [mine, others[0]]),
        (WaitingChoice(site_id="site_1"), [mine, others[1]]), (WaitingChoice(day=day), [mine]),
        (WaitingChoice(words="RINGS"), [mine, others[1]]), (WaitingChoice("phone", "site_1", day, "out"), [mine]),
        (WaitingChoice(words="100%"), []), (WaitingChoice(words="_"), []),
    ):  # fmt: skip
        assert numbers_waiting(choice, newest=others[-1], most=9) == numbers, choice
        assert waiting_count(choice) == len(numbers)
        assert newest_waiting(choice) == (numbers[-1] if numbers else 0)
        assert read_choice(dict(p.split("=") for p in choice.address[1:].split("&") if p)).kind == choice.kind  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [{"kind": "x"}, {"day": "2026-13-01"}, {"day": "20261201"}, {"day": "9999-12-31"}, {"words": " \x00 "}],
)  # fmt: skip
def test_a_choice_that_cannot_be_meant_asks_nothing(asked: dict[str, str]) -> None:
    assert read_choice(asked) == WaitingChoice()


def test_a_report_waits_again_never_and_is_late_by_the_day() -> None:
    old, new = a_report(days=30), a_report()
    assert late_reports(timezone.now().date()) == 1
    reject_report(number=old, by="a", now=NOW)
    accept_report(number=old, value="", by="a", now=NOW)
    assert [r.number for r in waiting_reports()] == [new]
    assert late_reports(timezone.now().date()) == 0
    for n in range(400):
        today = date(2026, 1, 1) + timedelta(days=n)
        first = late_before(today)
        assert not is_late(first, today) and is_late(first - timedelta(days=1), today)


def test_the_migration_marks_what_was_decided_before_it() -> None:
    decided, waiting = a_report(), a_report()
    reject_report(number=decided, by="a", now=NOW)
    ListingReport.objects.update(waiting=True)
    migration = import_module("waypost.directory.migrations.0007_waiting_reports")
    migration.mark_decided(apps, SimpleNamespace(connection=connections["queue"]))
    assert list(ListingReport.objects.filter(waiting=True).values_list("pk", flat=True)) == [waiting]  # fmt: skip


def test_every_question_goes_through_an_index_of_the_waiting_ones() -> None:
    """The page of a queue of 250,000 reports costs milliseconds; `make bench` prints how many."""
    asked = [waiting_count, lambda: late_reports(NOW.date()), newest_waiting]
    asked += [lambda s=sort: waiting_reports(s) for sort in ("age", "-age", "listing", "-listing", "what", "-what")]  # fmt: skip
    with CaptureQueriesContext(connections["queue"]) as seen:
        for ask in asked:
            ask()
    first = [q["sql"] for q in seen.captured_queries if '"waiting"' in q["sql"]]
    assert len(first) == len(asked)
    for sql in first:
        with connections["queue"].cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " ".join(row[-1] for row in cursor.fetchall())
        assert "waiting_by_" in plan and "TEMP B-TREE" not in plan, (sql, plan)
