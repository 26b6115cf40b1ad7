"""`waypost doctor`: checks this installation and says how to fix it."""

from __future__ import annotations

import typer

from waypost.cli.exits import NOT_DONE
from waypost.serving.doctor import checks


def doctor() -> None:
    """Check snapshot and plans byte by byte, the data's age, database, folders and clock.

    Each line says what it found and, where something is wrong, what to do; the exit code is then 4.
    Old data is a note, not a fault: the site says everywhere how old its facts are.

    Example: `waypost doctor`
    """
    findings = list(checks())
    for finding in findings:
        word, color = ("ok", "green") if finding.well else ("look", "red")
        if finding.advice:
            word, color = "note", "yellow"
        typer.echo(f"{typer.style(f'{word:4}', fg=color)}  {finding.name}: {finding.words}")
    if not all(f.well or f.advice for f in findings):
        raise typer.Exit(NOT_DONE)
