"""Telephone numbers as directories write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.values.phone import Phone, read_phone


@pytest.mark.parametrize(
    ("text", "e164", "display", "extension"),
    [
        ("512-472-4357", "+15124724357", "(512) 472-4357", ""),
        ("(512) 472-4357", "+15124724357", "(512) 472-4357", ""),
        ("512.472.4357 x104", "+15124724357", "(512) 472-4357 ext. 104", "104"),
        ("512-472-4357 ext. 7", "+15124724357", "(512) 472-4357 ext. 7", "7"),
        ("1-800-662-4357", "+18006624357", "(800) 662-4357", ""),
        ("+1 787 758 2525", "+17877582525", "(787) 758-2525", ""),  # Puerto Rico
        (" 671-647-5440 ", "+16716475440", "(671) 647-5440", ""),  # Guam
    ],
)
def test_a_number_is_read_and_written_one_way(
    text: str, e164: str, display: str, extension: str
) -> None:
    assert read_phone(text) == Phone(e164, display, extension, valid=True)


def test_a_link_dials_the_extension_too() -> None:
    phone = read_phone("512-472-4357 x104")
    assert phone is not None
    assert phone.href == "tel:+15124724357;ext=104"
    assert Phone("+15124724357", "(512) 472-4357").href == "tel:+15124724357"


@pytest.mark.parametrize("text", ["", "none", "call us", "-", "5"])
def test_no_number_is_none(text: str) -> None:
    assert read_phone(text) is None


@pytest.mark.parametrize("text", ["000-000-0000", "123-456-7890", "999-999-9999", "512-472"])
def test_a_number_outside_the_numbering_plan_is_kept_but_not_valid(text: str) -> None:
    phone = read_phone(text)
    assert phone is not None
    assert not phone.valid


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    phone = read_phone(text)
    assert phone is None or phone.e164.startswith("+")
