"""Asking the insurer at the public page: consent, one question, and nothing of it anywhere else."""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

import html5lib
import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from forms import Following
from waypost.design.live_words import refusals_words
from waypost.eligibility import live
from waypost.eligibility.live_settings import Secrets, settings_of
from waypost.eligibility.loopback import LoopbackPayer
from waypost.eligibility.loopback_acts import Act
from waypost.limits.limit import forget, shared_table
from waypost.serving.live_programs import LivePrograms
from waypost.serving.payers import the_live
from waypost.web.coverage.live_form import latin_name, read_people
from waypost.x12.answer import Rejection

pytestmark = [pytest.mark.usefixtures("data_dir"), pytest.mark.urls("whole_urls")]

PERSON = {
    "payer": "LOOP1",
    "first_name": "Dulcineaqq",
    "last_name": "Quixotezz",
    "month": "11",
    "day": "23",
    "year": "1987",
    "member_id": "canaryid 77q31",
    "who": "self",
    "consent": "yes",
}
CANARIES = ("quixotezz", "dulcineaqq", "canaryid77q31", "canaryid 77q31", "19871123", "1987-11-23")
CHECK = "Compare"  # of the one text for all that the person can mend


@pytest.fixture
def client() -> Client:
    """Sends forms as a browser does, and goes where they lead."""
    return Following()


@pytest.fixture
def ask_page(settings, snapshot, monkeypatch):
    """A page with live questions on: `ask_page(acts)` gives a client, the offline fields, payer."""
    site = next(s for s in map(snapshot.site, snapshot.current_ids()) if s.timezone)
    payers: list[LoopbackPayer] = []

    def start(*acts: Act, adapter: str = "core-soap"):
        payer = LoopbackPayer(acts or (Act.ANSWER,)).__enter__()
        payers.append(payer)
        path = "/stedi" if adapter == "stedi" else adapter.replace("core-", "/core/")
        program = {"site": site.id, "name": "EXAMPLE PROGRAM", "npi": "1234567893"}
        days = {"opted_in": date(2026, 3, 1), "associate_agreement": date(2026, 3, 1)}
        settings.WAYPOST_ELIGIBILITY = settings_of(
            {
                "adapter": adapter,
                "address": payer.url(path),
                "sender": "WAYPOST",
                "receiver": "LOOPBACK",
                "originator": "9WAYPOST00",
                "payers": {"LOOP1": "LOOPBACK PAYER", "DOWN1": "OTHER PAYER"},
                "programs": [program | days],
            },
            Secrets("u", "s"),
        )
        settings.WAYPOST_LIVE_URL = "http://testserver"  # a client goes from one to the other
        named = {site.id: "EXAMPLE PROGRAM"}
        monkeypatch.setattr(LivePrograms, "name_of", lambda _self, i: named.get(i, ""))
        return Following(), {"insurance": "marketplace", "care": "iop", "site": site.id}, payer

    yield start
    for payer in payers:
        payer.__exit__(None, None, None)


def whole(response) -> str:
    """The streamed page, valid HTML."""
    text = b"".join(response.streaming_content).decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return text


def test_where_it_is_off_nothing_is_offered_and_nothing_is_there(settings, snapshot):
    settings.WAYPOST_ELIGIBILITY = None
    client = Following()
    fields = {"insurance": "medicare", "care": "iop", "site": snapshot.current_ids()[0]}
    assert "Ask my insurer" not in client.post("/coverage/answer", fields).content.decode()
    for path in ("/coverage/live", "/coverage/live/answer"):
        page = client.post(path, fields | PERSON)
        assert "What we know about your coverage" in page.content.decode()
        assert "Quixotezz" not in page.content.decode()
        assert client.get(path).status_code == 302


def test_only_a_program_that_opted_in_offers_it(ask_page, snapshot):
    client, fields, payer = ask_page()
    assert "Ask my insurer" in client.post("/coverage/answer", fields).content.decode()
    others = [i for i in snapshot.current_ids()[:20] if i != fields["site"]]
    for other in ["", others[0], others[-1]]:
        sent = fields | {"site": other}
        assert "Ask my insurer" not in client.post("/coverage/answer", sent).content.decode()
        page = client.post("/coverage/live/answer", sent | PERSON)
        assert "What we know about your coverage" in page.content.decode()
    assert payer.questions == 0


@pytest.mark.parametrize("language", ["", "/es"])
def test_the_form_says_what_happens_and_is_valid(ask_page, language):
    client, fields, payer = ask_page()
    page = client.post(f"{language}/coverage/live", fields)
    text = page.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "EXAMPLE PROGRAM" in text
    assert not re.search(r'id="consent"[^>]*checked', text)
    for field in re.findall(r'<(?:input|select)[^>]*\bid="([^"]+)"', text):
        assert f'for="{field}"' in text or f'id="{field}" name="consent"' in text
    assert payer.questions == 0


@pytest.mark.parametrize("adapter", ["core-soap", "core-mime", "stedi"])
@pytest.mark.parametrize("language", ["", "/es"])
def test_the_insurers_answer_stands_beside_the_files(ask_page, adapter, language):
    client, fields, payer = ask_page(adapter=adapter)
    sent = fields | {"plan": "40220TX0080024-01", "state": "TX"} | PERSON
    response = client.post(f"{language}/coverage/live/answer", sent, HTTP_ACCEPT_ENCODING="gzip")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Content-Encoding" not in response.headers
    text = whole(response)
    assert payer.questions == 1
    assert "$1,250.50" in text and "$5,100" in text and "20%" in text
    assert "OFFICE VISIT ONLY" in text
    assert ("dentro de la red" if language else "in network") in text
    assert not response.cookies
    assert text.index('id="files"') < text.index('class="progress"') < text.index('id="said"')


def test_the_files_answer_is_shown_before_the_insurers_is_there(ask_page):
    client, fields, payer = ask_page(Act.DELAY)
    response = client.post("/coverage/live/answer", fields | PERSON)
    parts = iter(response.streaming_content)
    first = next(parts).decode()
    assert "Is this care covered?" in first
    assert "Asking the insurer." in next(parts).decode()
    payer.closing.set()
    assert b"No answer this time" in b"".join(parts)


def test_the_deductible_of_the_insurer_goes_into_the_estimate(ask_page):
    client, fields, _payer = ask_page()
    sent = fields | {"plan": "40220TX0080024-01", "state": "TX"} | PERSON
    text = whole(client.post("/coverage/live/answer", sent))
    # the price of a visit decides, so that only what the insurer leaves of the maximum is known
    assert "the course may cost you at most $5,100." in text
    without = whole(client.post("/coverage/live/answer", sent | {"plan": ""}))
    assert "the course may cost you" not in without


@pytest.mark.parametrize(
    "change",
    [
        {"consent": ""},
        {"consent": "on"},
        {"payer": ""},
        {"payer": "NOBODY"},
        {"first_name": ""},
        {"last_name": "Иванов"},
        {"last_name": "A*B~"},
        {"member_id": "A*B"},
        {"member_id": ""},
        {"month": "13"},
        {"day": "31", "month": "2"},
        {"year": "3000"},
        {"year": "0001"},
        {"year": "١٩٨٧"},
        {"who": "friend"},
        {"who": "child"},
    ],
)
def test_what_is_missing_is_said_and_nothing_is_asked(ask_page, change):
    client, fields, payer = ask_page()
    page = client.post("/coverage/live/answer", fields | PERSON | change)
    text = page.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert page.status_code == 400
    assert page.headers["Cache-Control"] == "private, no-store"
    for target in re.findall(r'<li><a href="#([^"]+)">', text.split("<main")[1]):
        assert f'id="{target}"' in text
    assert 'role="alert"' in text
    assert payer.questions == 0


def test_somebody_else_on_the_plan_is_asked_about(ask_page):
    client, fields, payer = ask_page()
    child = {"who": "child", "dep_first_name": "Sancho", "dep_last_name": "Quixotezz"}
    born = {"dep_month": "1", "dep_day": "2", "dep_year": "2010"}
    text = whole(client.post("/coverage/live/answer", fields | PERSON | child | born))
    assert payer.questions == 1  # the loopback payer names no dependent: not ours, thrown away
    assert "No answer this time" in text


@pytest.mark.parametrize("act", [Act.REJECT_72, Act.REJECT_75, Act.WRONG_MEMBER, Act.WRONG_TRACE])
def test_nobody_can_find_out_what_did_not_match(ask_page, act):
    client, fields, _payer = ask_page(act)
    text = whole(client.post("/coverage/live/answer", fields | PERSON))
    said = text[text.index('id="said"') : text.index("</section>", text.index('id="said"'))]
    assert refusals_words([Rejection("2100C", "72", "C", "N")])[0] in said
    client, fields, _payer = ask_page(Act.REJECT_72)
    other = whole(client.post("/coverage/live/answer", fields | PERSON))
    assert other[other.index('id="said"') :] == text[text.index('id="said"') :]
    assert not re.search(r"\bAAA\b|\b7[1235]\b", said)


@pytest.mark.parametrize(
    "act",
    [Act.DOWN_42, Act.DROP, Act.HTML, Act.GARBAGE, Act.CUT, Act.REDIRECT, Act.UNAUTHORIZED],
)
def test_no_answer_leaves_the_files_answer_standing(ask_page, act):
    client, fields, _payer = ask_page(act)
    text = whole(client.post("/coverage/live/answer", fields | PERSON))
    assert "No answer this time" in text
    assert "Is this care covered?" in text


def test_another_sites_page_cannot_ask(ask_page):
    client, fields, payer = ask_page()
    sent = client.post("/coverage/live/answer", fields | PERSON, HTTP_SEC_FETCH_SITE="cross-site")
    assert sent.status_code == 403 and "Nothing was done with it" in sent.content.decode()
    old = client.post("/coverage/live/answer", fields | PERSON | {"token": "made:up:x"})
    assert "where this form came from" in old.content.decode()
    assert PERSON["member_id"] in old.content.decode()  # nothing typed is lost
    assert payer.questions == 0


def test_who_asks_too_often_waits(ask_page, monkeypatch):
    forget()
    monkeypatch.setattr(live, "BY_MEMBER", 2)
    client, fields, payer = ask_page()
    pages = [whole(client.post("/coverage/live/answer", fields | PERSON)) for _ in range(3)]
    assert payer.questions == 2
    assert "asked too many times" in pages[-1]


@pytest.mark.parametrize(
    "act",
    [Act.ANSWER, Act.REJECT_75, Act.WRONG_MEMBER, Act.HTML, Act.DROP, Act.CUT, Act.UNAUTHORIZED],
)
def test_who_was_asked_about_is_written_nowhere(ask_page, act, data_dir, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = stamps(data_dir)
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    client, fields, payer = ask_page(act)
    try:
        with redirect_stdout(lines), redirect_stderr(lines):
            page = whole(client.post("/coverage/live/answer", fields | PERSON))
            client.post("/coverage/live/answer", fields | PERSON | {"consent": ""})
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert payer.questions == 1
    assert "request=<Request [b'POST']>" in lines.getvalue()  # so the network's log was caught
    for written in (
        lines.getvalue(),
        page,
        repr(the_live()),
        repr(all_that_stays_of(the_live())),
    ):
        assert [one for one in CANARIES if one in written.casefold()] == []
    assert list(tmp_path.rglob("*")) == []
    assert stamps(data_dir) == before


def stamps(folder: Path) -> dict[str, int]:
    return {str(p): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def all_that_stays_of(one) -> list[object]:
    """What the one live value of the process keeps between questions."""
    return [
        vars(one.breaker),
        one.by_address,
        one.by_member,
        shared_table()._memory[:],
        one.settings,
    ]


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from([*PERSON, "dep_last_name", "dep_year", "care", "insurance", "weeks_1"]),
        st.one_of(st.text(max_size=30), st.sampled_from(["self", "child", "yes", "1987", "iop"])),
    )
)
def test_anything_may_be_sent(ask_page, sent):
    client, fields, _payer = ask_page()
    response = client.post("/coverage/live/answer", fields | PERSON | sent)
    assert response.status_code in (200, 400)
    if response.streaming:
        b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Núñez", "NUNEZ"),
        ("  de la  Cruz ", "DE LA CRUZ"),
        ("O\u2019Brien", "O'BRIEN"),
        ("Ana-María", "ANA-MARIA"),
        ("Żółć", ""),
        ("王", ""),
        ("A1", ""),
    ],
)
def test_names_are_written_as_payers_take_them(typed, sent):
    assert latin_name(typed) == sent


@given(st.dictionaries(st.sampled_from([*PERSON, "dep_month", "dep_first_name"]), st.text()))
def test_people_are_read_or_the_fields_are_named(sent):
    people, problems = read_people(PERSON | sent, date(2026, 3, 1))
    assert (people is None) == bool(problems)
    assert "QUIXOTEZZ" not in repr(people)


def test_where_it_is_off_the_way_over_the_network_is_not_even_loaded():
    code = (
        "import django, sys; django.setup(); import waypost.config.urls; "
        "sys.exit(any(m.startswith(('httpx', 'waypost.eligibility')) for m in sys.modules))"
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith("WAYPOST_ELIGIBILITY")}
    env["DJANGO_SETTINGS_MODULE"] = "waypost.config.settings"
    assert (
        subprocess.run([sys.executable, "-c", code], env=env, check=False, timeout=120).returncode
        == 0
    )
