"""The accuracy page: it says when nothing was measured, and then what was, with nobody's name."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError
from django.test import Client

from waypost.directory.calls.outcomes import (
    CallField,
    CallOutcome,
    CallStanding,
    CallVerdict,
    ListedFact,
)
from waypost.serving.called import Called, CalledRounds, read_rounds
from waypost.serving.process import this_process

DAY = date(2026, 12, 1)


def outcome(number: int = 1, *, made_up: bool = False, right: bool = True) -> CallOutcome:
    facts = tuple(
        ListedFact(field, "x", "samhsa-2024", date(2023, 12, 31))
        for field in (CallField.PHONES, CallField.SERVICES)
    )
    verdicts = {
        CallField.PHONES: CallVerdict.RIGHT,
        CallField.SERVICES: CallVerdict.RIGHT if right else CallVerdict.WRONG,
    }
    return CallOutcome(1, made_up, "TX", "small county, listed before", "2024", "abc", f"site_{number}",
                       CallStanding.REACHED, 2, DAY, facts, verdicts)  # fmt: skip


TWICE = (
    (CallVerdict.RIGHT, CallVerdict.RIGHT),
    (CallVerdict.RIGHT, CallVerdict.WRONG),
    (CallVerdict.WRONG, CallVerdict.WRONG),
)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch):
    def show(*found: CallOutcome, made_up: bool = False, pairs: tuple[object, ...] = TWICE) -> None:
        rounds = CalledRounds(found, pairs if found else (), made_up)
        monkeypatch.setattr(this_process(), "called", Called(lambda: rounds))

    return show


@pytest.mark.parametrize("path", ["/accuracy", "/es/accuracy"])
def test_without_a_round_the_page_says_that_we_do_not_know(path: str, shown) -> None:
    shown()
    page = Client().get(path)
    text = page.content.decode()
    assert page.status_code == 200 and "set-cookie" not in {k.lower() for k in page.headers}
    assert ("so we do not know" if path == "/accuracy" else "no lo sabemos") in text
    assert "<table" not in text and "10.1016/j.dadr.2024.100249" in text
    assert Client().get("/accuracy.json").json()["calls"] == 0


def test_a_round_is_shown_by_field_source_state_and_age_with_intervals(shown, snapshot) -> None:
    shown(*(outcome(n, right=n > 3) for n in range(10)))
    text = Client().get("/accuracy").content.decode()
    for words in ("10 listings were called", "60.0 %", "31.3 % – 83.2 %", "6 of 10", "2 years",
                  "TX", "kappa: 0.40", "MADE UP"):  # fmt: skip
        assert (words in text) is (words != "MADE UP"), words
    assert snapshot.manifest.source("samhsa-2024").title in text
    report = Client().get("/accuracy.json").json()
    assert report["exact"] == {
        "name": "exact",
        "right": 6,
        "judged": 10,
        "share": 0.6,
        "low": 0.3127,
        "high": 0.8318,
    }
    assert {rate["name"]: (rate["right"], rate["judged"]) for rate in report["by_field"]} == {
        "phones": (10, 10), "services": (6, 10)}  # fmt: skip
    assert [rate["name"] for rate in report["by_age"]] == ["2"]
    assert (report["judged_twice"], report["judged_alike"], report["kappa"]) == (3, 2, 0.4)


def test_a_kappa_that_says_nothing_is_none_and_the_page_says_why(shown) -> None:
    """With one answer alone the chance of agreeing is 1, and kappa 0 / 0."""
    shown(outcome(), pairs=TWICE[:1] * 4)
    assert Client().get("/accuracy.json").json()["kappa"] is None
    assert "kappa says nothing here" in Client().get("/accuracy").content.decode()
    assert "kappa de Cohen no dice nada" in Client().get("/es/accuracy").content.decode()


def test_the_raw_outcomes_name_no_person(shown) -> None:
    shown(outcome())
    rows = list(csv.DictReader(io.StringIO(Client().get("/accuracy.csv").content.decode())))
    assert (
        rows[0]["site"] == "site_1"
        and rows[0]["phones"] == "right"
        and rows[0]["name"] == "not listed"
    )
    assert (rows[0]["exact"], rows[0]["made_up"], rows[0]["ended_on"]) == (
        "yes",
        "no",
        "2026-12-01",
    )
    for body in (Client().get("/accuracy.csv").content, Client().get("/accuracy.json").content):
        assert b"person" not in body and b'"by"' not in body


def test_a_made_up_round_is_marked_in_every_form(shown) -> None:
    shown(outcome(made_up=True), made_up=True)
    assert "MADE UP" in Client().get("/accuracy").content.decode()
    assert Client().get("/accuracy.json").json()["made_up"] is True
    assert "yes" in Client().get("/accuracy.csv").content.decode().splitlines()[1].split(",")[1]


def test_a_reader_who_has_it_is_told_so_until_another_call_is_kept(shown) -> None:
    shown(outcome())
    tag = Client().get("/accuracy")["ETag"]
    assert Client().get("/accuracy", headers={"If-None-Match": tag}).status_code == 304
    shown(outcome(), outcome(2))
    assert Client().get("/accuracy", headers={"If-None-Match": tag}).status_code == 200


def test_without_a_database_what_was_read_last_still_stands() -> None:
    answers = iter([CalledRounds((outcome(),)), DatabaseError()])

    def read() -> CalledRounds:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    called = Called(read)
    assert len(called.get(0.0).outcomes) == len(called.get(61.0).outcomes) == 1
    assert len(called.get(62.0).outcomes) == 1  # and is not asked for again within the minute


@pytest.mark.django_db
def test_a_real_round_puts_the_made_up_one_away() -> None:
    from waypost.directory.calls.actions import keep_try, start_round
    from waypost.directory.calls.drawing import DrawCandidate, draw
    from waypost.directory.calls.outcomes import TryOutcome
    from waypost.directory.calls.queries import calls_of

    now = datetime(2026, 12, 1, 18, tzinfo=UTC)
    for made_up in (True, False):
        sample = draw([DrawCandidate("site_1", "s")], state="TX", size=1, seed=1, version="v")
        number = start_round(sample=sample, listings={"site_1": ("", outcome().facts)}, edition="2024",
                             made_up=made_up, by="test", now=now)  # fmt: skip
        findings = {fact.field: (CallVerdict.RIGHT, "") for fact in outcome().facts}
        keep_try(listing=calls_of(number)[0].number, coder=1, outcome=TryOutcome.ANSWERED,
                 findings=findings, by="test", now=now)  # fmt: skip
        assert read_rounds().made_up is made_up and len(read_rounds().outcomes) == 1
