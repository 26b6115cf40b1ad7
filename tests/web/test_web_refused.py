"""A form of a program's page that is not taken: shown again at an address, with what was typed."""

from __future__ import annotations

import html
import re
import time
from typing import NoReturn

import pytest
from django.db import DatabaseError
from django.test import Client

from forms import BrowserClient
from waypost.directory import actions
from waypost.directory.models import ListingReport
from waypost.directory.reporting import MAX_TEXT
from waypost.publishing.reader import Snapshot
from waypost.web import sealing
from waypost.web.private_walk.links import sealed_address
from waypost.web.programs import report_page
from waypost.web.programs.refused import (
    LONGEST_ADDRESS,
    FormRefusal,
    RefusedForm,
    read_form,
    sealed_form,
)
from waypost.web.sealing import LONGEST, Unreadable, seal

pytestmark = pytest.mark.django_db
TEXT = "It rings <b>out</b>, “señora” said"


@pytest.fixture
def page(snapshot: Snapshot) -> str:
    return f"/site/{snapshot.current_ids()[0]}/report"


def refused(page: str, status: int, **sent: str) -> tuple[str, str]:
    """Send a report that is not taken: the address that it leads to, and the page there."""
    moved = BrowserClient().post(page, {"kind": "phone", "text": TEXT} | sent)
    assert moved.status_code == 303 and not moved.content
    assert moved.headers["Cache-Control"] == "private, no-store"
    address = moved.headers["Location"]
    assert re.fullmatch(rf"{page}/on/[\w-]+", address)
    shown = Client().get(address)
    assert shown.status_code == status
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert 'rel="canonical"' not in shown.content.decode()
    return address, html.unescape(shown.content.decode())


def failing(**_: object) -> NoReturn:
    raise DatabaseError("locked")


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize(
    ("status", "sent"),
    [(400, {"kind": ""}), (400, {"kind": "odd"}), (400, {"kind": "other", "text": " \n"}),
     (400, {"text": "word " * (MAX_TEXT // 5 + 1)}), (403, {"token": "old"})],
)  # fmt: skip
def test_a_form_that_is_not_taken_is_shown_again_with_what_was_typed(
    page: str, prefix: str, status: int, sent: dict[str, str]
) -> None:
    address, shown = refused(prefix + page, status, **sent)
    main = shown[shown.index("<main") :]
    assert 'role="alert"' in main and sent.get("text", TEXT) in main
    ticked = re.findall(r'name="kind" value="(\w+)" checked', main)
    assert ticked == [kind for kind in (sent.get("kind", "phone"),) if kind not in ("", "odd")]
    other = address[3:] if prefix else f"/es{address}"
    assert f'href="{other}"' in shown
    assert sent.get("text", TEXT) in html.unescape(Client().get(other).content.decode())
    assert not ListingReport.objects.exists()


def test_a_database_that_fails_and_a_full_day(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(report_page, "report_listing", failing)
        address, shown = refused(page, 503)
    assert "could not store your report" in shown and TEXT in shown
    assert Client().get(address).headers["Retry-After"] == "300"
    monkeypatch.setattr(actions, "MOST_A_DAY", 0)
    address, shown = refused(page, 429)
    assert "send it again tomorrow" in " ".join(shown.split()) and TEXT in shown
    assert Client().get(address).headers["Retry-After"] == "3600"


def test_the_form_that_is_shown_again_is_taken(page: str) -> None:
    _, shown = refused(page, 403, token="old")
    (token,) = re.findall(r'name="token" value="([^"]+)"', shown)
    (action,) = re.findall(r'<form method="post" action="([^"]+)"', shown)
    typed = {"token": token, "kind": "phone", "text": TEXT}
    sent = Client().post(action, typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert sent.status_code == 303 and sent.headers["Location"] == f"{page}?sent=yes"
    assert ListingReport.objects.get().text == TEXT


def test_of_the_time_to_wait_what_is_left_is_said(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_ten = RefusedForm(FormRefusal.MANY_FROM_ONE, "phone", TEXT, int(time.time()) + 600)
    address = f"{page}/on/{sealed_form(in_ten)}"
    soon = Client().get(address)
    assert soon.status_code == 429 and 590 <= int(soon.headers["Retry-After"]) <= 600
    assert "again in 10 minutes" in " ".join(soon.content.decode().split())
    monkeypatch.setattr(report_page.time, "time", lambda now=time.time: now() + 601)
    late = Client().get(address)
    assert late.status_code == 200 and "Retry-After" not in late
    text = html.unescape(late.content.decode())
    assert 'role="alert"' not in text and TEXT in text and 'rel="canonical"' not in text


def test_what_no_browser_sent_is_refused_and_nothing_of_it_is_shown(page: str) -> None:
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = Client().post(page, {"kind": "phone", "text": "CANARY"}, headers=headers)
        assert answer.status_code == 403 and "Location" not in answer
        assert "CANARY" not in answer.content.decode()
    number = page.replace("/report", "/number")
    assert Client().post(number, {"worked": "no"}).status_code == 403


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_an_address_that_opens_nothing_any_more_leads_on(
    page: str, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = refused(prefix + page, 400, kind="")
    monkeypatch.setattr(sealing, "HOURS", -1)
    late = Client().get(address)
    text = html.unescape(late.content.decode())
    assert late.status_code == 410 and TEXT not in text
    assert f'action="{prefix}{page}"' in text and 'role="alert"' in text
    number = prefix + page.replace("/report", "/number")
    answer = Client().get(f"{number}/on/{address.rpartition('/')[2]}")
    assert answer.headers["Location"] == number.removesuffix("/number")


def test_a_number_s_refusal_is_a_page_of_its_own(page: str) -> None:
    number = f"/es{page}".replace("/report", "/number")
    moved = BrowserClient().post(number, {"worked": "perhaps"})
    assert moved.status_code == 303
    assert re.fullmatch(rf"{number}/on/[\w-]+", moved.headers["Location"])
    assert Client().get(moved.headers["Location"]).status_code == 400


def test_every_form_of_the_length_that_can_be_typed_fits_and_a_longer_one_is_not_lost(
    page: str,
) -> None:
    """Also in a private search, which seals the address once more."""
    words = "".join(chr(33 + n * n % 93 + (n % 7) * 40) for n in range(MAX_TEXT))
    sealed = sealed_form(RefusedForm(FormRefusal.NO_KIND, "", words))
    assert sealed is not None and read_form(sealed).text == words
    private = sealed_address("", f"{page}/on/{sealed}", "")
    assert len(sealed) < LONGEST_ADDRESS and len(private) < LONGEST
    assert Client().get(private).status_code == 400
    long = "".join(chr(0x4E00 + n * n * 7919 % 20000) for n in range(6000))
    answer = BrowserClient().post(page, {"kind": "phone", "text": long})
    assert answer.status_code == 400 and long in answer.content.decode()


@pytest.mark.parametrize("odd", [[], 7, None, ["odd", "", "", 0], ["unchecked", "", "", "x"], {}])
def test_a_seal_of_an_earlier_version_of_the_pages_is_too_old(odd: object) -> None:
    with pytest.raises(Unreadable):
        read_form(seal("refused form", odd))
    with pytest.raises(Unreadable):
        read_form(seal("guide", ["unchecked", "", "", 0]))
