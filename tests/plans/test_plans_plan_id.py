"""Plan ids as cards write them, in the files' form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.plans.plan_id import canonical_id, card_id, id_in, is_version_of, without_version


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("H0104-012-000", "H0104_012_0"),
        ("h0104 012 1", "H0104_012_1"),
        ("H0104_012_0", "H0104_012_0"),
        ("40220tx0080024-01", "40220TX0080024-01"),
        ("40220TX008002401", "40220TX0080024-01"),
        ("40220TX0080024", "40220TX0080024"),  # which variant is not for us to guess
        ("H0104-012", "H0104_012"),  # nor which segment
        ("Humana Gold Plus H1036-065", "H1036_065"),
        ("R5826-001-000 PPO", "R5826_001_0"),
        ("CMS H1036/065", "H1036_065"),
        ("H1036.065.000", "H1036_065_0"),
        ("H1036 PBP 065", "H1036_065"),
        ("H1036-65", "H1036_065"),
        ("H103665", "H103665"),  # without a divider nobody can tell where the number begins
        ("40220 TX 008 0024-01", "40220TX0080024-01"),
        ("HSA H1234567890123", "HSA H1234567890123"),
        ("policy 12H0104-012", "policy 12H0104-012"),
        ("", ""),
    ],
)
def test_ids(text, plan):
    assert canonical_id(text) == plan


def test_a_version_is_the_id_with_a_segment_or_a_variant():
    assert is_version_of("H1036_065_0", "H1036_065")
    assert is_version_of("40220TX0080024-01", "40220TX0080024")
    assert is_version_of("H1036_065_0", "H1036_065_0")
    assert not is_version_of("H1036_0651_0", "H1036_065")
    assert card_id("H1036_065_0") == "H1036-065-0"
    assert id_in("no id at all") == ""
    assert without_version("H1036_065_0") == without_version("H1036_065") == "H1036_065"
    assert without_version("40220TX0080024-01") == "40220TX0080024"


@given(st.text(max_size=40))
def test_the_form_is_stable(text):
    once = canonical_id(text)
    assert canonical_id(once) == once
