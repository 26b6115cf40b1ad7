"""The checker's addresses, faults and words: sealed, linked, never surer than what is known."""

from __future__ import annotations

import logging
import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coverage_asking import strict
from forms import Following
from waypost.coverage.question import CoverageFault
from waypost.web import sealing
from waypost.web.coverage.choices import insurance_choices
from waypost.web.coverage.visit import CoverageView, CoverageVisit, read_visit, sealed_visit
from waypost.web.sealing import Unreadable

pytestmark = pytest.mark.usefixtures("data_dir")

GOLD = "40220TX0080024-01"
CANARY = "CANARYPLANNAME"


SENT = {"insurance": "marketplace", "state": "TX", "care": "iop", "plan": GOLD}


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/coverage/plan", {"insurance": "medicaid", "state": "TX", "care": "iop"}),
        ("/coverage/plan", {"insurance": "medicaid"}),
        ("/coverage/answer", SENT),
        ("/coverage/answer", SENT | {"price": "lots"}),
        ("/es/coverage/answer", SENT | {"plan": "", "plan_text": "united"}),
        ("/coverage/answer", SENT | {"insurance": "nonsense"}),
    ],
)
def test_every_form_is_answered_by_a_redirect_to_a_sealed_address(path, sent):
    """What a browser can show again: Back never asks to send a form twice."""
    moved = Client().post(path, sent)
    assert moved.status_code == 303
    assert moved.headers["Cache-Control"] == "private, no-store"
    address = moved.headers["Location"]
    assert re.fullmatch(r"(/es)?/coverage/on/[\w-]+", address)
    for word in (GOLD, GOLD[:5], "TX", "medicaid", "marketplace", "united", "lots"):
        assert f"/{word}" not in address
        assert f"={word}" not in address
    shown = Client().get(address)
    assert shown.status_code in (200, 400)
    assert "no-store" in shown.headers["Cache-Control"]
    assert Client().get(address).content == shown.content


def test_a_sealed_address_is_read_by_this_site_alone_and_for_some_hours(monkeypatch, settings):
    visit = CoverageVisit(
        CoverageView.PLAN,
        {"insurance": "medicaid", "plan_text": CANARY},
        {"state": CoverageFault.MISSING},
    )
    text = sealed_visit(visit)
    assert read_visit(text) == visit
    assert CANARY not in text
    for other in (text[:-1], text[1:], "x", "", "ñ", text * 40, sealing.seal("guide", ["plan"])):
        with pytest.raises(Unreadable):
            read_visit(other)
    monkeypatch.setattr(sealing, "HOURS", -1)
    late = Client().get(f"/coverage/on/{text}")
    assert late.status_code == 410
    assert "too old" in strict(late)


def test_a_seal_of_an_earlier_version_of_the_pages_is_too_old():
    for odd in ([], ["spa", {}, {}], ["plan", [], {}], ["plan", {}, {"state": "odd"}], 7, None):
        with pytest.raises(Unreadable):
            read_visit(sealing.seal("coverage", odd))


def test_the_other_language_keeps_what_was_typed(client):
    address = Client().post("/coverage/answer", SENT | {"price": "250"}).headers["Location"]
    page = client.get(address).content.decode()
    assert f'href="/es{address}"' in page
    spanish = strict(client.get(f"/es{address}"))
    assert 'value="$250"' in spanish
    assert "Lo que sabemos" in spanish or "cobertura" in spanish


@pytest.mark.parametrize(
    ("change", "field", "anchor"),
    [
        ({"price": "lots"}, "price", "price"),
        ({"deductible_met": "-1"}, "deductible_met", "deductible_met"),
        ({"weeks_1": "99", "days_1": "3"}, "course", "weeks_1"),
        ({"insurance": "nonsense"}, "insurance", "insurance-medicaid"),
        ({"state": "ZZ"}, "state", "state"),
        ({"care": "spa"}, "care", "care"),
        ({"plan": "", "plan_asked": "united"}, "price", ""),
    ],
)
def test_an_error_is_linked_focused_and_beside_its_field(client, change, field, anchor):
    sent = {k: v for k, v in (SENT | change).items() if not (k == "plan" and not v)}
    text = strict(client.post("/coverage/answer", sent))
    if not anchor:
        field, anchor = "plan", "plan-choice"
    assert 'role="alert"' in text
    assert f'href="#{anchor}"' in text
    assert f'id="{field}-fault"' in text
    (focused,) = re.findall(r"<(?:input|select)[^>]*\bautofocus\b[^>]*>", text)
    assert f'id="{anchor}"' in focused
    assert f'aria-describedby="{field}-fault"' in focused
    assert 'aria-invalid="true"' in focused


def test_the_state_is_known_from_the_programs_page(client, snapshot):
    site = snapshot.site(snapshot.current_ids()[0])
    text = strict(client.get(f"/coverage?site={site.id}"))
    assert f'<option value="{site.state}" selected>' in text
    other = "TX" if site.state != "TX" else "OH"
    chosen = strict(client.get(f"/coverage?site={site.id}&state={other}"))
    assert f'<option value="{other}" selected>' in chosen


@pytest.mark.parametrize("language", ["", "/es"])
def test_nobody_is_sure_of_what_is_unknown(client, language):
    for insurance, _name, _hint in insurance_choices():
        sent = {"insurance": insurance, "state": "TX", "care": "iop"}
        text = strict(client.post(f"{language}/coverage/answer", sent))
        for card in re.findall(r'<li class="verdict (unknown|not-applicable)".*?</h2>(.*?)<(?:ul|div)',
                               text, re.DOTALL):  # fmt: skip
            assert "sure" not in card[1].lower()
            assert "segur" not in card[1].lower()


def test_no_operators_words_stand_on_a_visitors_page(client):
    words = re.compile(
        r"\b(import|imported|importado|operator|operador|data folder)\b", re.IGNORECASE
    )
    for language in ("", "/es"):
        for insurance, _name, _hint in insurance_choices():
            sent = {"insurance": insurance, "state": "TX", "care": "iop"}
            for path, more in (("plan", {}), ("answer", {}), ("answer", {"plan_text": "zzzqqq"})):
                text = client.post(f"{language}/coverage/{path}", sent | more).content.decode()
                main = text.split("<main")[1].split("</main>")[0]
                assert not words.search(re.sub(r"<[^>]+>", " ", main))


@pytest.mark.parametrize("insurance", ["medicaid", "medicare", "employer", "tricare"])
def test_the_answer_leads_with_the_programs_that_take_it(client, insurance):
    sent = {"insurance": insurance, "state": "TX", "care": "iop", "near": "78701"}
    text = strict(client.post("/coverage/answer", sent))
    card = text.split('id="covered"')[1].split('class="says"')[0]
    link = re.search(
        r'href="(/find\?near=78701[^"]*)">\s*78701 \(Austin, TX\): ([\d,]+) program', card
    )
    found = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert link[2] in re.search(r"<h1[^>]*>(.*?)</h1>", found, re.DOTALL)[1]


def test_a_deductible_above_the_plans_is_asked_about(client):
    text = strict(client.post("/coverage/answer", SENT | {"deductible_met": "9000"}))
    assert "Is that perhaps all you have paid this year" in text
    assert 'value="$9,000"' in text


def test_an_employers_plan_that_is_not_known_says_so(client):
    sent = {"insurance": "employer", "state": "TX", "care": "iop"}
    lost = strict(client.post("/coverage/answer", sent | {"plan_text": "Acme Choice PPO"}))
    assert "We have no plan like this" in lost
    assert "UnitedHealthcare" not in lost
    text = strict(client.post("/coverage/answer", sent | {"plan": "99999ZZ9999999-01"}))
    assert "employers&#39; plans stand in no public list" in text
    assert "Marketplace plan" not in text.split("<main")[1].split("</main>")[0]


def test_nothing_typed_reaches_a_log(client, caplog):
    caplog.set_level(logging.DEBUG)
    sent = {"insurance": "marketplace", "plan_text": CANARY, "site_text": CANARY, "plan": ""}
    client.post("/coverage/answer", sent)
    client.post("/coverage/answer", sent | {"plan": f"<{CANARY}>"})
    assert CANARY not in caplog.text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            ["insurance", "state", "care", "plan", "site", "price", "deductible_met",
             "plan_text", "site_text", "weeks_1", "days_1"]
        ),
        st.text(max_size=40),
    )
)  # fmt: skip
def test_anything_may_be_sent(fields):
    sent = {"insurance": "employer", "care": "iop"} | fields
    assert Following().post("/coverage/answer", sent).status_code in (200, 400)
    assert Following().post("/coverage/plan", sent).status_code in (200, 400)
    moved = Client().get("/coverage/plan", sent)
    assert Client().get(moved.headers["Location"]).status_code in (200, 400)
