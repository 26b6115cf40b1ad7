"""The marketplace grammar reads every published form and refuses all others by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.plans.cost_share import (
    NOT_APPLICABLE,
    BadCostShare,
    Basis,
    CostShare,
    Deductible,
    ShareKind,
    read_cost_share,
)
from waypost.plans.imports.files import read_table
from waypost.plans.usual import DISTRIBUTIONS

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", NOT_APPLICABLE),
        ("Not Applicable", NOT_APPLICABLE),
        ("No Charge", CostShare(ShareKind.COPAY, 0)),
        ("No Charge after deductible", CostShare(ShareKind.COPAY, 0, Deductible.AFTER)),
        ("$40.00", CostShare(ShareKind.COPAY, 4000)),
        ("$4.70", CostShare(ShareKind.COPAY, 470)),
        ("50.00%", CostShare(ShareKind.COINSURANCE, 5000)),
        (
            "20.00% Coinsurance after deductible",
            CostShare(ShareKind.COINSURANCE, 2000, Deductible.AFTER),
        ),
        ("$500.00 Copay after deductible", CostShare(ShareKind.COPAY, 50000, Deductible.AFTER)),
        ("$25 Copay before deductible", CostShare(ShareKind.COPAY, 2500, Deductible.WITH)),
        (
            "$2000.00 Copay per Stay with deductible",
            CostShare(ShareKind.COPAY, 200000, Deductible.WITH, Basis.STAY),
        ),
        ("$3000.00 Copay per Day", CostShare(ShareKind.COPAY, 300000, Deductible.NO, Basis.DAY)),
    ],
)
def test_published_forms(text, share):
    assert read_cost_share(text) == share


@pytest.mark.parametrize(
    "text",
    [
        "free",
        "$40 Coinsurance",
        "20% Copay",
        "20% Coinsurance per Day",
        "No Charge Copay",
        "$-40",
        "$40.00 Copay after the deductible",
        "$40.00; $50.00",
        "120.00%",
        "$٤٠",
        "$40.00\x00",
        "=HYPERLINK(1)",
        "$" + "9" * 400,
        " " * 10_000 + "x",
    ],
)
def test_other_wording_is_refused_by_name(text):
    with pytest.raises(BadCostShare) as refused:
        read_cost_share(text)
    assert refused.value.text


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        share = read_cost_share(text)
    except BadCostShare:
        return
    assert share.amount >= 0


PARTS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["$1,250.00", "$40", "20.00%", "No Charge", "100%", "$4.7"]),
        st.sampled_from(["", " Copay", " Coinsurance"]),
        st.sampled_from(["", " per Day", " per Stay"]),
        st.sampled_from(["", " after deductible", " with deductible", " before deductible"]),
    ),
)


@settings(max_examples=200)
@given(PARTS)
def test_what_is_read_reads_the_same_when_written(text):
    try:
        share = read_cost_share(text)
    except BadCostShare:
        return
    assert read_cost_share(str(share)) == share


def cells():
    """Every cost-share cell of 10,000 real rows, of the telling forms and of the 2026 counts."""
    columns = ("CopayInnTier1", "CopayInnTier2", "CopayOutofNet")
    rates = ("CoinsInnTier1", "CoinsInnTier2", "CoinsOutofNet")
    for row in read_table(DATA / "puf_benefits_2014_2016.csv.gz", columns + rates):
        yield from row
    for row in read_table(DATA / "cost_share_strings.csv", ("string",)):
        yield from row
    for place in json.loads(DISTRIBUTIONS.read_text("utf-8")).values():
        for benefit in place.values():
            for column, counts in benefit.items():
                if isinstance(counts, dict) and not column.startswith("Visit"):
                    yield from counts


def test_every_string_that_is_carried_is_read():
    read = [read_cost_share(cell) for cell in cells()]
    assert len(read) == 60_000 + 25 + 1_631
    assert sum(share.applies for share in read) > 20_000


SHARES = st.builds(
    CostShare,
    st.just(ShareKind.COPAY),
    st.integers(0, 10**6),
    st.sampled_from(Deductible),
    st.sampled_from(Basis),
) | st.builds(
    CostShare, st.just(ShareKind.COINSURANCE), st.integers(0, 10_000), st.sampled_from(Deductible)
)
