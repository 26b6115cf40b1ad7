"""`waypost claims`: what visitors reported about listings, and the word on each."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, NOTHING_FOUND, stop
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
    """List the reports that wait for a word.

    Example: `waypost claims list --all`
    """
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
    """Reject a report; nothing of it is shown.

    Example: `waypost claims reject 12 --by eva`
    """
    with_database()
    from waypost.directory.actions import BadReport, reject_report

    try:
        reject_report(number=number, by=by or getpass.getuser(), now=timezone.now())
    except BadReport as error:
        stop(str(error), BAD_QUESTION)
    print(f"Report {number} is rejected.")


@app.command()
def number(
    site_id: Annotated[str, typer.Argument(metavar="ID", help="The program's id.")],
    npi: Annotated[str, typer.Option(help="Its national provider number, ten digits.")] = "",
    tax_id: Annotated[str, typer.Option(help="Its tax id (EIN), nine digits.")] = "",
    source: Annotated[str, typer.Option(help="Who says so, such as “NPPES, 2026-11-01”.")] = "",
    by: By = "",
) -> None:
    """Claim a program's NPI or tax id, by which plans' network and price files name it.

    Example: `waypost claims number site_... --npi 1234567893 --source "NPPES, 2026-11-01"`
    """
    from waypost.cli.ready import open_snapshot

    if open_snapshot().site(site_id) is None:
        stop(f"There is no program with the id {site_id!r}.", NOTHING_FOUND)
    if not npi and not tax_id:
        stop("Give --npi or --tax-id.", BAD_QUESTION)
    with_database()
    from waypost.directory.actions import BadReport, claim_number

    who, now = by or getpass.getuser(), timezone.now()
    try:
        for kind, value in (("npi", npi), ("tax_id", tax_id)):
            if value:
                claim_number(
                    site_id=site_id, kind=kind, value=value, source=source, by=who, now=now
                )
    except BadReport as error:
        stop(str(error), BAD_QUESTION)
    print("Claimed; `waypost publish` shows it.")
