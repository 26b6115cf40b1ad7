"""The arithmetic of a course, beside a slow and obvious twin."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.coverage.course import DEFAULT_COURSE, BadCourse, Course, Stage, read_course
from waypost.coverage.estimate import ANY_PRICE, End, estimate, total_at
from waypost.plans.cost_share import CostShare, Deductible, ShareKind, read_cost_share
from waypost.plans.visit import NO_LIMIT, Balance, VisitShare, pay

PLANS = 100_000


def slow_total(price, share, deductible, maximum, visits):
    """The plain version: one pot of money for each visit, taken from step by step."""
    paid_this_year = 0
    still_owed_to_deductible = deductible
    for _visit in range(visits):
        bill, mine, counted = price, 0, 0
        steps = []
        if share.copay.kind is ShareKind.COPAY and share.copay.deductible is not Deductible.AFTER:
            steps.append("copay")
        if {share.copay.deductible, share.coinsurance.deductible} != {Deductible.NO}:
            steps.append("deductible")
        if share.copay.kind is ShareKind.COPAY and share.copay.deductible is Deductible.AFTER:
            steps.append("copay")
        if share.coinsurance.kind is ShareKind.COINSURANCE:
            steps.append("coinsurance")
        for step in steps:
            if step == "copay":
                part = min(bill, share.copay.amount)
            elif step == "deductible":
                part = min(bill, still_owed_to_deductible)
                counted = part
            else:
                part = (bill * share.coinsurance.amount + 5_000) // 10_000  # half a cent is one
            bill -= part
            mine += part
        left_to_the_maximum = maximum - paid_this_year
        mine = min(mine, left_to_the_maximum)
        still_owed_to_deductible -= min(counted, mine)
        paid_this_year += mine
    return paid_this_year


def made_up_plans(seed, number):
    """Plans as real files word them: plain, after and with, one cell or both."""
    chance = random.Random(seed)
    wordings = [Deductible.NO, Deductible.AFTER, Deductible.WITH]
    for _plan in range(number):
        copay = CostShare(ShareKind.NONE)
        coinsurance = CostShare(ShareKind.NONE)
        cells = chance.randrange(4)
        if cells != 1:
            copay = CostShare(ShareKind.COPAY, chance.randrange(0, 60_001), chance.choice(wordings))
        if cells in (1, 2):
            rate = chance.randrange(0, 10_001)
            coinsurance = CostShare(ShareKind.COINSURANCE, rate, chance.choice(wordings[:2]))
        deductible = chance.choice([0, chance.randrange(1, 950_000)])
        maximum = chance.choice([NO_LIMIT, deductible + chance.randrange(0, 500_000)])
        price = chance.randrange(0, 120_000)
        yield price, VisitShare(copay, coinsurance), deductible, maximum, chance.randrange(1, 9)


def test_the_slow_twin_agrees_on_a_hundred_thousand_plans():
    seen = 0
    for price, share, deductible, maximum, visits in made_up_plans(4, PLANS):
        quick, _runs = total_at(End(share, price, Balance(deductible, maximum)), visits)
        assert quick == slow_total(price, share, deductible, maximum, visits)
        seen += 1
    assert seen == PLANS


CENTS = st.integers(0, 2_000_000)
WORDS = st.sampled_from(
    [
        ("$40.00", "Not Applicable"),
        ("$500.00 Copay after deductible", ""),
        ("$25 Copay with deductible", "20.00% Coinsurance after deductible"),
        ("Not Applicable", "40.00% Coinsurance after deductible"),
        ("No Charge", "30%"),
        ("No Charge after deductible", ""),
    ]
)


@settings(max_examples=200)
@given(WORDS, CENTS, CENTS, CENTS, CENTS)
def test_a_higher_price_never_costs_less(words, one, other, deductible, maximum):
    share = VisitShare(*map(read_cost_share, words))
    low, high = sorted((one, other))
    balance = Balance(deductible, maximum)
    assert total_at(End(share, low, balance), 12)[0] <= total_at(End(share, high, balance), 12)[0]


@settings(max_examples=200)
@given(WORDS, CENTS, CENTS, CENTS)
def test_nothing_is_paid_beyond_the_maximum_or_the_bill(words, price, deductible, maximum):
    share = VisitShare(*map(read_cost_share, words))
    total, runs = total_at(End(share, price, Balance(deductible, maximum)), 20)
    assert total <= maximum
    assert total <= 20 * price
    assert sum(r.payment.total * (r.last - r.first + 1) for r in runs) == total


def test_after_and_with_the_deductible_differ():
    balance = Balance(deductible=10_000)
    after = pay(15_000, VisitShare(read_cost_share("$30.00 Copay after deductible")), balance)
    with_it = pay(15_000, VisitShare(read_cost_share("$30.00 Copay with deductible")), balance)
    assert (after.deductible, after.copay, after.total) == (10_000, 3_000, 13_000)
    assert (with_it.deductible, with_it.copay, with_it.total) == (10_000, 3_000, 13_000)
    small = Balance(deductible=14_000)
    after = pay(15_000, VisitShare(read_cost_share("$30.00 Copay after deductible")), small)
    with_it = pay(15_000, VisitShare(read_cost_share("$30.00 Copay with deductible")), small)
    assert (after.deductible, after.copay) == (14_000, 1_000)
    assert (with_it.deductible, with_it.copay) == (12_000, 3_000)


def test_an_unknown_price_is_stopped_by_the_maximum_alone():
    share = VisitShare(coinsurance=read_cost_share("25.00% Coinsurance after deductible"))
    low = End(share, 0, Balance(0, 820_000))
    found = estimate(low, End(share, ANY_PRICE, Balance(200_000, 820_000)), 30)
    assert (found.low, found.high) == (0, 820_000)
    endless = estimate(low, End(share, ANY_PRICE, Balance(200_000)), 30)
    assert endless.high is None


def test_a_plain_copay_is_the_same_at_any_price():
    share = VisitShare(read_cost_share("$30.00"))
    found = estimate(
        End(share, 3_000, Balance(0, 820_000)), End(share, ANY_PRICE, Balance(200_000, 820_000)), 30
    )
    assert (found.low, found.high) == (90_000, 90_000)
    assert [(r.first, r.last) for r in found.low_runs] == [(1, 30)]


def test_a_copay_by_the_stay_is_owed_once():
    share = VisitShare(read_cost_share("$500.00 Copay per Stay"))
    assert total_at(End(share, 60_000, Balance()), 10)[0] == 50_000


def test_a_course_is_read_written_and_bounded():
    assert DEFAULT_COURSE.visits == 30
    assert read_course("8x3,2x2") == Course((Stage(8, 3), Stage(2, 2)))
    assert read_course(str(DEFAULT_COURSE)) == DEFAULT_COURSE


@pytest.mark.parametrize("text", ["", "3", "0x3", "8x8", "53x1", "8x٣", "40x3,40x3", "1x1," * 9])
def test_an_impossible_course_is_refused(text):
    with pytest.raises(BadCourse):
        read_course(text)
