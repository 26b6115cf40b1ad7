"""Every picture of the desk's how-tos is there, and is one that a journey takes."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JOURNEYS = ROOT / "tests" / "private" / "desk" / "test_desk_journeys.py"


def test_the_pictures_of_the_how_tos_are_those_that_the_journeys_take() -> None:
    pages = list((ROOT / "docs" / "how-to").glob("desk-*.md"))
    shown = {n for page in pages for n in re.findall(r"images/desk/([\w-]+)\.png", page.read_text("utf-8"))}  # fmt: skip
    text = JOURNEYS.read_text("utf-8")
    taken = set(re.findall(r'accessible_at_both_widths\(\w+(?:\.\w+)?, "([\w-]+)"\)', text))
    taken |= set(re.findall(r'\("/[\w]+", "([\w-]+)"\)', text))
    there = {path.stem for path in (ROOT / "docs" / "images" / "desk").glob("*.png")}
    assert len(pages) == 3 and shown == there and shown <= taken
