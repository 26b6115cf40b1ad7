"""The guide's pages: exits at once, nothing lost, and no answer anywhere but in the form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from levels_of_care.guide_walk import BASE, Page, send, text_of, walk
from waypost.directory.facets import COLUMNS
from waypost.levels_of_care.guide.rule import ExitKind
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.web.guide.words import exit_words


@pytest.fixture(autouse=True)
def _published(snapshot: Any) -> None:
    """The pages read a published snapshot."""


def test_a_person_walks_from_the_first_page_to_the_summary_and_the_result(client: Client) -> None:
    seen, summary = walk(client, BASE)
    assert len(seen) == 9
    assert seen[-1] == "Your answers, before the suggestion"
    fields = Page(text_of(summary)).forms[-1]["fields"]
    for name, value in BASE.items():
        assert fields[name] == [value]
    result = send(client, go="result")
    assert result.status_code == 200
    text = text_of(result)
    assert "Intensive outpatient (IOP)" in text
    assert "You answered: “Use comes back, even with help each week”" in text
    assert "If home were not a safe place to stay" in text
    for always in ("not a diagnosis", "not clinically validated", "registered mark", "988", "911"):
        assert always in text
    assert "No clinician has signed this table yet." in text
    assert Page(text).headings == 1


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
    seen, response = walk(client, BASE | answers)
    text = text_of(response)
    main = text[text.index("<main") : text.index("</main>")]
    assert heading in seen[-1] and must in main
    asked = next(q.page for q in the_guide().questions if q.id == list(answers)[-1])
    assert len(seen) == asked + 1
    assert {"tel:911", "tel:988", "sms:988"} <= set(Page(main).addresses)
    assert "IOP" not in main and "ntensive outpatient" not in main
    assert "level=iop" not in main
    assert Page(text).headings == 1


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
    text = text_of(send(client, page=3, **told))
    buttons = text[text.index('<p class="calls">') : text.index("<ol>")]
    assert Page(buttons).addresses == calls
    assert client.get(WITHDRAWAL_SEARCH).status_code == 200


def test_a_withdrawal_exit_goes_on_only_once_a_clinician_has_checked(client: Client) -> None:
    exit_page = send(client, page=3, substances="alcohol-heavy")
    assert 'name="go" value="checked"' in text_of(exit_page)
    on = send(client, page=3, go="checked", substances="alcohol-heavy")
    assert "Your answers" in text_of(on)
    result = text_of(send(client, go="result", substances="alcohol-heavy", checked="yes"))
    assert "Follow what the clinician who checked said" in result
    crisis = text_of(send(client, page=2, suicide="danger", substances="alcohol-heavy"))
    assert 'value="checked"' not in crisis
    still = text_of(send(client, go="result", suicide="danger", checked="yes"))
    assert "Please talk with someone now" in still


def test_a_check_is_asked_for_again_when_a_new_danger_comes_up(client: Client) -> None:
    told = {"substances": ["alcohol-heavy", "opioids"], "checked": "yes"}
    pregnant = text_of(send(client, page=4, pregnant="yes", **told))
    assert "Please see a doctor today" in pregnant and 'name="checked"' not in pregnant
    agreed = text_of(send(client, page=4, go="checked", pregnant="yes", **told))
    assert "Your answers" in agreed and 'name="checked" value="yes"' in agreed
    same = text_of(send(client, page=4, pregnant="no", **told))
    assert "Your answers" in same


def test_who_asks_for_another_is_spoken_to(client: Client) -> None:
    text = text_of(send(client, page=3, who="other-adult", substances="alcohol-heavy"))
    assert "Do not leave them alone" in text
    question = text_of(send(client, page=5, go="back", who="other-adult"))
    assert "Are they pregnant, or could they be?" in question


def test_the_answers_come_along_into_the_other_language(client: Client) -> None:
    page = Page(text_of(send(client, go="result")))
    form = next(f for f in page.forms if f["to"] == "/es/guide")
    spanish = client.post("/es/guide", form["fields"])
    assert "Ambulatorio intensivo (IOP)" in text_of(spanish)


@pytest.mark.parametrize("kind", list(ExitKind))
@pytest.mark.parametrize("other", [True, False])
def test_every_exit_names_where_its_steps_come_from(kind: ExitKind, other: bool) -> None:
    words = exit_words(kind, other=other)
    assert words.sources and set(words.sources) <= set(the_guide().sources)
    assert {f"level:{name}" for name in words.near_levels} <= set(COLUMNS["level"])


def test_back_keeps_what_was_chosen(client: Client) -> None:
    response = send(client, page=5, go="back", home="mixed")
    page = Page(text_of(response)).forms[-1]
    assert "The body" in text_of(response)
    assert page["fields"]["home"] == ["mixed"] and page["fields"]["use"] == ["most"]
    assert re.search(r'name="body" value="stable" checked', text_of(response))


def test_an_answer_can_be_changed_from_the_summary_and_nothing_else_is_lost(client: Client) -> None:
    change = send(client, go="change-6")
    assert re.search(r'name="home" value="safe" checked', text_of(change))
    after = send(client, page=6, home="unsafe")
    assert "Your answers" in text_of(after)
    assert "Not safe, no steady place" in text_of(after)


def test_a_page_without_an_answer_asks_again(client: Client) -> None:
    response = send(client, page=4, body=None)
    assert response.status_code == 422
    assert "Please choose an answer" in text_of(response)
    assert re.search(r'name="pregnant" value="no" checked', text_of(response))


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
    response = send(client, page=page, **told)
    text = text_of(response)
    assert response.status_code == 422 and words in text
    for name, values in told.items():
        for value in values:
            assert re.search(rf'name="{name}" value="{value}" checked', text)
    fields = Page(text).forms[0]["fields"]
    assert set(BASE) <= set(fields)
    [(name, values)] = told.items()
    assert send(client, page=page, **{name: values[0]}).status_code == 200


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
    response = send(client, page=page, **told)
    assert response.status_code == 200 and f">{heading}" in text_of(response)
    assert "Untick one" not in text_of(response)


def test_going_back_is_never_stopped_by_a_missing_answer_or_an_exit(client: Client) -> None:
    response = send(client, page=3, go="back", substances="alcohol-heavy", withdrawal=None)
    assert "First, is everyone safe?" in text_of(response)


@pytest.mark.parametrize("who", ["self-youth", "other-youth"])
def test_under_18_no_adult_level_is_shown(client: Client, who: str) -> None:
    youth = BASE | {"who": who}
    seen, _summary = walk(client, youth)
    assert len(seen) == 8  # seven pages of questions and the summary
    text = text_of(send(client, go="result", who=who, use="daily", between="cannot"))
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
        assert "nothing was kept" in text_of(response)
