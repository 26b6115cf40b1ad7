"""What plans usually charge, in words that need no dictionary."""

from __future__ import annotations

import pytest

from waypost.coverage.usual_words import charge_words, usual_sentence
from waypost.places.states import STATE_NAMES
from waypost.plans.cost_share import read_cost_share
from waypost.plans.usual import usual_shares
from waypost.values.level_of_care import LevelOfCare


def test_texas_is_told_in_plain_words() -> None:
    said = usual_sentence(usual_shares("TX", LevelOfCare.IOP)[0])
    assert "4,183 marketplace plans of 2026 in Texas" in said.en
    assert "If the plan charges each day like an office visit: 29 of 100 charge nothing;" in said.en
    assert "12 of 100 charge half of the price once the deductible is met" in said.en
    assert "29 de cada 100 no cobran nada" in said.es


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
