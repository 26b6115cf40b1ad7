"""The guide's result, its saved page, its tables: the answer first, private, small."""

from __future__ import annotations

import html
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from levels_of_care.guide_walk import BASE, CANARY, Page, press, send, text_of, words_of
from waypost.directory.facets import columns_for
from waypost.levels_of_care.guide.rules_file import the_guide


@pytest.fixture(autouse=True)
def _published(snapshot: Any) -> None:
    """The pages read a published snapshot."""


def test_save_gives_one_page_that_needs_nothing_else(client: Client) -> None:
    response = client.post("/guide/save", BASE | {"near": "78701", "page": 11})
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    text = text_of(response)
    assert "Intensive outpatient (IOP)" in text and "not a diagnosis" in text
    assert "<details" not in text and "What to ask at an assessment" in text
    addresses = Page(text).addresses
    assert all(a.startswith(("http://", "https://", "tel:", "sms:")) for a in addresses), addresses
    assert "<script" not in text and "<link" not in text
    assert "Nearest to" in text


RESULTS: list[dict[str, Any]] = [
    {},
    {"who": "other-adult"},
    {"who": "other-youth", "often": "weekly"},
    {"who": "self-older", "pregnant": None},
    {"suicide": "thoughts", "means": "unknown"},
    {"used": "opioid-street", "daily": "opioid-street", "problems": "several"},
    {"used": ["opioid-street", "benzo"], "daily": "opioid-street", "suicide": "thoughts",
     "means": "pills"},
    {"used": "alcohol", "daily": "alcohol", "drinks": "many", "between": "cannot"},
    {"home": "no-place", "problems": "several", "between": "cannot", "mind": "symptoms"},
    {"used": "alcohol", "daily": "alcohol", "drinks": "many", "withdrawal": "many",
     "checked": "yes"},
]  # fmt: skip


@pytest.mark.parametrize("answers", RESULTS)
def test_the_answer_comes_first_in_few_words(client: Client, answers: dict[str, Any]) -> None:
    """Level, next step today, what to say on the phone, programs near: 400 words before details."""
    text = text_of(send(client, go="result", **answers))
    words = words_of(text)
    assert len(words.split()) <= 400, len(words.split())
    heading = html.unescape(re.findall(r"<h1>(.*?)</h1>", text)[0])
    assert words.index(heading) < 60
    order = ["What to say on the phone", "Programs near you"]
    if "First, today" in words:
        order.insert(0, "First, today")
    assert [words.index(part) for part in order] == sorted(words.index(part) for part in order)


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        ({}, "Intensive outpatient (IOP)"),
        ({"problems": "several", "between": "cannot", "used": "stimulants", "daily": "none"},
         "Intensive outpatient (IOP) or Partial hospitalization or day treatment"),
        ({"home": "no-place", "problems": "remission", "daily": "none", "between": "managing"},
         "Outpatient with recovery housing"),
    ],
)  # fmt: skip
def test_the_heading_is_the_level(client: Client, answers: dict[str, str], heading: str) -> None:
    for text in (
        text_of(send(client, go="result", **answers)),
        text_of(client.post("/guide/save", {**BASE, **answers, "page": 11})),
    ):
        assert f"<h1>{heading}</h1>" in text and f"<title>{heading} · Waypost" in text


def test_the_hours_of_the_level_are_given_once(client: Client) -> None:
    assert words_of(text_of(send(client, go="result"))).count("9 to 19 hours a week") == 1


def test_thoughts_of_suicide_put_988_before_anything_else(client: Client) -> None:
    for answers in ({"suicide": "thoughts"}, {"suicide": "unknown"}, {"suicide": "past"}):
        page = text_of(send(client, go="result", means="unknown", **answers))
        main = page[page.index("<main") :]
        assert main.index('href="tel:988"') < main.index('class="verdict')
        assert 'href="sms:988"' in main and "Guns, pills" in main


def test_every_result_shows_911_and_988_in_its_main_part(client: Client) -> None:
    for answers in RESULTS:
        text = text_of(send(client, go="result", **answers))
        main = text[text.index("<main") : text.index("</main>")]
        assert {"tel:911", "tel:988"} <= set(Page(main).addresses), answers


def test_saving_never_passes_by_an_exit(client: Client) -> None:
    response = client.post("/guide/save", BASE | {"now": "seizure", "page": 11})
    assert response.status_code == 303
    assert "Call 911 now" in text_of(client.get(response.headers["Location"]))
    assert client.get("/guide/save").status_code == 405


def test_the_search_form_carries_a_need_and_no_answer(client: Client) -> None:
    answers = {"used": "opioid-street", "daily": "none", "life": ["children", "travel"]}
    text = text_of(send(client, go="result", **answers))
    form = next(f for f in Page(text).forms if f["method"] == "get" and f["to"] == "/find")
    assert set(form["fields"]) <= {
        "level", "near", "medication", "practical", "telehealth", "group", "payment"
    }  # fmt: skip
    assert form["fields"]["level"] == ["iop"]
    assert 'name="practical" value="child-care" checked' in text
    assert 'name="medication" value="methadone">' in text  # offered, never ticked for anyone
    mind = text_of(send(client, go="result", mind="symptoms"))
    assert not re.search(r'name="(group|medication)" value="[a-z-]+" checked', mind)


@pytest.mark.parametrize(
    ("who", "age"),
    [("self-older", "seniors"), ("other-youth", "children"), ("self-adult", "adults")],
)
def test_places_are_those_for_the_age(client: Client, who: str, age: str, snapshot: Any) -> None:
    answers = {"who": who, "often": "weekly", "near": "78701"}
    answers |= {"pregnant": None} if who == "self-older" else {}
    text = text_of(send(client, go="result", **answers))
    ids = re.findall(r'href="/site/([^"]+)"', text)
    assert ids
    for site_id in ids:
        columns = columns_for(snapshot.site(site_id).codes)
        assert {f"age:{age}", "age:young-adults"} & set(columns) or age != "adults"
        assert f"age:{age}" in columns or age == "adults", site_id


def test_nearest_withdrawal_care_is_shown_for_a_place_and_age(client: Client) -> None:
    heavy = {"used": "alcohol", "daily": "alcohol", "drinks": "many", "withdrawal": "many"}
    exit_page = send(client, page=6, **heavy)
    text = text_of(press(client, exit_page, go="near", near="78701"))
    assert "Nearest to" in text and 'href="tel:+1' in text and 'href="/site/' in text
    assert "level=withdrawal-inpatient" in text and "age=adults" in text
    unknown = text_of(press(client, exit_page, go="near", near="qqqxyz"))
    assert "We know no place called “qqqxyz”" in unknown


@pytest.mark.parametrize(
    ("place", "must"),
    [
        ("99723", "Samuel Simmonds Memorial Hospital"),
        ("46202", "so we name none"),
        ("Texas", "A ZIP code or a town is needed"),
        ("qqqxyz", "We know no place called “qqqxyz”"),
    ],
)
def test_a_crisis_names_a_hospital_or_none_and_never_a_program(
    client: Client, place: str, must: str
) -> None:
    exit_page = send(client, page=2, suicide="plan")
    text = html.unescape(text_of(press(client, exit_page, go="near", near=place)))
    assert must in text and 'href="/site/' not in text
    assert "tel:911" in text and "tel:988" in text


WAYS = [
    {"go": "next", "page": 3},
    {"go": "back", "page": 5},
    {"go": "result"},
    {"go": "result", "to": "/es/guide"},
    {"suicide": "plan", "page": 2},
    {"used": "kratom", "daily": "kratom", "page": 6, "go": "near"},
]


@pytest.mark.parametrize("way", WAYS)
def test_no_answer_is_in_an_address_a_log_a_cookie_or_a_cache(
    client: Client, way: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """No database mark: a single query would fail the test, so nothing can be stored."""
    with caplog.at_level(logging.DEBUG):
        response = send(client, near=CANARY, home="no-place", prior="weekly", **way)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in response.headers and not client.cookies
    page = Page(text_of(response))
    private = {c.id for q in the_guide().questions for c in q.choices if "-" in c.id}
    private |= {"unsafe", "weekly", "Canary", "kratom"}
    for address in page.addresses:
        assert not [word for word in private if word in address and "#" not in address], address
    ours = [r for r in caplog.records if not r.name.startswith("asyncio")]
    logged = " ".join(f"{r.getMessage()} {r.args}" for r in ours)
    assert not [word for word in private if word in logged]


def test_the_guide_in_spanish_says_that_it_waits_for_a_reviewer(client: Client) -> None:
    text = text_of(client.get("/es/guide"))
    assert "¿Para quién es?" in text and 'action="/es/guide"' in text
    crisis = html.unescape(text_of(send(client, to="/es/guide", page=2, suicide="plan")))
    assert "tan cerca de actuar" in crisis and "Hable con alguien ahora" in crisis
    result = text_of(send(client, to="/es/guide", go="result"))
    assert "Ambulatorio intensivo (IOP)" in result and "no un diagnóstico" in result


def test_the_rule_table_shows_every_rule_with_source_and_status(client: Client) -> None:
    text = html.unescape(text_of(client.get("/guide/rules")))
    for rule in the_guide().rules():
        assert rule.words.words.en in text and rule.when.text() in text, rule.id
    for step in the_guide().safety.steps:
        assert step.words.words.en in text, step.id
    assert text.count("not yet reviewed") == sum(1 for _ in the_guide().rules())
    assert "not clinically validated" in text


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("table.csv", "level-of-care-table.csv"),
        ("young.csv", "level-of-care-young.csv"),
        ("substances.csv", "level-of-care-substances.csv"),
        ("exits.csv", "level-of-care-exits.csv"),
        ("sheet.md", "level-of-care-sheet.md"),
    ],
)
def test_the_tables_can_be_taken_home(client: Client, address: str, name: str) -> None:
    response = client.get(f"/guide/{address}")
    assert name in response.headers["Content-Disposition"]
    reference = Path(__file__).parents[2] / "docs" / "reference" / name
    assert response.content.decode() == reference.read_text("utf-8")


def test_pages_stay_small(client: Client) -> None:
    for response in (client.get("/guide"), send(client, go="result", near="78701")):
        assert len(response.content) < 60_000
