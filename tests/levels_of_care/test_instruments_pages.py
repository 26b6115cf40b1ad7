"""The check-ups on the web: form, result, safety page; nothing stored, nothing lost."""

from __future__ import annotations

import html
import json
import re
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from forms import Following
from waypost.levels_of_care.instruments.instrument import Scoring
from waypost.levels_of_care.instruments.load import load_instruments
from waypost.levels_of_care.instruments.score import score
from waypost.web import frame
from waypost.web.week.urls import pages

FREE = load_instruments()
ALL = load_instruments(noncommercial=True)
PHQ9 = {f"phq-9-{n}": "several-days" for n in range(1, 9)} | {"phq-9-9": "not-at-all"}
LANGUAGES = ["", "/es"]


def only_these_pages() -> ModuleType:
    urls = ModuleType("only_these_pages")
    urls.__dict__["urlpatterns"] = [*pages, path("es/", include(pages))]
    urls.__dict__["handler404"] = "waypost.web.errors.not_found"
    return urls


@pytest.fixture
def client(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Following:
    """A browser: a form that was sent shows the page that its redirect names."""
    settings.ROOT_URLCONF = only_these_pages()
    monkeypatch.setattr(frame, "snapshot_of", lambda request: SimpleNamespace(version="0" * 64))
    return Following()


def lowest(name: str) -> dict[str, str]:
    met: set[str] = set()
    found = {}
    for item in ALL[name].items:
        if item.alternative and item.alternative in met:
            continue
        met.add(item.alternative)
        found[item.id] = item.choices[0].code
    return found


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())  # however the template breaks its lines


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_list_names_every_free_check_up_and_no_other(client: Client, prefix: str) -> None:
    page = text_of(client.get(f"{prefix}/check-ups"))
    assert re.findall(rf'href="{prefix}/check-ups/([a-z0-9-]+)"', page) == list(FREE)


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize("name", list(FREE))
def test_a_form_shows_every_item_in_the_words_of_the_language(
    client: Client, prefix: str, name: str
) -> None:
    response = client.get(f"{prefix}/check-ups/{name}")
    page = text_of(response)
    assert response.status_code == 200
    assert page.count("<h1") == 1
    for item in FREE[name].items:
        words = item.words.es if prefix else item.words.en
        assert words.split("“")[0][:40].replace("'", "&#39;") in page
        assert page.count(f'name="{item.id}"') >= len(item.choices)


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize("name", list(FREE))
def test_the_result_is_the_engines(client: Client, prefix: str, name: str) -> None:
    answers = lowest(name)
    response = client.post(f"{prefix}/check-ups/{name}", answers)
    band = score(FREE[name], answers).band
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert (band.label.es if prefix else band.label.en) in text_of(response)


@pytest.mark.parametrize("number", range(28))
def test_every_phq_9_total_is_shown_with_its_band(client: Client, number: int) -> None:
    answers, left = {}, number
    for n in range(1, 10):
        points = min(3, left) if n < 9 else left
        left -= points
        answers[f"phq-9-{n}"] = FREE["phq-9"].items[0].choices[points].code
    page = text_of(client.post("/check-ups/phq-9", answers))
    assert f"{number} of 27 points" in page
    assert score(FREE["phq-9"], answers).band.label.en in page


def answers_of(name: str, total: int) -> dict[str, str]:
    """Complete answers of one check-up that come to ``total``, the last items first."""
    instrument, answers, left = ALL[name], {}, total
    for item in reversed([i for i in instrument.items if i.id in lowest(name)]):
        most = left if instrument.scoring is Scoring.SUM or not left else 1
        choice = max((c for c in item.choices if c.score <= most), key=lambda c: c.score)
        answers[item.id] = choice.code if item.scored else item.choices[0].code
        left -= choice.score if item.scored else 0
    assert left == 0
    return answers


@pytest.mark.parametrize("name", list(ALL))
def test_every_total_is_the_same_on_the_web_and_in_python(
    client: Client, settings: Any, name: str
) -> None:
    settings.WAYPOST_NONCOMMERCIAL_INSTRUMENTS = True
    for total in range(ALL[name].highest_total + 1):
        answers = answers_of(name, total)
        found = score(ALL[name], answers)
        assert found.total == total
        for prefix in LANGUAGES:
            page = html.unescape(text_of(client.post(f"{prefix}/check-ups/{name}", answers)))
            numbers = rf"\b{total} (of|de) {found.highest}\b"
            assert re.search(numbers, page), (name, total)
            assert (found.band.label.es if prefix else found.band.label.en) in page


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize("code", ["several-days", "more-than-half", "nearly-every-day"])
@pytest.mark.parametrize("complete", [True, False])
def test_item_9_leads_to_the_safety_page_at_once(
    client: Client, prefix: str, code: str, complete: bool
) -> None:
    answers = (PHQ9 if complete else {}) | {"phq-9-9": code}
    response = client.post(f"{prefix}/check-ups/phq-9", answers)
    page = text_of(response)
    main = page[page.index("<main") : page.index("</main>")]
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    for link in ('href="tel:911"', 'href="tel:988"', 'href="sms:988"'):
        assert link in main
    assert 'class="danger"' in main
    for way_on in ("/find", "/guide", "/check-ups"):
        assert f'href="{prefix}{way_on}' not in main


def test_item_9_comes_first_even_beside_nonsense(client: Client) -> None:
    answers = {"phq-9-9": "several-days", "phq-9-1": "nonsense"}
    assert 'href="sms:988"' in text_of(client.post("/check-ups/phq-9", answers))


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_what_was_answered_is_not_lost(client: Client, prefix: str) -> None:
    answers = {k: v for k, v in PHQ9.items() if k != "phq-9-4"}
    response = client.post(f"{prefix}/check-ups/phq-9", answers)
    page = text_of(response)
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "private, no-store"
    assert 'href="#phq-9-4"' in page
    assert page.count(" checked>") == len(answers)


NONSENSE = ["NaN", "1e309", "\x00", "3", "x" * 5000, "<script>alert(1)</script>", "not at all"]


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize("name", list(FREE))
def test_nonsense_is_refused_in_words(client: Client, name: str, value: str) -> None:
    first = FREE[name].items[0].id
    response = client.post(f"/check-ups/{name}", lowest(name) | {first: value})
    page = text_of(response)
    assert response.status_code == 400
    assert "That is not one of the answers." in page
    assert "<script>alert" not in page


def test_fields_of_no_item_are_not_looked_at(client: Client) -> None:
    response = client.post(
        "/check-ups/phq-2", lowest("phq-2") | {"name": "Xanthippe", "gad-7-1": "x"}
    )
    assert response.status_code == 200
    assert "Xanthippe" not in text_of(response)


def test_answers_in_the_address_are_not_read(client: Client) -> None:
    page = text_of(client.get("/check-ups/phq-9?phq-9-9=nearly-every-day"))
    assert " checked>" not in page


@pytest.mark.parametrize("name", ["nothing", "phq-9\x00", "%2e%2e", "audit", "dast-10", "x" * 4000])
def test_what_is_not_offered_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/check-ups/{name}").status_code == 404
    assert client.post(f"/check-ups/{name}").status_code == 404
    assert client.post(f"/check-ups/{name}/response.json").status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/check-ups/phq-9").status_code == 405


@pytest.mark.parametrize("name", ["audit", "dast-10"])
def test_an_operator_may_turn_the_pack_on_and_its_notice_is_shown(
    client: Client, settings: Any, name: str
) -> None:
    settings.WAYPOST_NONCOMMERCIAL_INSTRUMENTS = True
    assert f"/check-ups/{name}" in text_of(client.get("/check-ups"))
    for page in (client.get(f"/check-ups/{name}"), client.post(f"/check-ups/{name}", lowest(name))):
        assert page.status_code == 200
        assert "may not be used commercially" in text_of(page)
        assert "©" in text_of(page)


def test_the_pack_in_spanish_says_that_it_is_in_english(client: Client, settings: Any) -> None:
    settings.WAYPOST_NONCOMMERCIAL_INSTRUMENTS = True
    page = text_of(client.get("/es/check-ups/audit"))
    assert page.count('<fieldset class="question" id="audit-1" tabindex="-1" lang="en"') == 1


@pytest.mark.parametrize("name", list(FREE))
def test_software_reads_the_form_and_the_answers(client: Client, name: str) -> None:
    form = client.get(f"/check-ups/{name}/questionnaire.json")
    Questionnaire.model_validate_json(form.content)
    answers = client.post(f"/check-ups/{name}/response.json", lowest(name))
    QuestionnaireResponse.model_validate_json(answers.content)
    assert answers.headers["Cache-Control"] == "private, no-store"
    assert len(json.loads(answers.content)["item"]) == len(lowest(name))


def test_release_5_by_request_and_no_other(client: Client) -> None:
    five = client.get("/check-ups/phq-2/questionnaire.json?fhir=R5").json()
    assert {row["type"] for row in five["item"]} == {"coding"}
    for text in ("R6", "", "\x00", "NaN"):
        assert client.get(f"/check-ups/phq-2/questionnaire.json?fhir={text}").status_code == 400


def test_an_unfinished_file_leads_back_to_the_form(client: Client) -> None:
    response = client.post("/check-ups/phq-2/response.json", {"phq-2-1": "not-at-all"})
    assert response.status_code == 400
    assert 'href="#phq-2-2"' in text_of(response)


def test_answers_are_neither_logged_nor_written_nor_sent_back_in_a_header(
    client: Client, caplog: pytest.LogCaptureFixture, tmp_path: Any, settings: Any
) -> None:
    """The test has no database: a query would fail it. Nothing appears in the data folder."""
    settings.WAYPOST_DATA_DIR = tmp_path
    with caplog.at_level("DEBUG"):
        for answers in (PHQ9, PHQ9 | {"phq-9-9": "several-days"}, {"phq-9-1": "several-days"}):
            moved = Client().post("/check-ups/phq-9", answers)
            shown = client.get(moved.headers["Location"])
            for response in (moved, shown):
                assert "several-days" not in str(response.headers)
    assert "several-days" not in caplog.text
    assert list(tmp_path.iterdir()) == []
