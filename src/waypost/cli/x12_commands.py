"""`waypost x12`: eligibility answers (X12 271) in plain words, for billing staff."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, stop

if TYPE_CHECKING:
    from waypost.x12.answer import Answer271

app = typer.Typer(
    pretty_exceptions_enable=False, no_args_is_help=True, help="Eligibility messages (X12)."
)


@app.callback()
def x12() -> None:
    """Eligibility messages (X12)."""


@app.command()
def show(
    file: Annotated[
        Path, typer.Argument(help="A file with a 271, or Stedi's JSON; - is standard input.")
    ],
    short: Annotated[bool, typer.Option("--short", help="Only the most important points.")] = False,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The day of care; by default the day in the answer, or today.",
        ),
    ] = None,
) -> None:
    """Explain an eligibility answer (271): in short, then line by line; the member is never named.

    Example: `waypost x12 show answer.271`
    """
    from waypost.x12.explain import explain
    from waypost.x12.in_short import in_short

    answer = _read(file)
    day = on.date() if on is not None else answer.day_asked or timezone.localdate()
    print("In short")
    for line in in_short(answer, day):
        print(f"  {line}")
    if short:
        return
    print("\nLine by line")
    for line in explain(answer):
        print(f"  {line}")


def _read(file: Path) -> Answer271:
    from waypost.eligibility.outcome import Unavailable
    from waypost.eligibility.stedi import read_stedi
    from waypost.eligibility.wire import Received
    from waypost.x12.envelope import MAX_BYTES, BadMessage
    from waypost.x12.read_271 import parse_271
    from waypost.x12.staff_words import PROBLEM

    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with file.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        if not data.lstrip().startswith(b"{"):
            return parse_271(data)
        reply = read_stedi(Received(data[:MAX_BYTES], "application/json"))
    except BadMessage as error:
        stop(PROBLEM[error.problem], BAD_QUESTION)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", BAD_QUESTION)
    if isinstance(reply, Unavailable):
        stop("The file is JSON, but not a reply in Stedi's shape.", BAD_QUESTION)
    return reply.answer
