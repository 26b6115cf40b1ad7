"""A price counts only for the plans of the entity that published it; without one, no interval."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from parameter_ids import short_id
from published_prices import PROGRAM, Prices, price_file, priced
from waypost.coverage.answer import answer
from waypost.coverage.knowledge import carried_knowledge
from waypost.coverage.question import read_question
from waypost.coverage.sentences import billing_codes, day_codes
from waypost.plans.insurance import Insurance
from waypost.plans.issuer_names import same_issuer
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import Sure

GOLD = "40220TX0080024-01"
TODAY = date(2026, 11, 28)


def ask(*prices, site=PROGRAM, **fields):
    return answer(read_question(fields), carried_knowledge(Prices(*prices)), TODAY, site)


def ids(part):
    return {line.id for line in part.sentences}


def facility(found):
    return found.cost.scenarios[1].estimate


UNITED = price_file("UnitedHealthcare Insurance Company")
OWN = price_file("Someone", plans=("40220TX008",), number=2)
AETNA = price_file("Aetna", number=3)


def test_the_plans_own_price_is_used_and_named():
    found = ask(priced(OWN, 25_000), plan=GOLD)
    assert "cost-price-plan" in ids(found.cost.part)
    # the deductible of $2,000 is met by eight visits; then a quarter of $250
    assert (facility(found).low, facility(found).high) == (30 * 6_250, 200_000 + 22 * 6_250)


def test_another_plan_of_the_insurer_stands_in_and_says_so():
    found = ask(priced(UNITED, 25_000), plan=GOLD)
    assert "cost-price-insurer" in ids(found.cost.part)
    assert found.cost.part.sure is Sure.LOW
    by_number = price_file("Someone", plans=("40220TX999",), number=4)
    assert "cost-price-insurer" in ids(ask(priced(by_number, 25_000), plan=GOLD).cost.part)


def test_the_plans_own_price_goes_before_its_insurers():
    found = ask(priced(UNITED, 10_000), priced(OWN, 25_000), plan=GOLD)
    assert facility(found).low == 30 * 6_250


@pytest.mark.parametrize(
    "fields",
    [
        {"plan": GOLD},
        {"insurance": "medicare"},
        {"insurance": "medicare-advantage", "plan": "H0104_012_0"},
        {"insurance": "medicaid", "state": "TX"},
        {"insurance": "tricare"},
        {"insurance": "va"},
        {"insurance": "none"},
    ],
    ids=short_id,
)
@pytest.mark.parametrize("with_price", [{}, {"price": "200"}], ids=["no price", "a price"])
def test_another_payers_file_never_changes_this_payers_answer(fields, with_price):
    without = ask(**fields, **with_price)
    others = [priced(AETNA, cents, code=code) for cents in (100, 25_000) for code in
              ("H0015", "S9480", "0905")]  # fmt: skip
    middle = [priced(AETNA, 10_000 + n, program=f"{n}") for n in range(9)]
    assert ask(*others, *middle, **fields, **with_price) == without


@pytest.mark.parametrize("kind", [k for k in Insurance if k not in ("marketplace", "employer")])
def test_only_marketplace_and_employer_insurers_publish_prices(kind):
    found = ask(priced(UNITED, 25_000), insurance=kind, state="TX")
    assert not {"network-price", "network-price-if"} & ids(found.network)


@pytest.mark.parametrize("kind", ["marketplace", "employer"])
def test_without_a_plan_a_price_is_only_told_beside_its_insurers_name(kind):
    found = ask(priced(AETNA, 25_000), insurance=kind, state="TX")
    (line,) = [one for one in found.network.sentences if one.id == "network-price-if"]
    assert line.en.startswith("If your insurer is Aetna")
    assert found.cost.scenarios == ()
    assert replace(found.cost) == ask(insurance=kind, state="TX").cost


def test_other_programs_prices_give_the_middle_where_there_are_enough():
    others = [priced(UNITED, 20_000 + n * 1_000, program=str(n)) for n in range(5)]
    found = ask(*others, plan=GOLD)
    (line,) = [one for one in found.cost.part.sentences if one.id == "cost-price-middle"]
    assert "5 other programs" in line.en
    assert "$220 a day" in line.en
    assert "$210 – $230" in line.en
    assert line.sure is Sure.LOW
    assert facility(found).low == 30 * 21_000 // 4
    assert facility(ask(*others[:2], plan=GOLD)) is None


def test_many_rows_of_one_program_weigh_no_more_than_one():
    many = [priced(UNITED, 90_000 + n, program="1") for n in range(50)]
    others = [priced(UNITED, 20_000, program=k) for k in ("2", "3", "4")]
    found = ask(*many, *others, plan=GOLD)
    assert facility(found).low == 30 * 5_000


def test_a_tax_id_finds_the_price_of_a_program_without_an_npi():
    site = replace(PROGRAM, npis=(), tax_ids=("tin:123456789",))
    found = ask(priced(OWN, 25_000, program="tin:123456789"), site=site, plan=GOLD)
    assert "cost-price-plan" in ids(found.cost.part)
    assert "network-price" in ids(found.network)


def test_the_price_that_was_typed_goes_before_all():
    found = ask(priced(OWN, 25_000), plan=GOLD, price="100", deductible_met="2000")
    assert facility(found).low == facility(found).high == 30 * 2_500


def test_without_any_price_there_is_no_interval_and_no_zero():
    found = ask(plan=GOLD)
    assert facility(found) is None
    assert found.cost.low is None
    assert "cost-price-unknown" in ids(found.cost.part)
    assert "$0" not in " ".join(line.en for line in found.cost.part.sentences)


def test_a_plain_copay_needs_no_price():
    found = ask(plan=GOLD, care="outpatient")
    assert [s.estimate.low for s in found.cost.scenarios] == [90_000]
    assert "cost-price-unknown" not in ids(found.cost.part)


@pytest.mark.parametrize(
    ("met", "believed"), [("1999", True), ("2000", True), ("2000.01", False), ("9000", False)]
)
def test_more_than_the_deductible_is_questioned_and_not_believed(met, believed):
    told = ask(plan=GOLD, deductible_met=met, price="250")
    assert ("cost-deductible-above" in ids(told.cost.part)) is not believed
    silent = ask(plan=GOLD, price="250")
    if not believed:
        assert told.cost.scenarios == silent.cost.scenarios
        assert told.cost.part.sure is Sure.LOW
        assert "out-of-pocket" in " ".join(line.en for line in told.cost.part.sentences)


def test_codes_by_the_quarter_hour_or_the_week_are_no_days_price():
    assert "H0004" in billing_codes(LevelOfCare.OUTPATIENT)
    assert "H0004" not in day_codes(LevelOfCare.OUTPATIENT)
    assert "G2067" not in day_codes(LevelOfCare.OTP)
    assert day_codes(LevelOfCare.IOP) == ("H0015", "S9480", "0905", "0906")
    found = ask(priced(OWN, 3_000, code="H0004"), plan=GOLD, care="outpatient")
    assert "network-price" not in ids(found.network)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("UnitedHealthcare", "United Healthcare Insurance Company", True),
        ("Blue Cross and Blue Shield of Texas", "Blue Cross Blue Shield Texas, Inc.", True),
        ("Blue Cross Blue Shield of Texas", "Blue Cross Blue Shield of Illinois", False),
        ("Aetna", "Aetna Better Health", False),
        ("", "", False),
        ("The Insurance Company", "An Insurance Plan", False),
        ("The Health Plan", "Health Insurance Company", False),
        ("The Health Plan", "the health plan", True),
        ("Medical Health Services Inc.", "Medical Health Services, LLC", False),
    ],
)
def test_insurers_are_told_apart(one, other, same):
    assert same_issuer(one, other) is same
    assert same_issuer(other, one) is same


@pytest.mark.parametrize("typed", ["0", "$0", "$0.00", "0.99"])
@pytest.mark.parametrize(
    "fields",
    [{"plan": GOLD}, {"insurance": "medicare"}, {"plan": "H1036-065-0"}],
    ids=["marketplace", "medicare", "advantage"],
)
def test_a_typed_price_that_nobody_charges_is_questioned_and_not_believed(fields, typed):
    without, told = ask(**fields), ask(**fields, price=typed)
    assert "cost-price-nothing" in ids(told.cost.part)
    assert "cost-price-told" not in ids(told.cost.part)
    assert told.cost.scenarios == without.cost.scenarios
    assert told.cost.part.sure is Sure.LOW
    assert "cost-price-told" in ids(ask(**fields, price="1").cost.part)
