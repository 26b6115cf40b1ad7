"""`waypost x12`: eligibility answers (X12 271) in plain words, for billing staff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from waypost.cli.exits import BAD_QUESTION, stop

app = typer.Typer(
    pretty_exceptions_enable=False, no_args_is_help=True, help="Eligibility messages (X12)."
)


@app.callback()
def x12() -> None:
    """Eligibility messages (X12)."""


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="A file that holds a 271.")],
) -> None:
    """Explain an eligibility answer (271) line by line; the member is never named.

    Example: `waypost x12 show answer.271`
    """
    from waypost.coverage.x12.envelope import BadMessage
    from waypost.coverage.x12.explain import explain
    from waypost.coverage.x12.read_271 import parse_271

    try:
        lines = explain(parse_271(file.read_bytes()))
    except BadMessage as error:
        stop(str(error), BAD_QUESTION)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", BAD_QUESTION)
    for line in lines:
        print(line)
