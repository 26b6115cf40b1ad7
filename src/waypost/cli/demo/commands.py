"""`waypost demo`: made-up work, marked as such, for trying what needs people and time.

One file a subcommand; each refuses a folder that is in use.
"""

from __future__ import annotations

import typer

from waypost.cli.demo import calls, desk, program

app = typer.Typer(
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Made-up work, marked as such, for trying Waypost in a folder of its own.",
)


@app.callback()
def demo() -> None:
    """Made-up work, marked as such, for trying Waypost in a folder of its own."""


app.command("desk", epilog=desk.EXAMPLES)(desk.fill_desk)
app.command("calls", epilog=calls.EXAMPLES)(calls.made_up_round)
app.command("program", epilog=program.EXAMPLES)(program.made_up_program)
