"""Every cell of the 5,044 carried Medicare Advantage segments is read; odd wording is refused."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.plans.advantage import advantage_plan, read_segments, segments, states_of
from waypost.plans.advantage_cost import AdvantageShare, CostSpan, read_advantage_cost
from waypost.plans.advantage_limits import read_limits
from waypost.plans.cost_share import BadCostShare
from waypost.values.level_of_care import LevelOfCare

LIMITS = ("health_deductible", "max_out_of_pocket", "monthly_premium")


def readers(row):
    for column, text in row.items():
        if column in ("plan_id", "states") or column.endswith("prior_auth"):
            continue
        if column.startswith("inpatient"):  # a stay's price is shown as it stands
            continue
        yield column, read_limits if column in LIMITS else read_advantage_cost, text


def test_all_50_440_cells_of_all_segments_are_read():
    refused, read = Counter(), 0
    for row in read_segments():
        for column, reader, text in readers(row):
            read += 1
            try:
                reader(text)
            except BadCostShare:
                refused[column] += 1
    assert not refused
    assert read == 5_044 * 10
    assert len(segments()) == 5_044


def test_every_segment_is_a_plan_for_every_care_with_a_state():
    for key, row in segments().items():
        assert states_of(row)
        for care in LevelOfCare:
            plan = advantage_plan(key, care)
            assert plan.priced or plan.stay_words


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("In-network: $0 copay", AdvantageShare(copay=CostSpan(0, 0))),
        ("In-network: $0-$25 copay ; Out-of-network: $40 copay", AdvantageShare(CostSpan(0, 2500))),
        ("In-network: $0 or $10-$25 copay", AdvantageShare(CostSpan(0, 2500))),
        ("In-network: 0% or 20% coinsurance", AdvantageShare(coinsurance=CostSpan(0, 2000))),
        ("$35 copay", AdvantageShare(CostSpan(3500, 3500))),
        ("In-network: $30 copay, 20% coinsurance", AdvantageShare(CostSpan(3000, 3000), CostSpan(2000, 2000))),
    ],
)  # fmt: skip
def test_visit_costs(text, inside):
    assert read_advantage_cost(text).inside == inside


@pytest.mark.parametrize(
    "text",
    ["", "free", "In-network: $40-$25 copay", "In-network: $30", "Abroad: $5 copay",
     "In-network: $30 copay ; In-network: $40 copay", "$30 copay, $40 copay", "$" + "9" * 500],
)  # fmt: skip
def test_other_visit_costs_are_refused(text):
    with pytest.raises(BadCostShare):
        read_advantage_cost(text)


def test_limits():
    both = read_limits("$13,900 In and Out-of-network ; $9,250 In-network")
    assert both.in_network == CostSpan(925_000, 925_000)
    assert read_limits("$0 or $283 per year for in-network services").in_network == CostSpan(
        0, 28_300
    )
    assert read_limits("Not Applicable").in_network is None


@settings(max_examples=200)
@given(st.text(alphabet="$0123456789-,.% orcpaycinsueInOt:;wk", max_size=60))
def test_any_wording_is_read_or_refused(text):
    for reader in (read_advantage_cost, read_limits):
        try:
            reader(text)
        except BadCostShare as refused:
            assert refused.text == text
