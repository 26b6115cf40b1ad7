"""Every picture of the desk's how-tos is there, and is one that a journey takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRIVATE = ROOT / "tests" / "private"
TAKEN = (
    r'accessible_at_both_widths\(\w+(?:\.\w+)?, "([\w-]+)"\)',
    r'pictured\(page, "([\w-]+)"\)',
    r'\("[{/][^"]*", "([\w-]+)"\)',
)
"""How a journey names the picture that it takes."""


@pytest.mark.parametrize(
    ("folder", "pattern", "pages", "journeys"),
    [
        ("desk", "desk-*.md", 3, PRIVATE / "desk" / "test_desk_journeys.py"),
        ("program", "program/*.md", 10, PRIVATE / "treatment" / "test_program_pictures.py"),
    ],
    ids=["desk", "program"],
)
def test_the_pictures_of_the_how_tos_are_those_that_the_journeys_take(
    folder: str, pattern: str, pages: int, journeys: Path
) -> None:
    files = list((ROOT / "docs" / "how-to").glob(pattern))
    texts = [file.read_text("utf-8") for file in files]
    shown = {name for text in texts for name in re.findall(rf"images/{folder}/([\w-]+)\.png", text)}
    journey = journeys.read_text("utf-8")
    taken = {name for how in TAKEN for name in re.findall(how, journey)}
    there = {path.stem for path in (ROOT / "docs" / "images" / folder).glob("*.png")}
    assert len(files) == pages and shown == there and shown <= taken


def test_every_role_of_a_program_has_a_how_to_with_a_picture() -> None:
    pages = [p for p in (ROOT / "docs" / "how-to" / "program").glob("*.md") if p.stem != "README"]
    assert [p.stem for p in pages if "images/program/" not in p.read_text("utf-8")] == []
