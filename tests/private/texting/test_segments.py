"""Segments: as Twilio's own calculator counts them, and how a text is made to fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from waypost.texting.segments import Encoding, count_segments, in_plain_letters

LINES = (Path(__file__).parent / "data" / "segments.jsonl").read_text("utf-8").splitlines()
COUNTED = [json.loads(line) for line in LINES]
"""Generated texts with the encoding and segments of npm sms-segments-calculator 1.3.0."""


def test_every_generated_text_counts_as_twilios_calculator_counts_it():
    assert len(COUNTED) > 400
    wrong = [
        (text, encoding, segments, count_segments(text))
        for text, encoding, segments in COUNTED
        if (count_segments(text).encoding, count_segments(text).segments) != (encoding, segments)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", Encoding.GSM_7, 0, 1),
        ("a" * 160, Encoding.GSM_7, 160, 1),
        ("a" * 161, Encoding.GSM_7, 161, 2),
        ("€" * 80, Encoding.GSM_7, 160, 1),
        ("a" * 152 + "€" + "a" * 8, Encoding.GSM_7, 162, 2),
        ("ñ" * 160, Encoding.GSM_7, 160, 1),
        ("á" * 70, Encoding.UCS_2, 70, 1),
        ("á" * 71, Encoding.UCS_2, 71, 2),
        ("😀" * 35, Encoding.UCS_2, 70, 1),
        ("😀" * 36, Encoding.UCS_2, 72, 2),
        ("👨\u200d👩\u200d👧\u200d👦", Encoding.UCS_2, 11, 1),
    ],
)
def test_known_counts(text: str, encoding: Encoding, units: int, segments: int):
    counted = count_segments(text)
    assert (counted.encoding, counted.units, counted.segments) == (encoding, units, segments)


def test_quotes_and_accents_that_force_another_alphabet_are_replaced():
    assert in_plain_letters("“¿Está bien?” — sí…") == '"¿Esta bien?" - si...'
    assert count_segments(in_plain_letters("mañana está ´listo´")).encoding is Encoding.GSM_7


def test_a_text_that_needs_the_other_alphabet_keeps_its_accents():
    assert in_plain_letters("está 😀") == "está 😀"
