"""The guide's pages: exits at once, nothing lost, Back and Reload always show the page again."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from levels_of_care.guide_walk import BASE, Page, press, send, text_of, walk, words_of
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.web import sealing
from waypost.web.guide.sealed import GuideView, State, Unreadable, seal, unseal


@pytest.fixture(autouse=True)
def _published(snapshot: Any) -> None:
    """The pages read a published snapshot."""


def test_a_person_walks_to_the_result_on_the_twelfth_screen(client: Client) -> None:
    seen, result = walk(client, BASE)
    assert len(seen) == 12 and seen[-1] == "Intensive outpatient (IOP)"
    text = text_of(result)
    assert "You answered: “Use comes back, even with help each week”" in text
    assert "If home were not a safe place to stay" in text
    for always in ("not a diagnosis", "not clinically validated", "registered mark", "988", "911"):
        assert always in text
    assert "No clinician has signed this table yet." in text
    assert Page(text).headings == 1


EXITS = [
    ({"now": "not-waking"}, "Call 911 now", "Give naloxone (Narcan)"),
    ({"now": "seizure"}, "Call 911 now", "put nothing in the mouth"),
    ({"now": "confused"}, "Call 911 now", "dangerous withdrawal"),
    ({"now": "stroke"}, "Call 911 now", "signs of a stroke"),
    ({"now": "overheated"}, "Call 911 now", "Cool the body"),
    ({"now": "birth"}, "Call 911 now", "pregnant"),
    ({"now": "vomit-blood"}, "Call 911 now", "bleeding inside the body"),
    ({"now": "took-purpose"}, "Go to an emergency room now", "1-800-222-1222"),
    ({"now": "took-much"}, "Call Poison Help now", "1-800-222-1222"),
    ({"now": "child-took"}, "Call Poison Help now", "A child got hold"),
    ({"suicide": "plan"}, "Please talk with someone now", "Call or text 988"),
    ({"suicide": "attempt"}, "Please talk with someone now", "Guns, pills"),
    ({"suicide": "thoughts", "mind": "unsafe"}, "Please talk with someone now", "not safe to go on"),
    ({"harm": "hurt-others"}, "Please talk with someone now", "Step away"),
    ({"harm": "voices"}, "Please talk with someone now", "stimulants among them"),
    ({"harm": "hurt"}, "Everyone deserves to be safe", "1-800-799-7233"),
    ({"harm": "self-injury"}, "Please talk with someone now", "Clean and cover"),
    ({"today": "revived"}, "Be seen in an emergency room today", "sleepiness that comes back"),
    ({"today": "fit"}, "Be seen in an emergency room today", "can come again"),
    ({"today": "head"}, "Be seen in an emergency room today", "bleed inside"),
    ({"today": "wound"}, "Please see a doctor today", "red streaks"),
    ({"used": "alcohol", "daily": "alcohol", "drinks": "many", "withdrawal": "never"},
     "Stopping suddenly can be dangerous", "stopping alcohol would do is not known"),
    ({"used": "sedative", "daily": "sedative", "last": "days"}, "Stopping suddenly can be dangerous", "within hours"),
    ({"used": "other", "daily": "other", "last": "days"}, "Stopping suddenly can be dangerous", "Something else"),
    ({"used": "opioid-street", "daily": "none", "withdrawal": "severe"}, "Stopping suddenly", "medetomidine"),
    ({"used": "opioid-street", "daily": "none", "pregnant": "yes"}, "Please call a doctor today", "methadone"),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "heading", "must"), EXITS)
def test_an_exit_interrupts_at_once_and_never_ends_in_an_iop(
    client: Client, answers: dict[str, str], heading: str, must: str
) -> None:
    seen, response = walk(client, BASE | answers)
    text = html.unescape(text_of(response))
    main = text[text.index("<main") : text.index("</main>")]
    assert heading in seen[-1] and (must in main or must.lower() in main)
    asked = [q.page for q in the_guide().questions if q.id in answers]
    assert len(seen) <= max(asked) + 1
    assert {"tel:911", "tel:988", "sms:988"} <= set(Page(main).addresses)
    said = re.sub(r"gAAAA[\w-]+", "", main)  # sealed answers may spell anything
    assert "IOP" not in said and "ntensive outpatient" not in said and "level=iop" not in said
    assert Page(text).headings == 1
    box = main[main.index('class="danger"') : main.index("</section>")]
    assert "not yet confirmed" not in box
    assert box.index("<li>") < box.index('class="button')


def test_each_number_is_dialed_once_and_911_first(client: Client) -> None:
    text = text_of(send(client, page=2, now="took-much", suicide="plan"))
    main = text[text.index("<main") : text.index("</main>")]
    dialed = [a for a in Page(main).addresses if a.startswith(("tel:", "sms:"))]
    assert len(dialed) == len(set(dialed))
    assert dialed[:4] == ["tel:911", "tel:18002221222", "tel:988", "sms:988"]
    assert "whatever the amount" in main


def test_an_exit_speaks_to_a_parent_in_spanish_with_the_numbers_for_the_young(
    client: Client,
) -> None:
    answers = BASE | {"who": "other-youth", "harm": "hurt", "often": "monthly"}
    _seen, response = walk(client, answers, "/es")
    text = html.unescape(text_of(response))
    assert "tel:18004224453" in text and "tel:18007997233" not in text
    assert "su hijo o hija" in text
    crisis = html.unescape(text_of(send(client, to="/es/guide", page=2, suicide="plan")))
    assert "oprima 2" in crisis and "sms:988?body=AYUDA" in crisis and "711" in crisis


def test_a_withdrawal_exit_goes_on_only_once_a_clinician_has_checked(client: Client) -> None:
    heavy = {"used": "alcohol", "daily": "alcohol", "drinks": "many", "withdrawal": "mild"}
    exit_page = send(client, page=6, **heavy)
    assert 'name="go" value="checked"' in text_of(exit_page)
    result = text_of(press(client, exit_page, go="checked"))
    assert "Follow what the clinician who checked said" in html.unescape(result)
    crisis = text_of(send(client, page=2, suicide="plan", **heavy))
    assert 'value="checked"' not in crisis
    still = text_of(send(client, go="result", suicide="plan", checked="yes"))
    assert "Please talk with someone now" in still


def test_numbers_that_were_read_stay_on_the_last_page(client: Client) -> None:
    exit_page = send(client, page=3, harm="hurt")
    assert 'name="go" value="seen"' in text_of(exit_page)
    result = text_of(press(client, exit_page, go="seen"))
    assert "tel:18007997233" in result and "First, today" in result


def test_a_check_is_asked_for_again_when_a_new_danger_comes_up(client: Client) -> None:
    answers = {"used": ["alcohol", "opioid-street"], "daily": ["alcohol"], "drinks": "many"}
    answers |= {"withdrawal": "mild", "checked": "yes"}
    pregnant = text_of(send(client, page=7, pregnant="yes", **answers))
    assert "Please call a doctor today" in pregnant
    same = text_of(send(client, page=7, pregnant="no", **answers))
    assert "Intensive outpatient" in same


def test_what_is_in_reach_is_asked_on_a_crisis_and_answered(client: Client) -> None:
    exit_page = send(client, page=2, suicide="plan")
    assert 'name="means" value="guns"' in text_of(exit_page)
    answered = text_of(press(client, exit_page, go="means", means=["guns", "pills"]))
    assert "The guns:" in answered and "The pills:" in answered
    assert "Please talk with someone now" in answered and 'name="means"' not in answered
    assert "tel:988" in answered


@pytest.mark.parametrize(("answers", "heading", "_must"), EXITS[:12])
def test_an_exit_can_be_shown_again_and_in_the_other_language(
    client: Client, answers: dict[str, str], heading: str, _must: str
) -> None:
    """What a browser does on Reload, on Back, and after a phone closed it: a plain GET."""
    page = max(q.page for q in the_guide().questions if q.id in answers)
    sent = client.post("/guide", BASE | answers | {"page": page, "go": "next"})
    assert sent.status_code == 303
    address = sent.headers["Location"]
    once, again = client.get(address), client.get(address)
    assert once.status_code == again.status_code == 200
    assert heading in text_of(once) and re.sub("kept.*", "", text_of(once)) == re.sub(
        "kept.*", "", text_of(again)
    )
    spanish = text_of(client.get(f"/es{address}"))
    assert "tel:911" in spanish and "tel:988" in spanish and heading not in spanish
    assert f'href="/es{address}"' in text_of(once)
    assert once.headers["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in text_of(once)


def test_a_sealed_address_says_nothing_and_is_ours_alone(client: Client) -> None:
    state = State(
        {"who": frozenset({"self-adult"}), "suicide": frozenset({"plan"})}, 2, GuideView.EXIT
    )
    text = seal(state)
    assert unseal(the_guide(), text) == state
    assert "suicide" not in text and "plan" not in text and len(text) < 1_000
    assert seal(state) != text  # a new nonce each time: two people's addresses cannot be compared
    changed = text[:40] + ("A" if text[40] != "A" else "B") + text[41:]
    for bad in (changed, text[:-9], "", "x" * 5_000, "é", "gAAAAA"):
        with pytest.raises(Unreadable):
            unseal(the_guide(), bad)
        if bad and bad.isascii():
            response = client.get(f"/guide/on/{bad}")
            assert response.status_code == 410
            page = text_of(response)
            assert "tel:911" in page and "tel:988" in page and "tel:18002221222" in page


def test_a_sealed_address_closes_after_some_hours(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = State({"who": frozenset({"self-adult"})}, 2, GuideView.QUESTIONS)
    text = seal(state)
    monkeypatch.setattr(sealing, "HOURS", -1)
    assert client.get(f"/guide/on/{text}").status_code == 410


def test_a_seal_from_before_a_change_of_the_questions_is_too_old() -> None:
    odd = State({"no-such-question": frozenset({"x"})}, 2, GuideView.QUESTIONS)
    with pytest.raises(Unreadable):
        unseal(the_guide(), seal(odd))


def test_a_result_without_all_it_needs_asks_for_it(client: Client) -> None:
    short = State({"who": frozenset({"self-adult"})}, 11, GuideView.RESULT)
    text = text_of(client.get(f"/guide/on/{seal(short)}"))
    assert "<legend>" in text


def test_back_keeps_what_was_chosen(client: Client) -> None:
    response = send(client, page=8, go="back", home="uses")
    text = text_of(response)
    assert "Your body" in text and re.search(r'value="stable"\s+checked', text)
    state = unseal(the_guide(), Page(text).forms[0]["fields"]["kept"][0])
    assert state.answers["home"] == {"uses"} and state.answers["problems"] == {"some"}


def test_an_answer_can_be_changed_from_the_result_and_nothing_else_is_lost(client: Client) -> None:
    result = send(client, go="result")
    change = press(client, result, go="change-9")
    assert re.search(r'name="home" value="safe"\s+checked', text_of(change))
    after = press(client, change, mind="steady", home="unsafe")
    assert "recovery housing" in text_of(after).lower()


def test_an_unticked_box_counts(client: Client) -> None:
    change = press(
        client, send(client, go="result", used=["cannabis", "stimulants"]), go="change-4"
    )
    after = press(client, change, used=["cannabis"])
    state = unseal(the_guide(), Page(text_of(after)).forms[0]["fields"]["kept"][0])
    assert state.answers["used"] == {"cannabis"}


def test_a_page_without_an_answer_asks_again(client: Client) -> None:
    response = send(client, page=7, body=None)
    assert response.status_code == 422
    assert "Please choose an answer" in text_of(response)
    assert re.search(r'name="pregnant" value="no"\s+checked', text_of(response))


@pytest.mark.parametrize(
    ("page", "answers", "words"),
    [
        (4, {"used": ["stimulants", "none"]}, "and “Nothing in the last month”. Untick one."),
        (8, {"past": ["none", "unknown"]}, "“I do not know”. Untick one."),
        (8, {"past": ["jail", "none"]}, "and “None of these”. Untick one."),
        (11, {"life": ["children", "none"]}, "You ticked both “Children to look after” and"),
    ],
)
def test_nothing_ticked_beside_something_is_asked_about_and_nothing_is_lost(
    client: Client, page: int, answers: dict[str, list[str]], words: str
) -> None:
    response = send(client, page=page, **answers)
    text = text_of(response)
    assert response.status_code == 422 and words in text
    [(name, values)] = answers.items()
    for value in values:
        assert re.search(rf'name="{name}" value="{value}"\s+checked', text)
    assert send(client, page=page, **{name: values[0]}).status_code == 200


@pytest.mark.parametrize(
    ("page", "answers", "heading"),
    [
        (2, {"now": ["seizure", "none"]}, "Call 911 now"),
        (2, {"now": ["took-much", "none"]}, "Call Poison Help now"),
        (3, {"harm": ["voices", "none"]}, "Please talk with someone now"),
    ],
)
def test_a_danger_ticked_beside_none_of_these_still_exits_at_once(
    client: Client, page: int, answers: dict[str, list[str]], heading: str
) -> None:
    response = send(client, page=page, **answers)
    assert response.status_code == 200 and f">{heading}" in text_of(response)
    assert "Untick one" not in text_of(response)


def test_going_back_is_never_stopped_by_a_missing_answer_or_an_exit(client: Client) -> None:
    response = send(client, page=3, go="back", harm="voices", today=None)
    assert "First, are you safe?" in text_of(response)


@pytest.mark.parametrize("who", ["self-youth", "other-youth"])
def test_under_18_the_path_ends_in_something_to_do_today(client: Client, who: str) -> None:
    seen, response = walk(client, BASE | {"who": who, "often": "weekly"})
    text = html.unescape(text_of(response))
    assert len(seen) == 11  # ten pages of questions and the result
    assert "Today: call a program for young people" in text
    assert "Adult levels do not fit" not in text
    assert 'name="age" value="children" checked' in text
    assert "from 6 hours" in text or "starts at 6 hours" in text
    consent = (
        "You may ask for help, make the call" if who == "other-youth" else "agree to treatment"
    )
    assert consent in text
    first = words_of(text_of(client.get("/guide")))
    assert "Under 18: this guide" in first and "It cannot say what is wrong" in first


@pytest.mark.parametrize(
    "sent",
    [
        {"who": "nobody", "page": "1"},
        {"who": "self-adult", "page": "x"},
        {"who": "self-adult", "page": "1", "go": "change-xx"},
        {"suicide": ["no-thoughts", "plan"], "page": "2"},
        {"kept": "not ours", "page": "2"},
    ],
)
def test_a_form_that_is_not_ours_starts_again(client: Client, sent: dict[str, Any]) -> None:
    for to in ("/guide", "/guide/save"):
        response = client.post(to, sent)
        assert response.status_code == 303
        response = client.get(response.headers["Location"])
        assert response.status_code == 400
        assert "nothing was kept" in text_of(response)
