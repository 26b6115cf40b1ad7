"""A command that opens the private database runs under the private process's settings."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

import pytest
import typer

from waypost.cli.main import app
from waypost.config.command import PRIVATE, settings_for


def commands() -> Iterator[tuple[str, str]]:
    """The first word of each command, and the source of the modules that it runs."""
    for command in app.registered_commands:
        yield command.name or "", inspect.getsource(inspect.getmodule(command.callback))
    for group in app.registered_groups:
        yield group.name or "", "".join(sorted(sources(group.typer_instance)))


def sources(group: typer.Typer) -> set[str]:
    """The text of every module that a group's commands stand in."""
    inner = set().union(*(sources(part.typer_instance) for part in group.registered_groups))
    modules = {sys.modules[c.callback.__module__] for c in group.registered_commands}
    return inner | {inspect.getsource(module) for module in modules}


@pytest.mark.parametrize(("name", "text"), [*commands()], ids=[name for name, _ in commands()])
def test_what_opens_the_private_database_is_listed(name: str, text: str) -> None:
    if "with_private_database()" in text:
        assert name in PRIVATE


def test_the_first_word_decides() -> None:
    assert settings_for(["--help"]) == settings_for(["find", "staff"]) == "waypost.config.settings"
    assert settings_for(["keys", "rotate"]) == "waypost.config.private_settings"
