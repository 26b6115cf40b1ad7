"""The answer: three verdicts with sources, never a promise, nothing of the person in it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from coverage_asking import GOLD, ISSUER_FILE, KNOWLEDGE, TODAY, OneFile, ask, program
from waypost.coverage.answer import answer
from waypost.coverage.answer_json import answer_json
from waypost.coverage.knowledge import carried_knowledge
from waypost.coverage.question import BadCoverageQuestion, read_question
from waypost.coverage.verdict import Verdict
from waypost.plans.advantage import segments
from waypost.plans.insurance import Insurance
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import Sure


@pytest.mark.parametrize("insurance", list(Insurance))
@pytest.mark.parametrize("care", list(LevelOfCare))
def test_every_question_has_three_answers_each_with_words_and_a_year(insurance, care):
    for state in ("", "TX", "CA", "PR"):
        found = ask(insurance=insurance, care=care, state=state)
        for part in (found.covered, found.network, found.cost.part):
            assert part.sentences
            assert part.verdict is not Verdict.UNKNOWN or part.sure is Sure.LOW
            assert all(line.en and line.es and "{" not in line.en for line in part.sentences)
        assert found.covered.sources
        assert found.covered.year
        assert found.script
        assert json.dumps(answer_json(found, "es"))


@pytest.mark.parametrize(
    "text", ["Humana Gold Plus H1036-065", "H1036-065", "H1036-065-000", "h1036_065_0"]
)
def test_a_plan_is_found_as_its_card_writes_it(text):
    for insurance in ("medicare-advantage", ""):
        found = ask(insurance=insurance, plan=text)
        assert found.plan.id == "H1036_065_0"
        assert found.notes == ()


def test_a_plan_that_is_not_known_is_said_and_not_answered_for():
    for insurance, key in (("marketplace", "plan-not-found"), ("employer", "plan-employer"),
                           ("medicare-advantage", "plan-not-found")):  # fmt: skip
        found = ask(insurance=insurance, plan="99999ZZ9999999-01", state="TX")
        assert [note.id for note in found.notes] == [key]
        assert found.plan is None
        data = answer_json(found)
        assert (data["plan"], data["plan_found"]) == (None, False)
        assert "99999ZZ9999999-01" in data["notes"][0]["text"]
    assert answer_json(ask(insurance="employer"))["plan_found"] is None
    assert answer_json(ask(plan=GOLD))["plan_found"] is True


def test_an_employers_plan_is_not_answered_as_a_marketplace_plan():
    found = ask(insurance="employer", plan=GOLD, state="TX")
    assert [note.id for note in found.notes] == ["plan-other-kind"]
    assert found.plan is None
    words = " ".join(line.en for line in (*found.covered.sentences, *found.cost.part.sentences))
    assert "Marketplace" not in words


def test_a_plan_of_a_small_employer_is_answered_as_one():
    found = asked_with_plan(Insurance.EMPLOYER, insurance="employer")
    assert found.plan is not None
    assert found.insurance is Insurance.EMPLOYER
    assert asked_with_plan(Insurance.EMPLOYER, insurance="not-sure").insurance is Insurance.EMPLOYER
    assert asked_with_plan(Insurance.EMPLOYER, insurance="marketplace").plan is None


def asked_with_plan(kind, **fields):
    class OnePlan(OneFile):
        def plan(self, plan_id, care):
            return replace(KNOWLEDGE.plan(GOLD, care), insurance=kind)

    return ask(None, carried_knowledge(OnePlan()), plan=GOLD, **fields)


def test_several_versions_of_a_plan_are_named():
    plan, _number = Counter(k.rsplit("_", 1)[0] for k in segments()).most_common(1)[0]
    several = sorted(k for k in segments() if k.startswith(f"{plan}_"))
    assert len(several) > 1
    found = ask(insurance="medicare-advantage", plan=plan)
    assert [note.id for note in found.notes] == ["plan-several"]
    assert several[1].replace("_", "-") in found.notes[0].en
    assert found.plan is None


def test_the_carried_plan_is_priced_in_two_ways():
    found = ask(insurance="marketplace", plan=GOLD, state="TX")
    office, facility = found.cost.scenarios
    assert (office.estimate.low, office.estimate.high) == (90_000, 90_000)
    assert facility.estimate is None  # a quarter of a price that nobody knows is no amount
    assert facility.most == 820_000
    assert facility.without_price is not None
    assert (found.cost.low, found.cost.high) == (None, None)
    assert "cost-two-ways" in {line.id for line in found.cost.part.sentences}
    assert found.cost.part.verdict is Verdict.DEPENDS


def test_what_was_paid_narrows_the_interval():
    wide = ask(insurance="marketplace", plan=GOLD, price="250")
    told = ask(insurance="marketplace", plan=GOLD, price="250", deductible_met="2000")
    facility = told.cost.scenarios[1].estimate
    assert facility.low == facility.high == 30 * 6_250
    assert wide.cost.scenarios[1].estimate.high > facility.high


def test_a_stand_in_is_called_one():
    found = ask(insurance="medicare-advantage", plan="H0104_012_0")
    assert [s.key for s in found.cost.scenarios] == ["group", "hospital"]
    assert "cost-stand-in" in {line.id for line in found.cost.part.sentences}
    assert found.cost.part.sure is Sure.LOW
    group, hospital = (scenario.estimate for scenario in found.cost.scenarios)
    assert (group.low, group.high) == (90_000, 90_000)  # $30 a visit
    assert (hospital.low, hospital.high) == (0, 590_000)  # the page's own words: $0-$315


def test_without_the_plan_the_usual_is_told_and_never_a_number_of_its_own():
    found = ask(insurance="marketplace", state="FL")
    assert found.cost.scenarios == ()
    usual = [line for line in found.cost.part.sentences if line.id == "cost-usual"]
    assert usual
    assert "Florida" in usual[0].en
    assert found.cost.low is None


def test_the_programs_own_word_is_likely_for_medicaid_and_no_more_for_a_network():
    says = program("payment:medicaid", "payment:private", "level:iop")
    assert ask(says, insurance="medicaid", state="TX").network.verdict is Verdict.LIKELY
    private = ask(says, insurance="employer")
    assert private.network.verdict is Verdict.DEPENDS
    assert "network-no-npi" in {line.id for line in private.network.sentences}
    silent = ask(program(), insurance="medicaid", state="TX")
    assert silent.network.verdict is Verdict.DEPENDS
    assert "network-not-listed" in {line.id for line in silent.network.sentences}


def test_an_issuers_file_says_likely_and_names_itself():
    knowledge = carried_knowledge(OneFile())
    here = program("payment:private", npis=("1234567893",))
    found = ask(here, knowledge, insurance="marketplace", plan=GOLD)
    assert found.network.verdict is Verdict.LIKELY
    assert ISSUER_FILE in found.network.sources
    gone = ask(
        program("payment:private", npis=("1111111112",)),
        knowledge,
        insurance="marketplace",
        plan=GOLD,
    )
    assert gone.network.verdict is Verdict.DEPENDS


def test_a_plan_of_another_kind_is_not_used():
    found = ask(insurance="medicaid", state="TX", plan=GOLD)
    assert found.plan is None
    assert ask(insurance="not-sure", plan=GOLD).plan is not None


def test_no_insurance_points_to_medicaid_by_state():
    expanded = ask(insurance="none", state="CA")
    assert "help-expanded" in {line.id for line in expanded.help}
    closed = ask(insurance="none", state="TX")
    assert "help-not-expanded" in {line.id for line in closed.help}
    assert not {"help-expanded", "help-not-expanded"} & {
        line.id for line in ask(insurance="none", state="PR").help
    }


def test_with_no_insurance_nobody_is_sent_to_a_plan():
    found = ask(insurance="none", state="TX")
    words = " ".join(line.en for line in (*found.script, *found.changes, *found.authorization))
    assert "price by income" in words
    assert "card" not in words
    assert "network" not in words
    assert found.authorization == ()
    assert ask(insurance="not-sure").authorization


def test_the_script_names_the_billing_codes():
    words = " ".join(line.en for line in ask(insurance="employer").script)
    assert "H0015" in words
    assert "0906" in words


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "insurance"),
        ({"insurance": "gold"}, "insurance"),
        ({"insurance": "va", "care": "spa"}, "care"),
        ({"insurance": "va", "state": "ZZ"}, "state"),
        ({"insurance": "va", "plan": "<script>"}, "plan"),
        ({"insurance": "va", "site": "x" * 41}, "site"),
        ({"insurance": "va", "course": "99x9"}, "course"),
        ({"insurance": "va", "price": "-5"}, "price"),
        ({"insurance": "va", "deductible_met": "lots"}, "deductible_met"),
    ],
)
def test_a_bad_question_says_which_field(fields, field):
    with pytest.raises(BadCoverageQuestion) as refused:
        read_question(fields)
    assert set(refused.value.faults) == {field}


def test_json_gives_every_source_that_a_sentence_names():
    found = answer_json(ask(insurance="marketplace", plan=GOLD, state="TX"))
    listed = {source["id"] for source in found["sources"]}
    named = {
        source
        for part in ("covered", "network", "cost")
        for line in found[part]["sentences"]
        for source in line["sources"]
    }
    assert named <= listed
    assert all(s["as_of"] and s["publisher"] for s in found["sources"])


def test_the_plans_own_words_for_care_elsewhere_are_quoted():
    found = ask(insurance="marketplace", plan=GOLD, state="TX")
    lines = {line.id: line for line in found.cost.part.sentences}
    assert "100.00%" in lines["cost-outside-nothing"].en
    assert lines["cost-summary"].sources[0].url.endswith(".2026.pdf")


def test_an_inpatient_row_answers_for_care_with_nights():
    found = ask(insurance="marketplace", plan=GOLD, state="TX", care="residential")
    ids = {line.id for line in found.covered.sentences}
    assert found.covered.verdict is Verdict.LIKELY
    assert "covered-plan-inpatient" in ids
    assert "covered-plan-yes" not in ids


def test_the_service_area_is_told_and_never_called_a_network():
    knowledge = carried_knowledge(OneFile())
    here = replace(program("payment:private"), county_fips="48201")
    inside = ask(here, knowledge, insurance="marketplace", plan=GOLD)
    assert "network-area" in {line.id for line in inside.network.sentences}
    assert inside.network.verdict is Verdict.DEPENDS
    away = ask(replace(here, county_fips="48001"), knowledge, insurance="marketplace", plan=GOLD)
    assert "network-outside-area" in {line.id for line in away.network.sentences}


@pytest.mark.parametrize("text", ["H0104-012-000", "h0104_012_0", "H0104 012 0"])
def test_a_plan_alone_says_which_insurance_it_is(text):
    found = ask(plan=text, care="iop")
    assert found.plan.id == "H0104_012_0"
    assert found.insurance is Insurance.ADVANTAGE
    assert found.covered.verdict is Verdict.LIKELY
    assert found.cost.scenarios


@pytest.mark.parametrize(
    "fields",
    [
        {"insurance": "marketplace", "plan": GOLD},
        {"insurance": "marketplace", "plan": GOLD, "care": "outpatient"},
        {"insurance": "medicare-advantage", "plan": "H1036_065_0"},
        {"insurance": "medicare", "price": "250"},
    ],
)
def test_a_plan_of_an_earlier_year_is_said_to_be_old_and_is_never_sure(fields):
    for day, is_old in ((TODAY, False), (date(2026, 1, 1), False), (date(2027, 1, 1), True)):
        found = answer(read_question(fields), KNOWLEDGE, day)
        told = {line.id for line in found.cost.part.sentences}
        assert ("plan-old-year" in told) is is_old
        assert not is_old or found.cost.part.sure is Sure.LOW
        by_plan = {"covered-plan-yes", "covered-plan-iop"} & {s.id for s in found.covered.sentences}
        assert not (is_old and by_plan) or found.covered.sure is Sure.LOW
    assert "2027" in next(s.en for s in found.cost.part.sentences if s.id == "plan-old-year")
