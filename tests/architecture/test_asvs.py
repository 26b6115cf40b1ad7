"""The table of ASVS 5.0: every requirement of levels 1 and 2 is there, and what it names exists."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "reference" / "asvs.md"
STATES = ("met", "partly", "not met", "does not apply")

# Requirements of levels 1 and 2 in each section of version 5.0.0; in every section they come before
# those of level 3, so that their numbers run from 1.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5,
    "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11,
    "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1,
    "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip


def rows() -> list[list[str]]:
    """The cells of each requirement: number, level, words, state, evidence."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in TABLE.read_text("utf-8").splitlines()
        if re.match(r"\| \d", line)
    ]


def test_every_requirement_of_levels_1_and_2_is_there_once_and_in_order() -> None:
    wanted = [f"{section}.{n}" for section, most in SECTIONS.items() for n in range(1, most + 1)]
    assert [row[0] for row in rows()] == wanted
    assert {row[1] for row in rows()} == {"1", "2"}


def test_every_line_has_a_state_and_what_shows_it() -> None:
    bare = [row[0] for row in rows() if row[3] not in STATES or not row[2]]
    # "Not met" may stand alone where the requirement's own words say what is missing.
    bare += [row[0] for row in rows() if row[3] != "not met" and not row[4]]
    assert bare == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_what_a_line_names_exists(row: list[str]) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for name in re.findall(r"`([^`]+)`", row[4]):
        if name.startswith("make "):
            assert re.search(rf"^{name.removeprefix('make ')}:", makefile, re.MULTILINE), name
        elif "/" in name or name.endswith(".md"):
            assert (ROOT / name).exists(), name


def test_the_counts_above_the_table_are_those_of_its_lines() -> None:
    counted = Counter(row[3] for row in rows())
    words = ", ".join(f"{counted[state]} {state}" for state in STATES)
    assert f"{words}; {sum(SECTIONS.values())} in all." in TABLE.read_text("utf-8")


@pytest.mark.parametrize("name", ["SECURITY.md", "docs/how-to/run-the-desk.md"])
def test_every_file_that_a_promise_names_exists(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    files = set(re.findall(r"`((?:tests|docs|src)/[^`\s]+)`", text))
    gone = sorted(file for file in files if not (ROOT / file).exists())
    assert gone == [] and (name != "SECURITY.md" or len(files) > 25)


def test_what_is_met_of_signing_in_names_a_test() -> None:
    """Passwords, sessions and rights are shown by a test of ours, not by a library's name alone."""
    bare = [
        row[0]
        for row in rows()
        if row[0].split(".")[0] in ("6", "7", "8") and row[3] == "met" and "tests/" not in row[4]
    ]
    assert sorted(bare) == ["6.1.1", "6.1.3", "6.2.10", "6.4.2", "6.5.3", "6.5.4",
                            "7.1.1", "7.1.2", "7.1.3", "7.2.3", "7.6.1"]  # fmt: skip
