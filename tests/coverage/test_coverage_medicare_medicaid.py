"""Original Medicare, Medicare Advantage and Medicaid: what is true of each, and how sure."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from coverage_asking import KNOWLEDGE, TODAY, ask, program
from waypost.coverage.answer import answer
from waypost.coverage.knowledge import Knowledge
from waypost.coverage.question import read_question
from waypost.coverage.verdict import Verdict
from waypost.places.states import STATE_NAMES
from waypost.values.saying import Sure


def test_original_medicare_depends_on_the_kind_of_facility():
    anywhere = ask(insurance="medicare")
    assert anywhere.covered.verdict is Verdict.DEPENDS
    hospital = replace(program("payment:medicare"), codes=frozenset({"GH"}))
    assert ask(hospital, insurance="medicare").covered.verdict is Verdict.LIKELY
    clinic = ask(program("payment:medicare"), insurance="medicare")
    assert clinic.covered.verdict is Verdict.DEPENDS
    assert "covered-facility-unknown" in {line.id for line in clinic.covered.sentences}


@pytest.mark.parametrize(
    ("code", "iop", "php"),
    [
        ("GH", Verdict.LIKELY, Verdict.LIKELY),
        ("PSYH", Verdict.LIKELY, Verdict.LIKELY),
        ("CMHC", Verdict.LIKELY, Verdict.LIKELY),
        ("FQHC", Verdict.LIKELY, Verdict.DEPENDS),
        ("SOTP", Verdict.DEPENDS, Verdict.DEPENDS),  # intensive outpatient, but for opioids alone
        ("MHC", Verdict.DEPENDS, Verdict.DEPENDS),  # a license as a clinic is no such center
        ("", Verdict.DEPENDS, Verdict.DEPENDS),
    ],
)
def test_medicare_pays_by_the_kind_of_facility_and_the_care(code, iop, php):
    site = replace(program("payment:medicare"), codes=frozenset({code}))
    for care, verdict in (("iop", iop), ("php", php)):
        part = ask(site, insurance="medicare", care=care).covered
        assert part.verdict is verdict
        assert verdict is Verdict.DEPENDS or part.sure is Sure.MEDIUM
    veterans = replace(site, codes=frozenset({code, "VAMC"}))
    assert ask(veterans, insurance="medicare").covered.verdict is Verdict.DEPENDS


def test_partial_hospitalization_needs_twenty_hours_and_its_two_places():
    found = ask(insurance="medicare", care="php")
    words = " ".join(line.en for line in (*found.covered.sentences, *found.authorization))
    assert "only in a hospital outpatient department or a community mental health center" in words
    assert "20 hours of services a week" in words
    assert "9 hours" not in words


@pytest.mark.parametrize("care", ["iop", "php", "outpatient", "otp"])
def test_original_medicare_has_no_network_no_maximum_no_family_and_no_plan_that_says(care):
    for site in (None, program("payment:medicare")):
        found = ask(site, insurance="medicare", care=care)
        words = " ".join(
            line.en
            for line in (*found.covered.sentences, *found.network.sentences, *found.script,
                         *found.cost.part.sentences, *found.authorization)
        )  # fmt: skip
        for wrong in ("H0015", "S9480", "family", "yearly maximum, so", "number on the card",
                      "my network", "the plan says", "up to the yearly"):  # fmt: skip
            assert wrong not in words, wrong
        assert "no yearly maximum" in words
        assert "1-800-633-4227" in words
        assert all(scenario.words == "" for scenario in found.cost.scenarios)
        notes = [s.without_price.en for s in found.cost.scenarios if s.without_price]
        assert not any("maximum" in note for note in notes)
    assert ask(insurance="medicare", care=care).network.verdict is Verdict.NOT_APPLICABLE


def test_medicares_rate_of_an_earlier_year_is_told_and_makes_no_interval():
    found = ask(insurance="medicare")
    (line,) = [one for one in found.cost.part.sentences if one.id == "cost-medicare-earlier"]
    assert "$259.13" in line.en
    assert "In 2024" in line.en
    assert "about $52" in line.en
    assert line.sure is Sure.LOW
    assert found.cost.low is None
    assert [s.estimate for s in found.cost.scenarios] == [None]


def test_medicares_rates_of_this_year_make_the_interval():
    earlier = KNOWLEDGE.rules.medicare_days[0]
    rates = tuple(replace(earlier, year=2026, cents=cents) for cents in (30_000, 40_000))
    rules = replace(KNOWLEDGE.rules, medicare_days=(earlier, *rates))
    found = answer(
        read_question({"insurance": "medicare", "course": "1x3"}), Knowledge(rules), TODAY
    )
    # the deductible met or not: 20% of three days of $300; $283, and 20% of what is left of $1,200
    assert (found.cost.low, found.cost.high) == (18_000, 28_300 + 18_340)
    (line,) = [one for one in found.cost.part.sentences if one.id == "cost-medicare-rates"]
    assert "$300 – $400" in line.en


@pytest.mark.parametrize("state", ["AL", "TX", "FL", "OH", ""])
def test_without_a_plan_medicare_advantage_has_the_range_of_the_states_plans(state):
    found = ask(insurance="medicare-advantage", state=state)
    ids = [line.id for line in found.cost.part.sentences]
    assert ids[:2] == ["cost-advantage-plans", "cost-advantage-range"]
    plans, group = found.cost.part.sentences[:2]
    assert (STATE_NAMES[state] if state else "the country") in plans.en
    assert re.search(r"group therapy they charge \$[\d,]+ to \$[\d,]+, half of them \$", group.en)
    assert all(line.sure is Sure.LOW for line in found.cost.part.sentences[:3])
    assert "family" not in " ".join(line.en for line in found.cost.part.sentences)


@pytest.mark.parametrize("state", ["AK", "MA", "MI", "MN"])
def test_a_state_without_carried_plans_says_so(state):
    found = ask(insurance="medicare-advantage", state=state)
    assert [line.id for line in found.cost.part.sentences] == ["cost-advantage-none"]


@pytest.mark.parametrize("state", sorted(KNOWLEDGE.rules.medicaid))
@pytest.mark.parametrize("care", ["iop", "residential", "outpatient"])
def test_medicaid_leads_with_the_states_program(state, care):
    found = ask(insurance="medicaid", state=state, care=care)
    assert found.covered.sentences[0].id.startswith("covered-state-p")
    known = KNOWLEDGE.rules.medicaid[state]
    if known.phone:
        assert known.phone in found.covered.sentences[0].en
        assert known.phone in found.script[0].en
    assert found.covered.verdict in (Verdict.LIKELY, Verdict.DEPENDS)
    assert found.covered.sure is not Sure.HIGH


@pytest.mark.parametrize(
    ("state", "care", "verdict"),
    [
        ("CA", "iop", Verdict.LIKELY), ("MA", "iop", Verdict.LIKELY),
        ("TX", "iop", Verdict.DEPENDS), ("FL", "iop", Verdict.DEPENDS),
        ("WY", "iop", Verdict.DEPENDS), ("PR", "iop", Verdict.DEPENDS),
        ("CA", "residential", Verdict.LIKELY), ("FL", "residential", Verdict.DEPENDS),
        ("OH", "outpatient", Verdict.LIKELY), ("CA", "php", Verdict.DEPENDS),
    ],
)  # fmt: skip
def test_medicaid_is_as_sure_as_what_is_read_of_the_state(state, care, verdict):
    assert ask(insurance="medicaid", state=state, care=care).covered.verdict is verdict


def test_texas_is_told_who_decides():
    words = " ".join(s.en for s in ask(insurance="medicaid", state="TX").covered.sentences)
    assert "your Medicaid health plan that decides" in words
    assert "prior authorization" in words


def test_the_state_is_known_from_the_programs_page():
    found = ask(program("payment:medicaid"), insurance="medicaid")
    assert "STAR" in found.covered.sentences[0].en


def test_medicare_takes_the_part_b_deductible_and_the_price_told():
    found = ask(insurance="medicare", price="200", deductible_met="0", course="1x3")
    # 283.00 of the deductible, then 20% of the 317.00 that is left of three visits of 200.00
    assert found.cost.low == found.cost.high == 28_300 + 6_340
    assert found.cost.part.sure is Sure.LOW  # the percentage is not confirmed
