"""`waypost claims`: what visitors reported about listings, and decisions on it."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from typing import Annotated

import typer
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, NOTHING_FOUND, stop
from waypost.cli.ready import with_database

app = typer.Typer(
    pretty_exceptions_enable=False, no_args_is_help=True, help="Reports about listings, for review."
)
MOST_AT_ONCE = 100_000
MOST_REFUSALS = 10
Number = Annotated[int, typer.Argument(help="The report's number.")]
By = Annotated[str, typer.Option(help="Who decides; your login name if left out.")]


@app.command("list")
def list_claims(
    everything: Annotated[bool, typer.Option("--all", help="Include decided reports.")] = False,
    after: Annotated[int, typer.Option(help="Only reports with a higher number.")] = 0,
    most: Annotated[int, typer.Option(min=1, help="The most to list.")] = 100,
) -> None:
    """List the reports that wait for a decision, oldest first.

    Example: `waypost claims list --all --after 120`
    """
    with_database()
    from waypost.directory.queries import reports
    from waypost.directory.reporting import Status

    listed = reports(None if everything else Status.RECEIVED, after=after, most=most + 1)
    for report in listed[:most]:
        value = f" -> {report.value}" if report.value else ""
        print(f"{report.number}  {report.made_at:%Y-%m-%d}  {report.status.value}  "
              f"{report.site_id}  {report.kind.value}{value}")  # fmt: skip
        for line in report.text.splitlines():
            print(f"    {line}")
    if len(listed) > most:
        print(f"There are more: `waypost claims list --after {listed[most - 1].number}` continues.")


@app.command()
def accept(
    number: Number,
    value: Annotated[str, typer.Option(help="The correct value, as it will be shown.")] = "",
    by: By = "",
) -> None:
    """Accept a report; what it says goes out with the next publish.

    Example: `waypost claims accept 12 --value 512-555-0100`
    """
    with_database()
    from waypost.design.directory_faults import directory_words
    from waypost.directory.actions import BadReport, accept_report

    try:
        accept_report(number=number, value=value, by=by or getpass.getuser(), now=timezone.now())
    except BadReport as error:
        stop(" ".join(directory_words(error)), BAD_QUESTION)
    print(f"Report {number} is accepted; it will be shown after `waypost publish --only-claims`.")


@app.command()
def reject(
    numbers: Annotated[
        list[str] | None, typer.Argument(help="Numbers, and ranges such as 20-400.")
    ] = None,
    site: Annotated[str, typer.Option(help="All waiting reports about this program.")] = "",
    kind: Annotated[str, typer.Option(help="All waiting reports of this kind.")] = "",
    day: Annotated[
        str, typer.Option(help="All waiting reports of this day, such as 2026-11-28.")
    ] = "",
    by: By = "",
) -> None:
    """Reject reports; nothing in them will be shown.

    Example: `waypost claims reject 12 20-400 --by eva`
    """
    with_database()
    from waypost.design.directory_faults import directory_sentence
    from waypost.directory.queries import numbers_of
    from waypost.directory.waiting.actions import decide_reports

    chosen = _numbers(numbers or [])
    if site or kind or day:
        chosen += list(numbers_of(site_id=site, kind=kind, day=day))
    if not chosen:
        stop("Name reports by number, or with --site, --kind or --day.", BAD_QUESTION)
    who = by or getpass.getuser()
    decided = decide_reports(
        numbers=chosen, accept=False, by=who, now=timezone.now(), only_waiting=False
    )
    for fault in decided.refused[:MOST_REFUSALS]:
        print(directory_sentence(fault))
    print(f"Rejected {decided.done:,} of {len(chosen):,} reports.")
    if decided.refused:
        raise typer.Exit(BAD_QUESTION)


def _numbers(texts: Iterable[str]) -> list[int]:
    """``12`` and ``20-400`` as numbers."""
    numbers: list[int] = []
    for text in texts:
        first, _, last = text.partition("-")
        if not (first.isdecimal() and (last or first).isdecimal()):
            stop(f"{text!r} is neither a number nor a range such as 20-400.", BAD_QUESTION)
        span = range(int(first), int(last or first) + 1)
        if len(span) > MOST_AT_ONCE:
            stop(f"At most {MOST_AT_ONCE:,} reports at once.", BAD_QUESTION)
        numbers += span
    return numbers


@app.command()
def forget(by: By = "") -> None:
    """Delete what visitors wrote in reports decided half a year ago; `waypost publish` does so too.

    Example: `waypost claims forget`
    """
    with_database()
    from waypost.directory.actions import forget_reports

    gone = forget_reports(by=by or getpass.getuser(), now=timezone.now())
    print(f"Deleted the text of {gone:,} reports.")


@app.command()
def number(
    site_id: Annotated[str, typer.Argument(metavar="ID", help="The program's id.")],
    npi: Annotated[str, typer.Option(help="Its national provider number, ten digits.")] = "",
    tax_id: Annotated[str, typer.Option(help="Its tax id (EIN), nine digits.")] = "",
    source: Annotated[str, typer.Option(help="Who says so, such as “NPPES, 2026-11-01”.")] = "",
    by: By = "",
) -> None:
    """Record a program's NPI or tax id, by which plans' network and price files name it.

    Example: `waypost claims number site_... --npi 1234567893 --source "NPPES, 2026-11-01"`
    """
    from waypost.cli.ready import open_snapshot

    if open_snapshot().site(site_id) is None:
        stop(f"There is no program with the id {site_id!r}.", NOTHING_FOUND)
    if not npi and not tax_id:
        stop("Give --npi or --tax-id.", BAD_QUESTION)
    with_database()
    from waypost.design.directory_faults import directory_words
    from waypost.directory.actions import BadReport, claim_number

    who, now = by or getpass.getuser(), timezone.now()
    try:
        for kind, value in (("npi", npi), ("tax_id", tax_id)):
            if value:
                claim_number(
                    site_id=site_id, kind=kind, value=value, source=source, by=who, now=now
                )
    except BadReport as error:
        stop(" ".join(directory_words(error)), BAD_QUESTION)
    print("Recorded; it will be shown after `waypost publish --only-claims`.")
