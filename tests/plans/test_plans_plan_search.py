"""Plans are found by issuer, name or id, as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.plans.insurance import Insurance
from waypost.plans.plan_search import PlanName, carried_names, search_plans

MARKETPLACE = Insurance.MARKETPLACE
TEXAS_BLUE = "Blue Cross and Blue Shield of Texas"
NAMES = (
    PlanName("40220TX0080024-01", MARKETPLACE, "UnitedHealthcare", "UHC Gold", ("TX",)),
    PlanName("33602TX0420001-01", MARKETPLACE, TEXAS_BLUE, "Blue Advantage Silver 205", ("TX",)),
    PlanName("16842FL0120001-01", MARKETPLACE, "Florida Blue", "BlueOptions Bronze", ("FL",)),
    *carried_names(),
)


@pytest.mark.parametrize("text", ["H0104-012-000", "h0104 012 0", "H0104_012_0"])
def test_a_medicare_advantage_id_is_found_as_cards_write_it(text):
    assert search_plans(text, NAMES)[0].id == "H0104_012_0"


@pytest.mark.parametrize(
    "text",
    [
        "Humana Gold Plus H1036-065", "H1036-065", "h1036 065", "H1036_065", "H1036–065",
        "Humana Gold Plus (HMO) H1036-065-000", "ID H1036-065 PCN",
    ],
)  # fmt: skip
def test_an_id_inside_what_the_card_says_is_found(text):
    assert [n.id for n in search_plans(text, NAMES)] == ["H1036_065_0"]


def test_an_id_that_is_written_out_is_found_in_any_state():
    assert search_plans("H0104-012", NAMES, state="FL")[0].id == "H0104_012_0"


def test_a_name_with_digits_is_still_a_name():
    assert search_plans("Blue Advantage Silver 205", NAMES)[0].id == "33602TX0420001-01"


def test_the_beginning_of_an_id_is_enough():
    found = search_plans("H0104", NAMES)
    assert found
    assert all(n.id.startswith("H0104") for n in found)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("united healthcare gold", "40220TX0080024-01"),
        ("blue cros blue shield texas", "33602TX0420001-01"),
        ("florida blue bronze", "16842FL0120001-01"),
        ("Blue Advantage Silver 205", "33602TX0420001-01"),
    ],
)
def test_names_are_forgiven_their_spelling(text, first):
    assert search_plans(text, NAMES)[0].id == first


def test_a_state_keeps_only_its_plans():
    assert {n.id for n in search_plans("blue", NAMES, state="FL")} == {"16842FL0120001-01"}


def test_nothing_alike_is_nothing_found():
    assert search_plans("zzzzqqqq", NAMES) == []
    assert search_plans("", NAMES) == []
    assert search_plans("!!!", NAMES) == []


@settings(max_examples=100)
@given(st.text(max_size=120))
def test_any_text_is_answered(text):
    assert len(search_plans(text, NAMES)) <= 10


@pytest.mark.parametrize("text", ["H1036-065-9", "Gold Plus H1036 065 009"])
def test_a_segment_that_no_file_has_offers_the_plans_others(text):
    assert [plan.id for plan in search_plans(text, carried_names())] == ["H1036_065_0"]
