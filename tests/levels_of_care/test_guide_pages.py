"""The guide's pages: exits at once, nothing lost, and no answer anywhere but in the form."""

from __future__ import annotations

import logging
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from waypost.directory.facets import COLUMNS
from waypost.levels_of_care.guide import the_guide
from waypost.levels_of_care.rule import ExitKind
from waypost.web.guide_words import exit_words

BASE: dict[str, Any] = {
    "who": "self-adult", "now": "none", "suicide": "no-thoughts", "substances": "cannabis",
    "withdrawal": "nothing", "pregnant": "no", "body": "stable", "overdose": "none", "use": "most",
    "mind": "steady", "home": "safe", "between": "returning", "prior": "no-treatment",
    "life": "none",
}  # fmt: skip
CANARY = "Canary Falls 98765"


class _Page(HTMLParser):
    """The addresses, fields and headings of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.headings = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.addresses += [found[name] or "" for name in ("href", "src", "action") if name in found]
        if tag == "h1":
            self.headings += 1
        if tag == "form":
            self.forms.append({"method": found.get("method"), "to": found["action"], "fields": {}})
        if tag in ("input", "button") and found.get("name") and self.forms:
            name, value = str(found["name"]), found.get("value") or ""
            self.forms[-1]["fields"].setdefault(name, []).append(value)


@pytest.fixture(autouse=True)
def _published(snapshot: Any) -> None:
    """The pages read a published snapshot."""


def _send(
    client: Client, page: int = 99, go: str = "next", to: str = "/guide", **answers: Any
) -> Any:
    kept = {name: value for name, value in (BASE | answers).items() if value is not None}
    return client.post(to, kept | {"page": page, "go": go})


def _text(response: HttpResponse) -> str:
    return response.content.decode()


def _walk(client: Client, answers: dict[str, Any]) -> tuple[list[str], HttpResponse]:
    """Answer page after page, as a person does; the headings seen and the last page."""
    response, seen = client.get("/guide"), []
    for _ in range(12):
        page = _Page(_text(response))
        seen.append(re.findall(r"<h1[^>]*>(.*?)</h1>", _text(response))[0])
        form = next((f for f in page.forms if "next" in f["fields"].get("go", ())), None)
        if form is None:
            break
        sent = {n: v for n, v in form["fields"].items() if n != "go"}
        sent |= {n: v for n, v in answers.items() if n in form["fields"]}
        response = client.post("/guide", sent | {"go": "next"})
    return seen, response


def test_a_person_walks_from_the_first_page_to_the_summary_and_the_result(client: Client) -> None:
    seen, summary = _walk(client, BASE)
    assert len(seen) == 9
    assert seen[-1] == "Your answers, before the suggestion"
    fields = _Page(_text(summary)).forms[-1]["fields"]
    for name, value in BASE.items():
        assert fields[name] == [value]
    result = _send(client, go="result")
    assert result.status_code == 200
    text = _text(result)
    assert "Intensive outpatient (IOP)" in text
    assert "You answered: “Use comes back, even with help each week”" in text
    assert "If home were not a safe place to stay" in text
    for always in ("not a diagnosis", "not clinically validated", "registered mark", "988", "911"):
        assert always in text
    assert "No clinician has signed this table yet." in text
    assert _Page(text).headings == 1


@pytest.mark.parametrize(
    ("answers", "heading", "must"),
    [
        ({"now": "not-waking"}, "Call 911 now", "naloxone"),
        ({"now": "seizure"}, "Call 911 now", "dangerous withdrawal"),
        ({"now": "body-emergency"}, "Call 911 now", "heart attack"),
        ({"now": "swallowed"}, "Call Poison Help now", "1-800-222-1222"),
        ({"suicide": "danger"}, "Please talk with someone now", "Call or text 988"),
        ({"substances": "alcohol-heavy"}, "Stopping suddenly can be dangerous", "Heavy drinking"),
        ({"substances": "benzo-most"}, "Stopping suddenly can be dangerous", "prescriber"),
        ({"substances": "opioids", "pregnant": "yes"}, "Please see a doctor today", "Methadone"),
    ],
)
def test_an_exit_interrupts_at_once_and_never_ends_in_an_iop(
    client: Client, answers: dict[str, str], heading: str, must: str
) -> None:
    seen, response = _walk(client, BASE | answers)
    text = _text(response)
    main = text[text.index("<main") : text.index("</main>")]
    assert heading in seen[-1] and must in main
    asked = next(q.page for q in the_guide().questions if q.id == list(answers)[-1])
    assert len(seen) == asked + 1
    assert {"tel:911", "tel:988", "sms:988"} <= set(_Page(main).addresses)
    assert "IOP" not in main and "ntensive outpatient" not in main
    assert "level=iop" not in main
    assert _Page(text).headings == 1


WITHDRAWAL_SEARCH = "/find?level=withdrawal-inpatient&level=withdrawal-residential&within=nearest"


@pytest.mark.parametrize(
    ("told", "calls"),
    [
        (
            {"substances": "alcohol-heavy"},
            ["tel:911", WITHDRAWAL_SEARCH, "tel:18006624357", "tel:988", "sms:988"],
        ),
        ({"suicide": "danger"}, ["tel:988", "sms:988", "tel:911"]),
        ({"now": "seizure"}, ["tel:911", "tel:988", "sms:988"]),
    ],
)
def test_the_buttons_of_an_exit_follow_its_steps(
    client: Client, told: dict[str, str], calls: list[str]
) -> None:
    text = _text(_send(client, page=3, **told))
    buttons = text[text.index('<p class="calls">') : text.index("<ol>")]
    assert _Page(buttons).addresses == calls
    assert client.get(WITHDRAWAL_SEARCH).status_code == 200


def test_a_withdrawal_exit_goes_on_only_once_a_clinician_has_checked(client: Client) -> None:
    exit_page = _send(client, page=3, substances="alcohol-heavy")
    assert 'name="go" value="checked"' in _text(exit_page)
    on = _send(client, page=3, go="checked", substances="alcohol-heavy")
    assert "Your answers" in _text(on)
    result = _text(_send(client, go="result", substances="alcohol-heavy", checked="yes"))
    assert "Follow what the clinician who checked said" in result
    crisis = _text(_send(client, page=2, suicide="danger", substances="alcohol-heavy"))
    assert 'value="checked"' not in crisis
    still = _text(_send(client, go="result", suicide="danger", checked="yes"))
    assert "Please talk with someone now" in still


def test_a_check_is_asked_for_again_when_a_new_danger_comes_up(client: Client) -> None:
    told = {"substances": ["alcohol-heavy", "opioids"], "checked": "yes"}
    pregnant = _text(_send(client, page=4, pregnant="yes", **told))
    assert "Please see a doctor today" in pregnant and 'name="checked"' not in pregnant
    agreed = _text(_send(client, page=4, go="checked", pregnant="yes", **told))
    assert "Your answers" in agreed and 'name="checked" value="yes"' in agreed
    same = _text(_send(client, page=4, pregnant="no", **told))
    assert "Your answers" in same


def test_who_asks_for_another_is_spoken_to(client: Client) -> None:
    text = _text(_send(client, page=3, who="other-adult", substances="alcohol-heavy"))
    assert "Do not leave them alone" in text
    question = _text(_send(client, page=5, go="back", who="other-adult"))
    assert "Are they pregnant, or could they be?" in question


def test_the_answers_come_along_into_the_other_language(client: Client) -> None:
    page = _Page(_text(_send(client, go="result")))
    form = next(f for f in page.forms if f["to"] == "/es/guide")
    spanish = client.post("/es/guide", form["fields"])
    assert "Ambulatorio intensivo (IOP)" in _text(spanish)


@pytest.mark.parametrize("kind", list(ExitKind))
@pytest.mark.parametrize("other", [True, False])
def test_every_exit_names_where_its_steps_come_from(kind: ExitKind, other: bool) -> None:
    words = exit_words(kind, other=other)
    assert words.sources and set(words.sources) <= set(the_guide().sources)
    assert {f"level:{name}" for name in words.near_levels} <= set(COLUMNS["level"])


def test_back_keeps_what_was_chosen(client: Client) -> None:
    response = _send(client, page=5, go="back", home="mixed")
    page = _Page(_text(response)).forms[-1]
    assert "The body" in _text(response)
    assert page["fields"]["home"] == ["mixed"] and page["fields"]["use"] == ["most"]
    assert re.search(r'name="body" value="stable" checked', _text(response))


def test_an_answer_can_be_changed_from_the_summary_and_nothing_else_is_lost(client: Client) -> None:
    change = _send(client, go="change-6")
    assert re.search(r'name="home" value="safe" checked', _text(change))
    after = _send(client, page=6, home="unsafe")
    assert "Your answers" in _text(after)
    assert "Not safe, no steady place" in _text(after)


def test_a_page_without_an_answer_asks_again(client: Client) -> None:
    response = _send(client, page=4, body=None)
    assert response.status_code == 422
    assert "Please choose an answer" in _text(response)
    assert re.search(r'name="pregnant" value="no" checked', _text(response))


@pytest.mark.parametrize(
    ("page", "told", "words"),
    [
        (3, {"substances": ["opioids", "none"]}, "and “Nothing in the last month”. Untick one."),
        (5, {"overdose": ["none", "unknown"]}, "“I do not know”. Untick one."),
        (5, {"overdose": ["release", "none"]}, "and “None of these”. Untick one."),
        (8, {"life": ["children", "none"]}, "You ticked both “Children to look after” and"),
    ],
)
def test_nothing_ticked_beside_something_is_asked_about_and_nothing_is_lost(
    client: Client, page: int, told: dict[str, list[str]], words: str
) -> None:
    response = _send(client, page=page, **told)
    text = _text(response)
    assert response.status_code == 422 and words in text
    for name, values in told.items():
        for value in values:
            assert re.search(rf'name="{name}" value="{value}" checked', text)
    fields = _Page(text).forms[0]["fields"]
    assert set(BASE) <= set(fields)
    [(name, values)] = told.items()
    assert _send(client, page=page, **{name: values[0]}).status_code == 200


@pytest.mark.parametrize(
    ("page", "told", "heading"),
    [
        (2, {"now": ["seizure", "none"]}, "Call 911 now"),
        (2, {"now": ["swallowed", "none"]}, "Call Poison Help now"),
        (3, {"substances": ["alcohol-heavy", "none"]}, "Stopping suddenly can be dangerous"),
        (3, {"substances": ["none", "unknown"]}, "Stopping suddenly can be dangerous"),
    ],
)
def test_a_danger_ticked_beside_none_of_these_still_exits_at_once(
    client: Client, page: int, told: dict[str, list[str]], heading: str
) -> None:
    response = _send(client, page=page, **told)
    assert response.status_code == 200 and f">{heading}" in _text(response)
    assert "Untick one" not in _text(response)


def test_going_back_is_never_stopped_by_a_missing_answer_or_an_exit(client: Client) -> None:
    response = _send(client, page=3, go="back", substances="alcohol-heavy", withdrawal=None)
    assert "First, is everyone safe?" in _text(response)


@pytest.mark.parametrize("who", ["self-youth", "other-youth"])
def test_under_18_no_adult_level_is_shown(client: Client, who: str) -> None:
    youth = BASE | {"who": who}
    seen, _summary = _walk(client, youth)
    assert len(seen) == 8  # seven pages of questions and the summary
    text = _text(_send(client, go="result", who=who, use="daily", between="cannot"))
    assert "Adult levels do not fit" in text
    assert 'class="verdict' not in text
    assert 'name="age" value="children" checked' in text


@pytest.mark.parametrize(
    "sent",
    [
        {"who": "nobody", "page": "1"},
        {"who": "self-adult", "page": "x"},
        {"who": "self-adult", "page": "1", "go": "change-xx"},
        {"suicide": ["no-thoughts", "danger"], "page": "2"},
    ],
)
def test_a_form_that_is_not_ours_starts_again(client: Client, sent: dict[str, Any]) -> None:
    for to in ("/guide", "/guide/save"):
        response = client.post(to, sent)
        assert response.status_code == 400 or to == "/guide/save"
        assert "nothing was kept" in _text(response)


def test_save_gives_one_page_that_needs_nothing_else(client: Client) -> None:
    response = _send(client, to="/guide/save", go="result", near="78701", withdrawal="mild")
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    text = _text(response)
    assert "Intensive outpatient (IOP)" in text and "not a diagnosis" in text
    addresses = _Page(text).addresses
    assert all(a.startswith(("http://", "https://")) for a in addresses), addresses
    assert "<script" not in text and "<link" not in text
    assert "Nearest to" in text


def test_thoughts_of_suicide_put_988_before_anything_else(client: Client) -> None:
    for told in ({"suicide": "thoughts"}, {"suicide": "unknown"}, {"mind": "unsafe"}):
        page = _text(_send(client, go="result", **told))
        main = page[page.index("<main") :]
        first = main.index('href="tel:988"')
        assert first < main.index('href="#look"') and first < main.index('class="verdict')
        assert 'href="sms:988"' in main


@pytest.mark.parametrize("to", ["/guide", "/guide/save"])
def test_whether_it_is_safe_to_stop_stands_above_programs_and_levels(
    client: Client, to: str
) -> None:
    page = _text(_send(client, to=to, go="result", withdrawal="mild"))
    main = page[page.index("<main") :]
    first = main.index("First: is it safe to stop?")
    assert main.count("First: is it safe to stop?") == 1
    assert first < main.index('class="verdict')
    assert to != "/guide" or first < main.index('href="#look"')
    assert "is it safe to stop" not in _text(_send(client, to=to, go="result"))


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
        text = _text(_send(client, to=to, go="result", **told))
        assert f"<h1>{heading}</h1>" in text and f"<title>{heading} · Waypost" in text


def test_the_hours_of_the_level_are_told_once(client: Client) -> None:
    text = _text(_send(client, go="result"))
    assert text.count("9 to 19 hours a week") == 1 and "Nine or more hours" not in text


def test_saving_never_passes_by_an_exit(client: Client) -> None:
    response = _send(client, to="/guide/save", now="seizure")
    assert "Call 911 now" in _text(response)
    assert "Content-Disposition" not in response.headers
    assert client.get("/guide/save").status_code == 405


def test_the_search_form_carries_a_need_and_no_answer(client: Client) -> None:
    text = _text(_send(client, go="result", substances="opioids", life=["children", "travel"]))
    form = next(f for f in _Page(text).forms if f["method"] == "get" and f["to"] == "/find")
    assert set(form["fields"]) <= {
        "level", "near", "medication", "practical", "telehealth", "group", "payment"
    }  # fmt: skip
    assert form["fields"]["level"] == ["iop"]
    assert 'name="practical" value="child-care" checked' in text
    assert 'name="medication" value="methadone">' in text  # offered, never ticked for anyone
    mind = _text(_send(client, go="result", mind="symptoms", pregnant="yes"))
    assert not re.search(r'name="(group|medication)" value="[a-z-]+" checked', mind)


def test_nearest_withdrawal_care_and_hospitals_are_shown_for_a_place(client: Client) -> None:
    text = _text(_send(client, page=3, go="near", substances="alcohol-heavy", near="78701"))
    assert "Nearest to" in text and 'href="tel:+1' in text and 'href="/site/' in text
    unknown = _text(_send(client, page=3, go="near", substances="alcohol-heavy", near="qqqxyz"))
    assert "We do not know that place" in unknown
    result = _text(_send(client, go="result", withdrawal="mild", near="78701"))
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
        response = _send(client, near=CANARY, home="mixed", prior="weekly", **way)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers and not client.cookies
    page = _Page(_text(response))
    private = {c.id for q in the_guide().questions for c in q.choices if "-" in c.id}
    private |= {"mixed", "unsafe", "weekly", "Canary"}
    for address in page.addresses:
        assert not [word for word in private if word in address and "#" not in address], address
    ours = [r for r in caplog.records if not r.name.startswith("asyncio")]
    logged = " ".join(f"{r.getMessage()} {r.args}" for r in ours)
    assert not [word for word in private if word in logged]


def test_the_guide_in_spanish_says_that_it_waits_for_a_reviewer(client: Client) -> None:
    text = _text(client.get("/es/guide"))
    assert "¿Para quién es esto?" in text
    assert 'action="/es/guide"' in text
    crisis = _text(_send(client, to="/es/guide", page=2, suicide="danger"))
    assert "Un plan, el deseo de actuar" in crisis
    result = _text(_send(client, to="/es/guide", go="result"))
    assert "Ambulatorio intensivo (IOP)" in result and "no es un diagnóstico" in result.replace(
        "no un diagnóstico", "no es un diagnóstico"
    )


def test_the_rule_table_shows_every_rule_with_source_and_status(client: Client) -> None:
    text = _text(client.get("/guide/rules"))
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
    assert _text(response) == reference.read_text("utf-8")


def test_pages_stay_small(client: Client) -> None:
    for response in (client.get("/guide"), _send(client, go="result", near="78701")):
        assert len(response.content) < 60_000
