"""Generates the reference of the command line and of the API from the code itself.

`make docs` writes them; a test keeps them in step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from django.utils import translation


def cli_reference() -> str:
    """Every command with its arguments and options, as Markdown."""
    from waypost.cli.main import app

    lines = ["# Command line", "", "Made from the program by `make docs`; do not edit.", ""]
    lines += _command(typer.main.get_command(app), "waypost")
    return "\n".join(lines).rstrip() + "\n"


def _command(command: Any, path: str) -> Iterator[str]:
    yield f"## {path}"
    yield ""
    yield _plain(command.help or "")
    yield ""
    for parameter in command.params:
        yield from _parameter(parameter)
    if command.params:
        yield ""
    if command.epilog:
        yield from (_plain(command.epilog), "")
    for name, inner in getattr(command, "commands", {}).items():
        yield from _command(inner, f"{path} {name}")


def _parameter(parameter: Any) -> Iterator[str]:
    words = _plain(getattr(parameter, "help", "") or "")
    if parameter.param_type_name == "option":
        if parameter.hidden or parameter.name in {"install_completion", "show_completion"}:
            return
        default = parameter.default
        shown = (
            f" Default: `{default}`."
            if isinstance(default, str | int) and default not in ("", False)
            else ""
        )
        yield f"- `{', '.join(parameter.opts)}`: {words}{shown}"
    else:
        yield f"- `{parameter.name}`: {words}"


def _plain(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text.replace("\f", "").strip())


def api_reference() -> str:
    """Every endpoint of both APIs with its parameters and answers, as Markdown."""
    from waypost.api.reference import reference
    from waypost.api.urls import descriptions

    with translation.override("en"):
        return reference(descriptions())


def write(folder: Path) -> None:
    """Write both references."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "command-line.md").write_text(cli_reference(), "utf-8")
    (folder / "api.md").write_text(api_reference(), "utf-8")


if __name__ == "__main__":  # `make docs`: python -m waypost.config.reference FOLDER
    import os
    import sys

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
    django.setup()
    write(Path(sys.argv[1]))
