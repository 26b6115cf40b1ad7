"""What the checker's page says to each kind of payer: a table to read, and what it must never say."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest

from coverage_asking import strict
from waypost.web.coverage import steps
from waypost.web.coverage.choices import insurance_choices

pytestmark = pytest.mark.usefixtures("data_dir")

CERTIFIED = "must certify that you need at least 9 hours of services a week"
TABLE = {
    # kind, state: the three verdicts, what must stand on the page, what must not
    ("medicare", "OH"): (
        ("It depends", "There is no network", "A part of the price"),
        ("of a kind that Medicare pays for this care", "no yearly maximum", CERTIFIED,
         "The Part B deductible begins again on January 1, 2027", "Until December 7",
         "With both Medicare and Medicaid, Medicare pays first"),
        ("H0015", "S9480", "The plan says", "Ask the plan about 2027", "any facility", "yearly maximum begin"),
    ),
    ("medicare-advantage", "FL"): (
        ("Likely covered", "Unknown", ""),
        ("must cover what Part B covers", CERTIFIED, "Until December 7", "Medicare pays first"),
        ("Original Medicare has no network",),
    ),
    ("medicaid", "TX"): (
        ("It depends", "Unknown", "It depends"),
        ("1-800-252-8263", "For people under 21", "it is your Medicaid health plan that decides",
         "Medicaid may pay what is left"),
        ("HealthCare.gov plan", "Ask the plan about 2027"),
    ),
    ("marketplace", "TX"): (
        ("Likely covered", "Unknown", ""),
        ("essential health benefit", "choose by December 15", "parity law"),
        ("Medicare pays first",),
    ),
    ("employer", "PA"): (
        ("It depends", "Unknown", "Unknown"),
        ("need not offer it; if it does, parity law holds",),
        ("most do", "Marketplace plan for", "essential health benefit"),
    ),
    ("federal-employee", "MD"): (
        ("Likely covered", "Unknown", "Unknown"),
        ("brochure (section 5e)", "Open Season"),
        ("Marketplace plan for",),
    ),
    ("tricare", "VA"): (
        ("Likely covered", "Unknown", "It depends"),
        ("must be TRICARE-authorized", "Active duty members always need a referral"),
        ("Marketplace plan for", "Ask the plan about 2027"),
    ),
    ("va", "CA"): (
        ("Likely covered", "Unknown", "It depends"),
        ("only after VA refers you", "Call 988, then press 1"),
        ("Call the member number on the back of the card",),
    ),
    ("ihs", "NM"): (
        ("It depends", "Unknown", "It depends"),
        ("it is not an entitlement", "not known to have a charge"),
        ("is free for",),
    ),
    ("state-plan", "WA"): (
        ("It depends", "Unknown", "Unknown"),
        ("If it is CHIP, the insurance for children",),
        ("We are sure of this",),
    ),
    ("outside", "MO"): (
        ("It depends", "Unknown", "Unknown"),
        ("need not cover addiction treatment", "SAMHSA helpline"),
        ("say that they take Private insurance", "We are sure of this"),
    ),
    ("none", "GA"): (
        ("Not covered", "There is no network", "Unknown"),
        ("many programs treat people who have none", "Georgia has not expanded Medicaid",
         "coverage can begin on January 1, 2027", "1-800-662-4357"),
        ("Call the member number", "deductible is"),
    ),
    ("not-sure", "AZ"): (
        ("Unknown", "Unknown", "Unknown"),
        ("Look at your card", "1-800-662-4357"),
        ("We are sure of this", "We are fairly sure of this"),
    ),
}  # fmt: skip


def test_the_table_has_every_kind():
    assert {kind for kind, _state in TABLE} == {str(value) for value, *_ in insurance_choices()}


@pytest.mark.parametrize(("kind", "state"), TABLE)
def test_each_kind_of_payer_hears_what_is_known_and_no_more(client, monkeypatch, kind, state):
    monkeypatch.setattr(
        steps.timezone, "localdate", lambda: datetime(2026, 11, 28, tzinfo=UTC).date()
    )
    verdicts, must, never = TABLE[kind, state]
    page = strict(
        client.post("/coverage/answer", {"insurance": kind, "state": state, "care": "iop"})
    )
    text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
    first, network, cost = re.search(
        r"Is this care covered\? (.*?) Is this program in my network\? (.*?) What might I pay\? (.*?) What to say",
        text,
    ).groups()
    assert (first, network) == verdicts[:2]
    assert verdicts[2] in cost
    assert [words for words in must if words not in text] == []
    assert [words for words in never if words in text] == []


def test_two_cards_and_a_childrens_plan_are_named_on_the_first_page(client):
    page = strict(client.get("/coverage"))
    assert "Two cards? Answer once for each." in page
    assert "CHIP, the insurance for children" in page
