"""Plan ids as cards write them, in the files' form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.plans.plan_id import canonical_id


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("H0104-012-000", "H0104_012_0"),
        ("h0104 012 1", "H0104_012_1"),
        ("H0104_012_0", "H0104_012_0"),
        ("40220tx0080024-01", "40220TX0080024-01"),
        ("40220TX008002401", "40220TX0080024-01"),
        ("40220TX0080024", "40220TX0080024"),  # which variant is not for us to guess
        ("H0104-012", "H0104-012"),  # nor which segment
        ("", ""),
    ],
)
def test_ids(text, plan):
    assert canonical_id(text) == plan


@given(st.text(max_size=40))
def test_the_form_is_stable(text):
    once = canonical_id(text)
    assert canonical_id(once) == once
