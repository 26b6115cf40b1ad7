"""Telephone area codes beside a second source: the geocoding data of libphonenumber."""

from __future__ import annotations

import phonenumbers
from phonenumbers import geocoder

from waypost.places.area_codes import towns_of_codes
from waypost.places.states import STATE_NAMES

NEWER = {"621", "861", "340", "357", "729", "436", "565", "684"}
"""Codes that libphonenumber gives no place to: most began in 2025 or 2026, two are of islands."""
OTHER_NAMES = {"Washington D.C.": "DC", "Washington State": "WA"}


def _said_of(code: str) -> str:
    """What the second source calls the place of a code: a state, or a town with its state."""
    number = phonenumbers.parse(f"+1{code}2345678")
    return str(geocoder.description_for_number(number, "en"))


def test_the_state_of_every_area_code_is_the_one_that_a_second_source_gives() -> None:
    codes = {name: code for code, name in STATE_NAMES.items()} | OTHER_NAMES
    silent = set()
    for code, keys in towns_of_codes().items():
        said, states = _said_of(code), {key if key in codes else key[-2:] for key in keys}
        if not said:
            silent.add(code)
            continue
        assert states & {said, codes.get(said, said[-2:])}, (code, keys, said)
    assert silent <= NEWER


def test_no_area_code_of_the_second_source_is_missing() -> None:
    codes = set(STATE_NAMES.values()) | set(OTHER_NAMES)
    known = towns_of_codes()
    missing = {
        code: said
        for number in range(200, 1000)
        if (code := str(number)) not in known
        and (said := _said_of(code))
        and (said in codes or said[-2:] in STATE_NAMES)
    }
    assert not missing
