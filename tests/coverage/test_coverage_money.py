"""Cents and basis points: read exactly, refused when odd, never a float."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.values.money import (
    BadAmount,
    dollars_text,
    part_of,
    percent_text,
    read_dollars,
    read_percent,
)


@pytest.mark.parametrize(
    ("text", "cents"),
    [("$0.00", 0), ("$4.70", 470), ("$4.7", 470), ("$1,250.00", 125000), ("2000", 200000)],
)
def test_dollars_are_read(text, cents):
    assert read_dollars(text) == cents


@pytest.mark.parametrize(
    "text",
    ["", "$", "-$5", "$1.005", "$1,25", "1e9", "NaN", "$٣", "$9999999999", "$5\n$6", "Infinity"],
)
def test_odd_dollars_are_refused(text):
    with pytest.raises(BadAmount):
        read_dollars(text)


@pytest.mark.parametrize(
    ("text", "points"), [("0%", 0), ("20%", 2000), ("47.5%", 4750), ("100.00%", 10000)]
)
def test_percentages_are_read(text, points):
    assert read_percent(text) == points


@pytest.mark.parametrize("text", ["", "%", "-20%", "100.01%", "20", "0.2", "٢٠%", "20.005%"])
def test_odd_percentages_are_refused(text):
    with pytest.raises(BadAmount):
        read_percent(text)


@given(st.integers(0, 10**9))
def test_what_is_written_is_read_again(cents):
    assert read_dollars(dollars_text(cents)) == cents


@given(st.integers(0, 10_000))
def test_percentages_written_are_read_again(points):
    assert read_percent(percent_text(points)) == points


def test_a_part_is_rounded_half_up():
    assert part_of(5, 1000) == 1
    assert part_of(4, 1000) == 0
    assert part_of(999, 10_000) == 999
