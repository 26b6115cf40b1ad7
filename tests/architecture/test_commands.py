"""Every command is documented: in its own help, in the reference, and what is said of it exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from waypost.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
PROSE = [ROOT / "README.md", ROOT / "DEVELOPERS.md", *(ROOT / "docs").rglob("*.md")]


def commands(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


ALL = dict(commands(typer.main.get_command(app), "waypost"))


@pytest.mark.parametrize("path", ALL)
def test_a_command_says_what_it_and_each_of_its_words_are_for(path: str) -> None:
    command = ALL[path]
    first, *_ = (command.help or "").split("\n\n")
    assert first.strip().endswith("."), path
    for parameter in command.params:
        if parameter.name not in {"install_completion", "show_completion"}:
            assert getattr(parameter, "help", ""), f"{path}: {parameter.name}"


def test_every_command_stands_in_the_reference() -> None:
    held = (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")
    told = set(re.findall(r"^## (waypost.*)$", held, re.M))
    assert told == set(ALL)


@pytest.mark.parametrize("page", PROSE, ids=lambda page: page.name)
def test_every_command_that_a_page_shows_exists(page: Path) -> None:
    """`waypost sources add FILE`: the words up to the first that is no command of the one before."""
    for line in re.findall(r"`(?:[^`\s]*/)?(waypost [a-z][^`]*)`", page.read_text("utf-8")):
        words = line.split()
        path = "waypost"
        for word in words[1:]:
            if not getattr(ALL[path], "commands", {}):
                break
            path = f"{path} {word}"
            assert path in ALL, f"{page.name}: {line}"
