"""Property tests: the same examples in CI and in `make test`, new ones at work, many in `make fuzz`;
and what a machine lacks is said, and fails in CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fuzzing import TIMES
from required import NOT_TESTED
from running import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
PROPERTY = """
from pathlib import Path
from hypothesis import given, settings, strategies as st
from required import need
SEEN = Path(__file__).with_name("seen")
@settings(max_examples=10)
@given(st.integers())
def test_property(number):
    with SEEN.open("a") as file:
        file.write(f"{number} ")
def test_rival():
    need(False, "A rival")
"""
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1_200)]


class Session:
    """One run of a small module of tests under the house's configuration."""

    def __init__(self, folder: Path, *options: str, ci: bool = False) -> None:
        folder.mkdir()
        (folder / "test_it.py").write_text(PROPERTY)
        env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "CI"))}
        self.run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml", "-p", "no:cacheprovider",
             *options, folder / "test_it.py"],
            cwd=folder, env=env | ({"CI": "true"} if ci else {}), capture_output=True, text=True,
            check=False, timeout=PATIENCE,
        )  # fmt: skip
        self.seen = (folder / "seen").read_text().split()


def test_ci_and_make_test_try_the_same_examples(tmp_path: Path) -> None:
    ci, steady = (
        Session(tmp_path / "a", ci=True),
        Session(tmp_path / "b", "--hypothesis-profile=steady"),
    )
    assert ci.seen == steady.seen and len(ci.seen) == 10


def test_at_work_they_are_new_each_time(tmp_path: Path) -> None:
    first, second = Session(tmp_path / "a"), Session(tmp_path / "b")
    assert first.seen != second.seen


def test_make_fuzz_tries_many_new_ones(tmp_path: Path) -> None:
    first, second = (Session(tmp_path / name, "--hypothesis-profile=fuzz") for name in "ab")
    assert first.seen != second.seen
    assert len(first.seen) >= 0.9 * 10 * TIMES  # it counts what it tries, and may reject a few


def test_what_is_missing_is_said_aloud_and_fails_in_ci(tmp_path: Path) -> None:
    here, ci = Session(tmp_path / "a"), Session(tmp_path / "b", ci=True)
    words = f"{NOT_TESTED} A rival is not installed"
    assert here.run.returncode == 0 and f"!!! {words}" in here.run.stdout
    assert ci.run.returncode == 1 and words in ci.run.stdout and "1 failed" in ci.run.stdout
