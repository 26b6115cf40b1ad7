"""The checker's pages without a browser: three steps, nothing in addresses, nothing kept."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from coverage_asking import strict
from levels_of_care.guide_walk import BASE, walk
from waypost.web.coverage.choices import care_choices, insurance_choices

pytestmark = pytest.mark.usefixtures("data_dir")

GOLD = "40220TX0080024-01"
CANARY = "CANARYPLANNAME"
NAMES_NOTE = {
    "medicare-advantage": "We know Medicare Advantage plans by their number alone",
    "marketplace": "We know only a few marketplace plans.",
    "employer": "Plans from employers stand in no public list.",
    "not-sure": "and only a few marketplace plans.",
}


def test_step_one_asks_nothing_about_the_person(client):
    text = strict(client.get("/coverage"))
    names = set(re.findall(r'name="([^"]+)"', text.split("<main")[1].split("</main>")[0]))
    assert names == {"insurance", "state", "care"}
    assert 'method="post"' in text
    for value, _name, _hint in insurance_choices():
        assert f'value="{value}"' in text


@pytest.mark.parametrize("language", ["", "/es"])
def test_three_steps_lead_to_an_answer(client, language):
    first = {"insurance": "marketplace", "state": "TX", "care": "iop"}
    two = client.post(f"{language}/coverage/plan", first)
    text = strict(two)
    assert 'method="post"' in text
    assert two.headers["Cache-Control"] == "private, no-store"
    sent = {"insurance": "marketplace", "state": "TX", "care": "iop", "plan_text": "uhc gold"}
    three = client.post(f"{language}/coverage/answer", sent)
    assert GOLD in strict(three)
    last = client.post(f"{language}/coverage/answer", sent | {"plan_text": "", "plan": GOLD})
    text = strict(last)
    assert last.headers["Cache-Control"] == "private, no-store"
    assert "$900" in text
    assert "$8,200" in text
    assert "H0015" in text
    assert not last.cookies


def test_every_kind_and_care_is_answered_in_both_languages(client):
    for insurance, _name, _hint in insurance_choices():
        for care, _words in care_choices():
            sent = {"insurance": insurance, "state": "FL", "care": care}
            assert client.post("/coverage/answer", sent).status_code == 200
        strict(client.post("/es/coverage/answer", sent))


def test_the_program_comes_from_its_own_page(client, snapshot):
    site = snapshot.site(snapshot.current_ids()[0])
    assert site.name in strict(client.get(f"/coverage?site={site.id}")).replace("&#39;", "'")
    sent = {"insurance": "medicaid", "state": site.state, "care": "iop", "site": site.id}
    text = strict(client.post("/coverage/answer", sent)).replace("&#39;", "'")
    assert site.name in text
    assert "federal directory" in text


def test_the_guides_result_leads_here_with_its_level(client):
    _seen, result = walk(Client(), BASE)
    link = re.search(r'href="(/coverage\?care=(\w+))"', result.content.decode())
    page = strict(client.get(link[1]))
    assert f'value="{link[2]}" selected' in page


def test_programs_are_chosen_by_name(client):
    sent = {"insurance": "medicaid", "state": "TX", "care": "iop", "site_text": "recovery"}
    text = strict(client.post("/coverage/answer", sent))
    assert len(re.findall(r'name="site" value="site_', text)) > 3


def test_a_single_match_is_chosen_and_of_several_none(client):
    sent = {"insurance": "medicare-advantage", "state": "", "care": "iop"}
    one = strict(client.post("/coverage/answer", sent | {"plan_text": "H0104-012-0"}))
    assert re.findall(r'name="plan" value="(\w*)" required[^>]*checked', one) == ["H0104_012_0"]
    several = strict(client.post("/coverage/answer", sent | {"plan_text": "H0104"}))
    assert not re.search(r'type="radio"[^>]*checked', several)
    program = {"insurance": "medicaid", "state": "TX", "care": "iop", "site_text": "recovery"}
    assert not re.search(
        r'type="radio"[^>]*checked', strict(client.post("/coverage/answer", program))
    )


def test_a_list_in_which_nothing_is_chosen_is_shown_again(client):
    sent = {
        "insurance": "medicaid", "state": "TX", "care": "iop", "site_asked": "recovery",
        "near": "78701", "price": "250",
    }  # fmt: skip
    again = client.post("/coverage/answer", sent)
    text = strict(again)
    assert again.status_code == 400
    assert "Choose one of the programs" in text
    assert len(re.findall(r'name="site" value="site_', text)) > 3
    for kept in ("recovery", "78701", "250"):
        assert f'value="{kept}"' in text
    none = strict(client.post("/coverage/answer", sent | {"site": ""}))
    assert "What we know about your coverage" in none


@pytest.mark.parametrize(
    ("kind", "state", "example", "other"),
    [
        ("medicare-advantage", "", "H0104-012-0", "UHC"),
        ("marketplace", "TX", "UnitedHealthcare UHC Gold Standard", "H0104"),
        ("employer", "", "", "For example"),
        ("marketplace", "FL", "", "For example"),
        ("not-sure", "", "H0104-012-0 or UnitedHealthcare UHC Gold Standard", "Blue Silver"),
    ],
)
def test_the_example_is_one_that_is_found(client, kind, state, example, other):
    two = strict(client.post("/coverage/plan", {"insurance": kind, "state": state, "care": "iop"}))
    hint = re.search(r'class="hint">(As on[^<]*)<', two)[1]
    assert "import" not in hint
    assert NAMES_NOTE[kind] in hint
    assert example in hint
    assert other not in hint
    sent = {"insurance": kind, "state": state, "care": "iop"}
    for text in filter(None, example.split(" or ")):
        found = strict(client.post("/coverage/answer", sent | {"plan_text": text}))
        assert re.search(r'name="plan" value="\w', found)
    lost = strict(client.post("/coverage/answer", sent | {"plan_text": "zzzqqq"}))
    assert "We have no plan like this" in lost
    assert NAMES_NOTE[kind] in lost.replace("&#39;", "'")


def test_no_address_names_a_plan(client):
    sent = {"insurance": "marketplace", "state": "TX", "care": "iop", "plan": GOLD, "price": "250"}
    text = client.post("/coverage/answer", sent).content.decode()
    addresses = re.findall(r'(?:href|action)="([^"]*)"', text)
    ours = [a for a in addresses if not a.startswith("https://www.uhc.com/")]  # the insurer's own
    assert len(ours) == len(addresses) - 1
    assert not [a for a in ours if GOLD in a]
    moved = client.get(f"/coverage/answer?insurance=marketplace&plan={GOLD}")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/coverage")


def test_the_answer_leads_back_into_the_search_with_counts(client):
    sent = {"insurance": "none", "state": "TX", "care": "iop"}
    text = client.post("/coverage/answer", sent).content.decode()
    link = re.search(r'href="(/find\?[^"]*payment=sliding-fee)"[^\n]*?(\d[\d,]*) program', text)
    assert link
    found = client.get(link[1].replace("&amp;", "&")).content.decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", found, re.DOTALL)
    assert link[2] in heading[1]


def test_the_search_says_who_says_so_and_of_which_year(client):
    found = client.get("/find?near=Texas&payment=medicaid&payment=sliding-fee").content.decode()
    assert "<span>Takes Medicaid, as answered in 2023</span>" in found
    assert "<span>Sliding fee by income, as answered in 2023</span>" in found
    assert "Takes Sliding" not in found
    spanish = client.get("/es/find?near=Texas&payment=medicaid").content.decode()
    assert "Acepta Medicaid, según se respondió en 2023" in spanish


def test_counts_are_of_the_place_that_was_typed_and_no_address_keeps_the_plan(client):
    sent = {"insurance": "marketplace", "state": "TX", "care": "iop", "plan": GOLD, "near": "78701"}
    text = strict(client.post("/coverage/answer", sent))
    assert "78701 (Austin, TX)" in text
    link = re.search(
        r'href="(/find\?near=78701&amp;level=iop&amp;payment=private)".*?([\d,]+) program', text
    )
    heading = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert link[2] in re.search(r"<h1[^>]*>(.*?)</h1>", heading, re.DOTALL)[1]
    elsewhere = strict(client.post("/coverage/answer", sent | {"near": "qqqzzz"}))
    assert "Programs of the directory: Texas" in elsewhere


def test_the_answer_names_the_state_and_says_how_sure_it_is(client):
    sent = {"insurance": "marketplace", "state": "TX", "care": "iop"}
    text = strict(client.post("/coverage/answer", sent))
    assert '<p class="lead">Marketplace plan · Texas · ' in text
    assert "We are not sure of this" in text
    assert "How sure" not in text
    assert "No estamos seguros de esto" in strict(client.post("/es/coverage/answer", sent))


def test_advantage_plans_are_asked_by_number_until_names_are_imported(client):
    two = strict(
        client.post(
            "/coverage/plan", {"insurance": "medicare-advantage", "state": "TX", "care": "iop"}
        )
    )
    assert "by their number alone" in two
    sent = {"insurance": "medicare-advantage", "state": "", "care": "iop"}
    lost = strict(client.post("/coverage/answer", sent | {"plan_text": "humana gold"}))
    assert "by their number alone" in lost
    found = strict(client.post("/coverage/answer", sent | {"plan_text": "H0104-012"}))
    assert "H0104-012-0" in found


def test_the_insurers_own_summary_is_linked(client):
    sent = {"insurance": "marketplace", "state": "TX", "care": "iop", "plan": GOLD}
    text = strict(client.post("/coverage/answer", sent))
    assert re.search(r'href="https://www\.uhc\.com/[^"]*" rel="noreferrer"', text)


def test_the_course_is_edited_and_kept(client):
    sent = {
        "insurance": "marketplace", "state": "TX", "care": "iop", "plan": GOLD,
        "weeks_1": "4", "days_1": "3", "deductible_met": "2,000", "price": "250",
    }  # fmt: skip
    text = strict(client.post("/coverage/answer", sent))
    assert "12 visits in 4 weeks" in text
    assert "$360" in text  # 12 copays of $30
    assert "$750" in text  # 12 times a quarter of $250
    assert 'value="4"' in text
    assert 'value="$2,000"' in text


@pytest.mark.parametrize(
    "change",
    [{"price": "lots"}, {"deductible_met": "-1"}, {"weeks_1": "99", "days_1": "3"}, {"weeks_1": "4"}],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(client, change):
    sent = {"insurance": "marketplace", "state": "TX", "care": "iop", "plan": GOLD} | change
    response = client.post("/coverage/answer", sent)
    assert response.status_code == 400
    text = strict(response)
    assert 'role="alert"' in text
    assert 'value="marketplace"' in text


def test_medicaid_needs_its_state(client):
    response = client.post("/coverage/plan", {"insurance": "medicaid", "state": "", "care": "iop"})
    assert response.status_code == 400
    text = strict(response)
    assert re.search(r'value="medicaid"\s+checked', text)
    assert 'href="#state"' in text
    assert re.search(r'<select id="state"[^>]*aria-describedby="state-fault" autofocus', text)
    assert 'id="state-fault">Choose the state' in text
