"""National provider numbers check themselves; tax ids are nine digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.values.numbers import read_npi, read_tax_id


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234567893", "1234567893"),  # the example of 45 CFR 162.406's preamble
        (" 123-456-7893 ", "1234567893"),
        ("1234567890", ""),
        ("3234567893", ""),
        ("123456789", ""),
        ("١٢٣٤٥٦٧٨٩٣", ""),
        ("", ""),
    ],
)
def test_npis(text: str, number: str) -> None:
    assert read_npi(text) == number


@given(st.integers(1_000_000_00, 2_999_999_99))
def test_one_last_digit_of_ten_fits(first_nine: int) -> None:
    fitting = [d for d in range(10) if read_npi(f"{first_nine}{d}")]
    assert len(fitting) == 1


def test_tax_ids() -> None:
    assert read_tax_id("12-3456789") == read_tax_id("123456789") == "123456789"
    assert read_tax_id("1-23456789") == read_tax_id("12345678x") == ""
