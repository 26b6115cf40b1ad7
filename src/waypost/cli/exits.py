"""Exit codes that scripts can use, and the one way a command ends with a sentence."""

from __future__ import annotations

from typing import NoReturn

import typer

from waypost.values.plain import plain

NOTHING_FOUND = 1
BAD_QUESTION = 2
NO_DATA = 3
NOT_DONE = 4


def stop(sentence: str, code: int) -> NoReturn:
    """Say what was wrong on standard error and end with ``code``."""
    typer.secho(f"waypost: {plain(sentence)}", err=True, fg=typer.colors.RED)
    raise typer.Exit(code)
