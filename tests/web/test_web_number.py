"""“Did this number work?”: one tap, counted by the day, and never enough alone to hide a listing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NoReturn

import pytest
from django.db import DatabaseError
from django.test import Client

from forms import BrowserClient
from waypost.directory.actions import check_number, count_number_answer, forget_number_answers
from waypost.directory.models import NumberAnswers
from waypost.directory.numbers.answers import CallersSaid
from waypost.directory.numbers.queries import doubted_numbers
from waypost.publishing.reader import Snapshot
from waypost.serving.doubts import Doubts
from waypost.serving.process import this_process
from waypost.web.programs import number_page

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
SITE = "site_one"


def said(worked: bool, days_ago: int = 0, site_id: str = SITE) -> None:
    count_number_answer(site_id=site_id, worked=worked, now=NOW - timedelta(days=days_ago))


def test_three_noes_in_30_days_are_a_doubt_and_two_are_not() -> None:
    for days_ago in (40, 30, 29, 3):
        said(False, days_ago)
    said(True)
    assert doubted_numbers(NOW.date()) == {}
    said(False)
    assert doubted_numbers(NOW.date()) == {SITE: CallersSaid(1, 3, NOW.date())}


def test_the_most_doubted_stands_first() -> None:
    for _ in range(3):
        said(False, site_id="b")
    for _ in range(4):
        said(False, site_id="c")
    assert list(doubted_numbers(NOW.date())) == ["c", "b"]


def test_a_call_of_ours_settles_what_was_said_before_it() -> None:
    for _ in range(5):
        said(False, 2)
    assert check_number(site_id=SITE, works=True, by="ana", now=NOW - timedelta(days=1)) == 0
    assert doubted_numbers(NOW.date()) == {}
    for _ in range(3):
        said(False)
    assert doubted_numbers(NOW.date())[SITE].failed == 3


def test_a_number_that_does_not_work_becomes_a_report() -> None:
    from waypost.directory.queries import report_numbered

    number = check_number(site_id=SITE, works=False, by="ana", now=NOW)
    report = report_numbered(number)
    assert report is not None and (report.kind, report.site_id) == ("phone", SITE)


def test_answers_are_forgotten_when_they_no_longer_count() -> None:
    said(False, 31)
    said(False, 30)
    assert forget_number_answers(now=NOW) == 1
    assert NumberAnswers.objects.count() == 1


@pytest.fixture
def page(snapshot: Snapshot) -> str:
    sites = (snapshot.site(i) for i in snapshot.current_ids())
    return next(f"/site/{s.id}" for s in sites if s and s.phones)


def answer(page: str, worked: str, address: str = "192.0.2.1") -> tuple[int, str]:
    client = BrowserClient(REMOTE_ADDR=address)
    sent = client.post(f"{page}/number", {"worked": worked})
    to = sent.headers["Location"]
    assert sent.status_code == 303
    return (client.get(to).status_code, "") if "/number/on/" in to else (303, to)


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_one_tap_is_counted_and_thanked_for(page: str, prefix: str) -> None:
    assert answer(prefix + page, "no") == (303, f"{prefix}{page}/number")
    assert Client().get(f"{prefix}{page}/number").status_code == 200
    (row,) = NumberAnswers.objects.all()
    assert (row.worked, row.failed) == (0, 1)
    answer(prefix + page, "yes", "192.0.2.2")
    row.refresh_from_db()
    assert (row.worked, row.failed) == (1, 1)


def test_the_form_on_the_page_is_taken(page: str) -> None:
    text = Client().get(page).content.decode()
    (token,) = re.findall(r'name="token" value="([^"]+)"', text)
    sent = Client().post(
        f"{page}/number",
        {"token": token, "worked": "no"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert sent.status_code == 303
    assert NumberAnswers.objects.get().failed == 1


def test_one_connection_counts_once_an_hour_for_a_listing(page: str) -> None:
    assert {answer(page, "no")[0] for _ in range(4)} == {303}
    assert NumberAnswers.objects.get().failed == 1


def test_neither_yes_nor_no_is_refused_and_a_forged_answer_too(page: str) -> None:
    assert answer(page, "perhaps")[0] == 400
    assert Client().post(f"{page}/number", {"worked": "no"}).status_code == 403
    assert not NumberAnswers.objects.exists()


def test_the_page_warns_with_the_day_and_the_listing_stays_in_the_search(page: str) -> None:
    before = Client().get(page)
    assert "may not work" not in before.content.decode()
    for _ in range(3):
        count_number_answer(
            site_id=page.removeprefix("/site/"), worked=False, now=datetime.now(UTC)
        )
    this_process().doubts = Doubts()  # a minute later
    after = Client().get(page)
    text = " ".join(after.content.decode().split())
    assert "Callers say that this number may not work: 3 of 3 in the last 30 days" in text
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.status_code == 200 and not after.cookies


def test_the_page_is_there_where_the_answers_cannot_be_read(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_words: object) -> NoReturn:
        raise DatabaseError("disk I/O error")

    this_process().doubts = Doubts(broken)
    monkeypatch.setattr(number_page, "count_number_answer", broken)
    assert Client().get(page).status_code == 200
    assert answer(page, "no")[0] == 503


def test_what_was_read_stands_for_a_minute_and_where_nothing_new_can_be_read() -> None:
    told = [{SITE: CallersSaid(0, 3, NOW.date())}, {}]

    def read(_today: date) -> dict[str, CallersSaid]:
        if not told:
            raise DatabaseError("locked")
        return told.pop(0)

    doubts = Doubts(read)
    doubted = [doubts.of(SITE, NOW.date(), now).doubted for now in (0.0, 59.9, 60.0, 120.0)]
    assert doubted == [True, True, False, False]
