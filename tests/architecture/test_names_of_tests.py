"""A test's name is short and plain, and the same in every process and on every day."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from enum import Enum
from pathlib import Path

import pytest

from parameter_ids import LONGEST, is_plain, parameter_id, short_id
from running import until

ROOT = Path(__file__).resolve().parents[2]
LONGEST_NAME = 200


class Color(Enum):
    """Something with a name of its own."""

    RED = b"\x00"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (b"\x1f\x8b\x08 with the time in it", "text"),
        ("x" * 400, "text"),
        ("a\nb", "a-b"),
        ("¿Dónde está?", "D-nde-est"),
        ("\x00", "text"),
        ("What is asked " * 5, "What-is-asked-What-is-asked-What-is-aske"),
        (Path("/a/b"), "text"),
        ({"a": 1}, "text"),
        (Color.RED, "RED"),
        (dict, "dict"),
        ("TX", None),
        (1.5, None),
        (None, None),
    ],
)
def test_what_a_value_gives_to_a_name(value: object, name: str | None) -> None:
    assert parameter_id(value, "text") == name


SETTINGS = ("waypost.config.settings", "waypost.config.private_settings")
"""Of each of the two processes, whose tests are two sessions."""


def _collect(settings: str, seed: str) -> subprocess.Popen[str]:
    """Start collecting; the working place of pytest is not written."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COVERAGE_"))}
    env |= {"PYTHONHASHSEED": seed, "COLUMNS": "2000", "DJANGO_SETTINGS_MODULE": settings}
    words = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    where = ["tests/private"] if "private" in settings else []
    return subprocess.Popen([*words, *where], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module", params=SETTINGS)
def collected(request: pytest.FixtureRequest) -> list[str]:
    """Every test's name, as two processes collect them that started at different times."""
    processes = []
    for seed in ("1", "2"):
        begun = int(time.time())  # whatever holds a time to the second shall hold another
        until(lambda begun=begun: int(time.time()) > begun, "next second")
        processes.append(_collect(request.param, seed))
    first, second = (process.communicate(timeout=480)[0].split("\n\n")[0] for process in processes)
    assert first == second
    return first.splitlines()


@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_every_process_collects_the_same_tests(collected: list[str]) -> None:
    assert len(collected) > 50
    assert all(name.startswith("tests/") for name in collected), collected[-1]


@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_names_are_short_and_plain(collected: list[str]) -> None:
    for name in collected:
        assert len(name) <= LONGEST_NAME, name
        parameters = name.partition("[")[2].removesuffix("]")
        assert re.fullmatch(r"[\x20-\x7e]*", parameters) and "\\" not in parameters, name


def test_ids_are_made_by_what_keeps_them_plain() -> None:
    """`str` writes out whatever there is; `short_id` cuts it and keeps to plain letters."""
    for path in (ROOT / "tests").rglob("*.py"):
        if path != Path(__file__):
            assert not re.search(r"ids=(str|repr|ascii)\b", path.read_text("utf-8")), path
    assert short_id({"rate": "٢٥٠"}) == "rate" and short_id(("a", 1)) == "a-1"


def test_plain_is_short() -> None:
    assert is_plain("a" * LONGEST) and not is_plain("a" * (LONGEST + 1))
    assert not is_plain("tab\t") and not is_plain("[a]")
