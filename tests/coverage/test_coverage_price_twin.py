"""A course's cost with a price from each source, beside a slow twin; files that change nothing."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from published_prices import PROGRAM, Prices, price_file, priced
from waypost.coverage.answer import answer
from waypost.coverage.knowledge import carried_knowledge
from waypost.coverage.question import read_question
from waypost.plans.imports.providers import import_providers
from waypost.plans.store import PlanStore
from waypost.values.saying import Sure

GOLD = "40220TX0080024-01"
DEDUCTIBLE, MAXIMUM, QUARTER = 200_000, 820_000, 2_500
TODAY = date(2026, 11, 28)
UNITED = price_file("UnitedHealthcare Insurance Company")
OWN = price_file("Someone", plans=("40220TX008",), number=2)
AETNA = price_file("Aetna", number=3)
SURENESS = [Sure.LOW, Sure.MEDIUM, Sure.HIGH]


def ask(*prices, knowledge=None, site=PROGRAM, **fields):
    known = knowledge or carried_knowledge(Prices(*prices))
    return answer(read_question(fields), known, TODAY, site)


def by_hand(price, points, deductible, maximum, visits):
    """Visit by visit: the rest of the deductible, then a part of what is left of the price."""
    paid = 0
    for _visit in range(visits):
        of_deductible = min(deductible, price)
        deductible -= of_deductible
        part = Fraction(price - of_deductible) * points / 10_000
        paid += min(of_deductible + int(part + Fraction(1, 2)), maximum - paid)
    return paid


SOURCES = {
    "typed": ((), {"price": "250"}, 25_000, 25_000),
    "the plan's file": (
        [priced(OWN, 25_000), priced(OWN, 31_050, code="0906")], {}, 25_000, 31_050,
    ),
    "the insurer's file": ([priced(UNITED, 18_999), priced(UNITED, 40_001)], {}, 18_999, 40_001),
    "other programs' middle": (
        [priced(UNITED, 20_000 + n * 1_000, program=str(n)) for n in range(5)], {}, 21_000, 23_000,
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("met", [None, "0", "499.99", "2000"])
@pytest.mark.parametrize(("course", "visits"), [("8x3,2x2,2x1", 30), ("1x1", 1), ("30x5", 150)])
def test_the_slow_twin_agrees_whatever_the_price_comes_from(source, met, course, visits):
    prices, typed, low, high = SOURCES[source]
    told = {} if met is None else {"deductible_met": met}
    scenario = ask(*prices, plan=GOLD, course=course, **typed, **told).cost.scenarios[1]
    spent = None if met is None else round(float(met) * 100)
    least = DEDUCTIBLE if spent is None else spent  # nobody said: all of it may be met, or nothing
    most = 0 if spent is None else spent
    assert (scenario.estimate.low, scenario.estimate.high) == (
        by_hand(low, QUARTER, DEDUCTIBLE - least, MAXIMUM - least, visits),
        by_hand(high, QUARTER, DEDUCTIBLE - most, MAXIMUM - most, visits),
    )


@pytest.mark.parametrize("met", [None, "0", "283", "100.50"])
def test_the_slow_twin_agrees_on_medicares_own_rates(met):
    rules = carried_knowledge().rules
    earlier = rules.medicare_days[0]
    rates = tuple(replace(earlier, year=2026, cents=cents) for cents in (26_013, 37_777))
    known = replace(carried_knowledge(), rules=replace(rules, medicare_days=rates))
    told = {} if met is None else {"deductible_met": met}
    (scenario,) = ask(knowledge=known, insurance="medicare", **told).cost.scenarios
    whole = rules.numbers["part_b_deductible"]["cents"]
    spent = None if met is None else round(float(met) * 100)
    least, most = (whole, 0) if spent is None else (spent, spent)
    assert (scenario.estimate.low, scenario.estimate.high) == (
        by_hand(26_013, 2_000, whole - least, 10**12, 30),
        by_hand(37_777, 2_000, whole - most, 10**12, 30),
    )


ROWS = st.lists(
    st.builds(
        priced,
        st.sampled_from([OWN, UNITED, AETNA]),
        st.integers(101, 90_000),
        st.sampled_from([PROGRAM.npis[0], "1", "2", "3", "4"]),
        st.sampled_from(["H0015", "S9480", "0905", "0906", "H0004"]),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_files_changes_nothing(rows, chance):
    shuffled = chance.sample(rows, len(rows))
    found = ask(*rows, plan=GOLD)
    assert ask(*shuffled, plan=GOLD) == found
    assert ask(*rows, *rows, plan=GOLD).cost.scenarios == found.cost.scenarios


@settings(max_examples=25)
@given(ROWS, st.integers(101, 90_000))
def test_another_payers_file_changes_nothing_beside_any_others(rows, cents):
    others = [replace(row, file=AETNA) for row in rows] + [priced(AETNA, cents)]
    assert ask(*rows, *others, plan=GOLD) == ask(*rows, plan=GOLD)


@settings(max_examples=25)
@given(st.lists(st.integers(101, 90_000), min_size=1, max_size=4), st.integers(101, 90_000))
@pytest.mark.parametrize("file", [OWN, UNITED], ids=["own", "insurer"])
def test_a_further_price_of_the_same_kind_never_narrows_and_is_never_surer(file, cents, more):
    before = ask(*(priced(file, one) for one in cents), plan=GOLD).cost
    further = priced(replace(file, number=9), more)
    after = ask(*(priced(file, one) for one in cents), further, plan=GOLD).cost
    one, other = before.scenarios[1].estimate, after.scenarios[1].estimate
    assert (other.low <= one.low, other.high >= one.high) == (True, True)
    assert SURENESS.index(after.part.sure) <= SURENESS.index(before.part.sure)


@settings(max_examples=25)
@given(ROWS)
def test_prices_say_nothing_of_coverage_or_of_a_network(rows):
    with_prices, without = ask(*rows, plan=GOLD), ask(plan=GOLD)
    assert with_prices.covered == without.covered
    assert (with_prices.network.verdict, with_prices.network.sure) == (
        without.network.verdict, without.network.sure,
    )  # fmt: skip


def test_files_of_the_same_rows_in_another_order_are_imported_alike(tmp_path):
    plans = [{"plan_id": f"12345TX001000{n}", "network_tier": f"T{n % 3}", "years": [2026]}
             for n in range(6)]  # fmt: skip
    entries = [{"npi": PROGRAM.npis[0], "plans": [plan]} for plan in plans]
    entries += [{"npi": "1999999999", "plans": plans}]
    seen = []
    for seed in range(3):
        random.Random(seed).shuffle(entries)
        path, target = tmp_path / f"{seed}.json", tmp_path / f"{seed}.sqlite3"
        path.write_text(json.dumps(entries))
        import_providers(path, target, npis=PROGRAM.npis, issuer="V", url="", as_of="2026-03-01")
        store = PlanStore(target)
        seen.append([store.network(p["plan_id"], PROGRAM.npis, 2026).tier for p in plans])
    assert seen == [seen[0]] * 3
