"""Two listings of one place are joined, whatever their order; others are kept apart."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.directory.matching import MatchedListing, Own, judge, judge_moved, listing, pair_up


def made(key: str = "a", **changes: str) -> MatchedListing:
    """A listing with changes."""
    fields = {
        "name": "Harbor Recovery Center",
        "name2": "",
        "street": "120 North Main Street",
        "street2": "",
        "city": "Dayton",
        "state": "OH",
        "zip_code": "45402",
        "phone": "937-555-0101",
    } | changes
    phone = fields.pop("phone")
    return listing(key, *[fields[f] for f in ("name", "name2", "street", "street2", "city", "state")],
                   fields["zip_code"], [phone] if phone else [])  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"street": "120 N. Main St"},
        {"street": "120 North Main Street NW", "phone": ""},
        {"name": "HARBOR RECOVERY CTR", "phone": ""},
        {"name": "Ohio Wellness Partners"},  # the same telephone on the same street
        {"zip_code": "45403"},  # the same street of the same town
        {"street": "Harbor Building", "street2": "120 North Main Street"},
    ],
)
def test_the_same_place_written_otherwise(changes: dict[str, str]) -> None:
    match = judge(made("a"), made("b", **changes))
    assert match is not None
    assert match.rule and 0.9 <= match.confidence <= 1


@pytest.mark.parametrize(
    "changes",
    [
        {"street": "98 Elm Street"},
        {"state": "KY"},
        {"name": "Dayton Veterans Clinic", "phone": "937-555-0199"},
        {"street": "- - -", "zip_code": "45402"},  # a hidden address is not tied to a known one
    ],
)
def test_other_places(changes: dict[str, str]) -> None:
    assert judge(made("a"), made("b", **changes)) is None


def test_withheld_addresses_are_joined_by_name_zip_and_telephone_alone() -> None:
    assert judge(made("a", street="- - -"), made("b", street="---")) is not None
    assert judge(made("a", street="- - -"), made("b", street="- - -", phone="")) is None
    assert judge(made("a", street="- - -"), made("b", street="- - -", zip_code="45410")) is None


def test_a_move_needs_a_number_or_a_name_of_its_own() -> None:
    before, after = made("a"), made("b", street="7 Elm Street", city="Xenia", zip_code="45385")
    assert judge_moved(before, after) is None  # as far as we know a switchboard's number
    assert judge_moved(before, after, Own.of([before], [after])) is not None
    sisters = [before, made("c", street="1 Oak Street"), made("d", street="2 Oak Street")]
    assert judge_moved(before, after, Own.of(sisters, sisters)) is None


texts = st.text(alphabet="abc 12-'é", max_size=12)


@given(st.lists(texts, min_size=7, max_size=7), st.lists(texts, min_size=7, max_size=7))
def test_matching_is_symmetric(a: list[str], b: list[str]) -> None:
    left = listing("a", *a[:5], "OH", a[5], [a[6]])
    right = listing("b", *b[:5], "OH", b[5], [b[6]])
    assert judge(left, right) == judge(right, left)
    own = Own.of([left], [right])
    assert judge_moved(left, right, own) == judge_moved(right, left, own)


def test_pairs_do_not_depend_on_the_order_of_rows() -> None:
    rng = random.Random(5)
    left = [made(f"l{i}", street=f"{i % 6} Main Street", name=f"Center {i % 4}") for i in range(24)]
    right = [made(f"r{i}", street=f"{i % 6} Main St", name=f"Center {i % 5}") for i in range(24)]
    expected = set(pair_up(left, right))
    for _ in range(5):
        rng.shuffle(left)
        rng.shuffle(right)
        assert set(pair_up(left, right)) == expected
    assert len({m.a for m in expected}) == len({m.b for m in expected}) == len(expected)
