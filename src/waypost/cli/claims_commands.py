"""`waypost claims`: what visitors reported about listings, and the word on each."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, stop
from waypost.cli.ready import with_database

app = typer.Typer(
    pretty_exceptions_enable=False, no_args_is_help=True, help="Reports about listings, for review."
)
Number = Annotated[int, typer.Argument(help="The report's number.")]
By = Annotated[str, typer.Option(help="Who decides; your login name if left out.")]


@app.command("list")
def list_claims(
    everything: Annotated[bool, typer.Option("--all", help="Decided ones too.")] = False,
) -> None:
    """List the reports that wait for a word."""
    with_database()
    from waypost.directory.queries import reports
    from waypost.directory.reporting import Status

    for report in reports():
        if everything or report.status is Status.RECEIVED:
            value = f" -> {report.value}" if report.value else ""
            print(f"{report.number}  {report.made_at:%Y-%m-%d}  {report.status.value}  "
                  f"{report.site_id}  {report.kind.value}{value}")  # fmt: skip
            for line in report.text.splitlines():
                print(f"    {line}")


@app.command()
def accept(
    number: Number,
    value: Annotated[str, typer.Option(help="What is right, as it will be shown.")] = "",
    by: By = "",
) -> None:
    """Accept a report; what it says goes out with the next publish.

    Example: `waypost claims accept 12 --value 512-555-0100`
    """
    with_database()
    from waypost.directory.actions import BadReport, accept_report

    try:
        accept_report(number=number, value=value, by=by or getpass.getuser(), now=timezone.now())
    except BadReport as error:
        stop(str(error), BAD_QUESTION)
    print(f"Report {number} is accepted; `waypost publish` shows it.")


@app.command()
def reject(number: Number, by: By = "") -> None:
    """Reject a report."""
    with_database()
    from waypost.directory.actions import BadReport, reject_report

    try:
        reject_report(number=number, by=by or getpass.getuser(), now=timezone.now())
    except BadReport as error:
        stop(str(error), BAD_QUESTION)
    print(f"Report {number} is rejected.")
