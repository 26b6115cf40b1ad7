"""The guide's result, its saved page, its tables: safe first, private, small."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from levels_of_care.guide_walk import CANARY, Page, send, text_of
from waypost.levels_of_care.guide.rules_file import the_guide


@pytest.fixture(autouse=True)
def _published(snapshot: Any) -> None:
    """The pages read a published snapshot."""


def test_save_gives_one_page_that_needs_nothing_else(client: Client) -> None:
    response = send(client, to="/guide/save", go="result", near="78701", withdrawal="mild")
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    text = text_of(response)
    assert "Intensive outpatient (IOP)" in text and "not a diagnosis" in text
    addresses = Page(text).addresses
    assert all(a.startswith(("http://", "https://")) for a in addresses), addresses
    assert "<script" not in text and "<link" not in text
    assert "Nearest to" in text


def test_thoughts_of_suicide_put_988_before_anything_else(client: Client) -> None:
    for told in ({"suicide": "thoughts"}, {"suicide": "unknown"}, {"mind": "unsafe"}):
        page = text_of(send(client, go="result", **told))
        main = page[page.index("<main") :]
        first = main.index('href="tel:988"')
        assert first < main.index('href="#look"') and first < main.index('class="verdict')
        assert 'href="sms:988"' in main


@pytest.mark.parametrize("to", ["/guide", "/guide/save"])
def test_whether_it_is_safe_to_stop_stands_above_programs_and_levels(
    client: Client, to: str
) -> None:
    page = text_of(send(client, to=to, go="result", withdrawal="mild"))
    main = page[page.index("<main") :]
    first = main.index("First: is it safe to stop?")
    assert main.count("First: is it safe to stop?") == 1
    assert first < main.index('class="verdict')
    assert to != "/guide" or first < main.index('href="#look"')
    assert "is it safe to stop" not in text_of(send(client, to=to, go="result"))


@pytest.mark.parametrize(
    ("told", "heading"),
    [
        ({}, "A level to talk about"),
        ({"between": "cannot"}, "Levels to talk about"),
        ({"who": "self-youth"}, "Care for someone under 18"),
    ],
)
def test_the_heading_and_the_title_count_the_levels(
    client: Client, told: dict[str, str], heading: str
) -> None:
    for to in ("/guide", "/guide/save"):
        text = text_of(send(client, to=to, go="result", **told))
        assert f"<h1>{heading}</h1>" in text and f"<title>{heading} · Waypost" in text


def test_the_hours_of_the_level_are_told_once(client: Client) -> None:
    text = text_of(send(client, go="result"))
    assert text.count("9 to 19 hours a week") == 1 and "Nine or more hours" not in text


def test_saving_never_passes_by_an_exit(client: Client) -> None:
    response = send(client, to="/guide/save", now="seizure")
    assert "Call 911 now" in text_of(response)
    assert "Content-Disposition" not in response.headers
    assert client.get("/guide/save").status_code == 405


def test_the_search_form_carries_a_need_and_no_answer(client: Client) -> None:
    text = text_of(send(client, go="result", substances="opioids", life=["children", "travel"]))
    form = next(f for f in Page(text).forms if f["method"] == "get" and f["to"] == "/find")
    assert set(form["fields"]) <= {
        "level", "near", "medication", "practical", "telehealth", "group", "payment"
    }  # fmt: skip
    assert form["fields"]["level"] == ["iop"]
    assert 'name="practical" value="child-care" checked' in text
    assert 'name="medication" value="methadone">' in text  # offered, never ticked for anyone
    mind = text_of(send(client, go="result", mind="symptoms", pregnant="yes"))
    assert not re.search(r'name="(group|medication)" value="[a-z-]+" checked', mind)


def test_nearest_withdrawal_care_and_hospitals_are_shown_for_a_place(client: Client) -> None:
    text = text_of(send(client, page=3, go="near", substances="alcohol-heavy", near="78701"))
    assert "Nearest to" in text and 'href="tel:+1' in text and 'href="/site/' in text
    unknown = text_of(send(client, page=3, go="near", substances="alcohol-heavy", near="qqqxyz"))
    assert "We do not know that place" in unknown
    result = text_of(send(client, go="result", withdrawal="mild", near="78701"))
    assert "Withdrawal care nearest to" in result


WAYS = [
    {"go": "next", "page": 3},
    {"go": "back", "page": 5},
    {"go": "result"},
    {"go": "result", "to": "/es/guide"},
    {"to": "/guide/save", "go": "result"},
    {"suicide": "danger", "page": 2},
    {"substances": "alcohol-heavy", "page": 3, "go": "near"},
]


@pytest.mark.parametrize("way", WAYS)
def test_no_answer_is_in_an_address_a_log_a_cookie_or_a_cache(
    client: Client, way: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """No database mark: a single query would fail the test, so nothing can be stored."""
    with caplog.at_level(logging.DEBUG):
        response = send(client, near=CANARY, home="mixed", prior="weekly", **way)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers and not client.cookies
    page = Page(text_of(response))
    private = {c.id for q in the_guide().questions for c in q.choices if "-" in c.id}
    private |= {"mixed", "unsafe", "weekly", "Canary"}
    for address in page.addresses:
        assert not [word for word in private if word in address and "#" not in address], address
    ours = [r for r in caplog.records if not r.name.startswith("asyncio")]
    logged = " ".join(f"{r.getMessage()} {r.args}" for r in ours)
    assert not [word for word in private if word in logged]


def test_the_guide_in_spanish_says_that_it_waits_for_a_reviewer(client: Client) -> None:
    text = text_of(client.get("/es/guide"))
    assert "¿Para quién es esto?" in text
    assert 'action="/es/guide"' in text
    crisis = text_of(send(client, to="/es/guide", page=2, suicide="danger"))
    assert "Un plan, el deseo de actuar" in crisis
    result = text_of(send(client, to="/es/guide", go="result"))
    assert "Ambulatorio intensivo (IOP)" in result and "no es un diagnóstico" in result.replace(
        "no un diagnóstico", "no es un diagnóstico"
    )


def test_the_rule_table_shows_every_rule_with_source_and_status(client: Client) -> None:
    text = text_of(client.get("/guide/rules"))
    for rule in the_guide().rules():
        assert rule.words.en.replace("'", "&#39;") in text, rule.id
    assert text.count("not yet reviewed") == sum(1 for _ in the_guide().rules())
    assert "not clinically validated" in text
    assert len(text.encode()) < 60_000


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("table.csv", "level-of-care-table.csv"),
        ("exits.csv", "level-of-care-exits.csv"),
        ("sheet.md", "level-of-care-sheet.md"),
    ],
)
def test_the_tables_can_be_taken_home(client: Client, address: str, name: str) -> None:
    response = client.get(f"/guide/{address}")
    assert name in response.headers["Content-Disposition"]
    reference = Path(__file__).parents[2] / "docs" / "reference" / name
    assert text_of(response) == reference.read_text("utf-8")


def test_pages_stay_small(client: Client) -> None:
    for response in (client.get("/guide"), send(client, go="result", near="78701")):
        assert len(response.content) < 60_000
