"""`waypost x12 show` on every kind of file that a billing office has."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from waypost.cli.main import app

SAMPLES = Path(__file__).parents[1] / "x12" / "samples"


def show(*arguments: str, data: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["x12", "show", *arguments], input=data, catch_exceptions=False)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/*")), ids=lambda path: path.stem)
def test_every_sample_is_explained_or_refused_in_a_sentence(path: Path) -> None:
    result = show(str(path))
    if result.exit_code:
        assert result.exit_code == 2
        assert result.stderr.startswith("waypost: The file ")
        return
    assert result.stdout.startswith("In short\n  ")
    assert "\nLine by line\n" in result.stdout
    assert "TEST000001" not in result.stdout


def test_short_is_short_and_standard_input_is_read() -> None:
    data = (SAMPLES / "written" / "271_inactive.edi").read_bytes()
    result = show("-", "--short", data=data)
    assert "  Coverage is not active on 2026-03-01. It ended on 2025-12-31." in result.stdout
    assert "Line by line" not in result.stdout


def test_the_day_of_care_can_be_named() -> None:
    data = (SAMPLES / "field" / "16_plan_ended.edi").read_bytes()
    assert "Coverage ended on 2025-12-31" in show("-", "--short", data=data).stdout
    before = show("-", "--short", "--on", "2025-06-01", data=data).stdout
    assert "Coverage is active on 2025-06-01." in before
    assert show("-", "--on", "soon", data=data).exit_code == 2


@pytest.mark.parametrize("data", [b"", b"{}", b"{" * 2_000_000, b"ISA", b"\xff" * 2_000_000])
def test_what_is_no_answer_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(data)
    assert show(str(tmp_path / "x")).exit_code == 2


def test_a_file_that_is_not_there_is_said_so() -> None:
    assert "cannot be read" in show("/no/such/file").stderr
