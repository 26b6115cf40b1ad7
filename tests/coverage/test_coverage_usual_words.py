"""What plans usually charge, in words that need no dictionary."""

from __future__ import annotations

import json

import pytest

from waypost.coverage.usual_words import charge_words, usual_sentence
from waypost.places.states import STATE_NAMES
from waypost.plans.cost_share import read_cost_share
from waypost.plans.usual import BENEFITS, DISTRIBUTIONS, TOGETHER, usual_shares
from waypost.values.level_of_care import LevelOfCare


def test_texas_is_told_in_plain_words() -> None:
    said = usual_sentence(usual_shares("TX", LevelOfCare.IOP)[0])
    assert "3,562 marketplace plans of 2026 in Texas" in said.en
    assert "If the plan charges each day like an office visit: 17 of 100 charge nothing;" in said.en
    assert "14 of 100 charge half of the price once the deductible is met" in said.en
    assert "17 de cada 100 no cobran nada" in said.es


@pytest.mark.parametrize("state", ["", "FL", "NH", "OH", "TX", "WI"])
@pytest.mark.parametrize("care", list(LevelOfCare))
def test_variants_without_any_cost_sharing_are_not_counted(state, care) -> None:
    """They list a $0 copay and 0 % coinsurance both, and are for American Indians alone."""
    counts = json.loads(DISTRIBUTIONS.read_text("utf-8"))
    zeros = ("$0.00", "0.00%", "No Charge")
    for usual, (_key, benefit) in zip(usual_shares(state, care), BENEFITS[care], strict=False):
        rows = counts[usual.state or TOGETHER][benefit]
        columns = [rows.get(f"In-Network {name} (Tier 1)", {}) for name in ("Copay", "Coinsurance")]
        nothing = [sum(column.get(zero, 0) for zero in zeros) for column in columns]
        assert usual.plans == rows["plans"] - min(nothing)
        said = [s.points for s in usual.shares if s.share == read_cost_share("$0.00")]
        assert sum(said) == (max(nothing) - min(nothing)) * 10_000 // usual.plans or not said
        assert sum(share.points for share in usual.shares) <= 10_000


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("$0.00", "charge nothing"),
        ("$30.00", "charge $30"),
        ("No Charge after deductible", "charge nothing once the deductible is met"),
        ("25.00% Coinsurance after deductible", "charge a quarter of the price once the"),
        ("40.00%", "charge 40% of the price"),
        ("$950.00 Copay per Stay with deductible", "charge $950 for the whole stay and, until"),
    ],
)
def test_a_share_is_a_verb(cell, words) -> None:
    assert charge_words(read_cost_share(cell)).en.startswith(words)


def test_every_state_and_care_is_said_without_a_blank_left() -> None:
    for state in ("", *STATE_NAMES):
        for care in LevelOfCare:
            for usual in usual_shares(state, care):
                said = usual_sentence(usual)
                assert "{" not in said.en + said.es
                assert "coinsurance" not in said.en
