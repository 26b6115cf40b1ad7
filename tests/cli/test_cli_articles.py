"""`waypost articles`: what it prints, and the code that a script reads."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from articles.article_files import planted, write
from waypost.cli import articles_commands
from waypost.cli.exits import NOT_DONE
from waypost.cli.main import app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["articles", *arguments], catch_exceptions=False)


def test_the_carried_articles_are_in_order() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "error:" not in result.output
    assert " articles, 0 errors, " in result.output


FAULTS = [
    ("missing source", planted("[^first] You", "[^other] You")),
    ("dead link", planted("You go home", "[Go](/articles/nowhere) home")),
    ("word to avoid", planted("You go home", "An addict goes home")),
]


@pytest.mark.parametrize(("rule", "text"), FAULTS)
def test_a_fault_is_printed_and_ends_the_command_with_a_code(
    tmp_path: Path, rule: str, text: str
) -> None:
    write(tmp_path, text)
    result = run("check", str(tmp_path))
    assert result.exit_code == NOT_DONE
    assert f"error: a-sound-article.md: {rule}: " in result.output
    assert "1 articles, " in result.output


def test_a_stale_review_warns_and_does_not_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    late = datetime(2028, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(articles_commands.timezone, "now", lambda: late)
    result = run("check", str(tmp_path))
    assert result.exit_code == 0
    assert "warning: a-sound-article.md: stale review: " in result.output
    assert "1 articles, 0 errors, 1 warnings" in result.output


def test_no_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    result = run("check", str(tmp_path / "none"))
    assert result.exit_code == NOT_DONE
    assert "There is no folder" in result.output


def test_levels_prints_the_grade_and_the_words_of_each(tmp_path: Path) -> None:
    write(tmp_path)
    result = run("levels", str(tmp_path))
    assert result.exit_code == 0
    assert "words  en  a-sound-article" in result.output
