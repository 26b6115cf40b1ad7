"""Answers kept ready: the same bytes, bounded, and gone with their snapshot."""

from __future__ import annotations

from django.test import Client

from waypost.api.find import views as search
from waypost.api.recent import KEPT, MAX_ADDRESS, MAX_BYTES, Ready, Recent

READY = Ready(b"{}", "")


def test_an_answer_is_held_for_its_version_alone() -> None:
    recent = Recent()
    recent.keep("one", "near=78701", READY)
    assert recent.get("one", "near=78701") is READY
    assert recent.get("one", "near=60601") is None
    assert recent.get("two", "near=78701") is None
    recent.keep("two", "near=60601", READY)
    assert recent.get("one", "near=78701") is None
    assert recent.get("two", "near=78701") is None


def test_the_oldest_goes_first_and_large_ones_are_not_held() -> None:
    recent = Recent()
    for number in range(KEPT):
        recent.keep("v", str(number), READY)
    recent.get("v", "0")
    recent.keep("v", "more", READY)
    assert recent.get("v", "0") is READY
    assert recent.get("v", "1") is None
    recent.keep("v", "long", Ready(b"x" * (MAX_BYTES + 1), ""))
    recent.keep("v", "x" * (MAX_ADDRESS + 1), READY)
    assert recent.get("v", "long") is recent.get("v", "x" * (MAX_ADDRESS + 1)) is None


def test_the_second_answer_is_the_first_byte_for_byte(monkeypatch) -> None:
    monkeypatch.setattr(search, "RECENT", Recent())
    url = "/api/v1/search?near=60601&page=2&counts=1"
    first, second = Client().get(url), Client().get(url)
    assert first.content == second.content
    for header in ("Link", "ETag", "Content-Type"):
        assert first.headers[header] == second.headers[header]


def test_a_refused_question_is_refused_again() -> None:
    url = "/api/v1/search?near=60601&page=x"
    assert [Client().get(url).status_code for _ in range(2)] == [400, 400]


def test_what_was_asked_is_not_held() -> None:
    recent = Recent()
    recent.keep("v", "/api/v1/search?near=Canary+Falls", Ready(b"{}", ""))
    assert recent.get("v", "/api/v1/search?near=Canary+Falls") == Ready(b"{}", "")
    assert recent.get("v", "/api/v1/search?near=Elsewhere") is None
    assert "Canary" not in repr(vars(recent))
