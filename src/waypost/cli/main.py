"""The command line: `waypost find 78701`, and everything an operator does."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from waypost.cli import (
    articles_commands,
    audit_commands,
    claims_commands,
    desk_command,
    doctor_command,
    export_commands,
    nppes_command,
    openings_commands,
    private_commands,
    publish_command,
    roads_command,
    serve_command,
    show_command,
    snapshot_commands,
    sources_commands,
    staff_commands,
    texting_commands,
    work_command,
    x12_commands,
)
from waypost.cli.accuracy import commands as accuracy_commands
from waypost.cli.coverage import commands as coverage_commands
from waypost.cli.demo import commands as demo_commands
from waypost.cli.eligibility import commands as eligibility_commands
from waypost.cli.find import command as find_command
from waypost.cli.terminal import PlainStream

app = typer.Typer(
    name="waypost",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Find intensive outpatient programs (IOPs) for addiction treatment: private, unbiased, "
        "honest.\n\nIn danger, call 911. In crisis, call or text 988."
    ),
    epilog="Exit codes: 0 done, 1 nothing found, 2 an invalid question, "
    "3 no data, 4 not done, 78 a wrong setting.",
)
app.command("find", epilog=find_command.EXAMPLES)(find_command.find)
app.command("show", epilog=show_command.EXAMPLES)(show_command.show)
app.command("publish", epilog=publish_command.EXAMPLES)(publish_command.publish)
app.command("serve", epilog=serve_command.EXAMPLES)(serve_command.serve)
app.command("desk", epilog=desk_command.EXAMPLES)(desk_command.desk)
app.command("work", epilog=work_command.EXAMPLES)(work_command.work)
app.command("doctor")(doctor_command.doctor)
sources_commands.app.command("roads")(roads_command.roads)
sources_commands.app.command("nppes")(nppes_command.nppes)
app.add_typer(sources_commands.app, name="sources")
app.add_typer(snapshot_commands.app, name="snapshot")
app.add_typer(export_commands.app, name="export")
app.add_typer(claims_commands.app, name="claims")
app.add_typer(openings_commands.app, name="openings")
app.add_typer(accuracy_commands.app, name="accuracy")
app.add_typer(staff_commands.app, name="staff")
app.add_typer(texting_commands.app, name="texts")
app.add_typer(audit_commands.app, name="audit")
app.add_typer(private_commands.app, name="private")
app.add_typer(private_commands.keys, name="keys")
app.add_typer(demo_commands.app, name="demo")
app.add_typer(articles_commands.app, name="articles")
app.add_typer(coverage_commands.app, name="coverage")
app.add_typer(x12_commands.app, name="x12")
app.add_typer(eligibility_commands.app, name="eligibility")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"waypost {version('waypost')}")
        raise typer.Exit


@app.callback()
def waypost(
    shown: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Options before the command."""


def main() -> None:
    """Run the command line; a closed pipe (`waypost ... | head`) is not an error."""
    sys.stdout = PlainStream(sys.stdout)  # it has all the methods that are used of a stream
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
