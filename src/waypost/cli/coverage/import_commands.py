"""`waypost coverage import` and `networks`: what adds to the checker's knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from django.conf import settings
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, NOT_DONE, NOTHING_FOUND, stop
from waypost.cli.ready import open_snapshot

if TYPE_CHECKING:
    from waypost.plans.imports.price_rows import Wanted

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE|ADDRESS]...", help="Files or CMS addresses; without any, fetch CMS's files."
    ),
]


def import_files(
    files: Files = None,
    year: Annotated[
        int, typer.Option(help="Plan year; from October on, next year by default.")
    ] = 0,
    as_of: Annotated[str, typer.Option(help="The date of the files' facts.")] = "",
    issuer: Annotated[str, typer.Option(help="The issuer whose provider file it is.")] = "",
    url: Annotated[str, typer.Option(help="Where the issuer publishes the file.")] = "",
    plan: Annotated[
        list[str] | None,
        typer.Option(help="Id, or its beginning, of a plan that a price file is for."),
    ] = None,
) -> None:
    """Import plans, provider networks and published prices; without files, fetch CMS's.

    A file's kind is recognized by its content: marketplace files (CMS's and the state exchanges',
    CSV or zip), the Medicare Advantage plan benefit package, issuers' provider files and
    in-network price files (JSON, also gzip). The last two keep only programs whose NPI or tax id
    is recorded in the directory.

    Example: `waypost coverage import --year 2026`

    Example: `waypost coverage import providers.json --issuer "Blue Plan" --as-of 2026-03-01`
    """
    from waypost.plans.imports.fetch import NotFetched
    from waypost.plans.imports.taking import Terms, take_apart
    from waypost.plans.plan_id import canonical_id
    from waypost.plans.store import FILE_NAME

    today = timezone.localdate()
    year = year or today.year + (today.month >= 10)
    wanted = _wanted()
    plans = frozenset(canonical_id(text).upper() for text in plan or ())
    terms = Terms(as_of or today.isoformat(), year, today, wanted, issuer, url, plans)
    target = settings.WAYPOST_DATA_DIR / FILE_NAME
    try:
        taken = take_apart(_paths(files or [], year, today), target, terms)
    except (NotFetched, OSError) as error:
        stop(str(error), NOT_DONE)
    for name, report in taken.reports:
        print(name)
        for line in report.lines():
            print(f"  {line}")
    if taken.refusal:
        stop(taken.refusal, BAD_QUESTION)
    if not wanted.npis and not wanted.tax_ids:
        print("No program's NPI is known here, so no networks or prices apply yet: see "
              "`waypost claims number`.")  # fmt: skip
    print(f"Plans are in {target}, {target.stat().st_size / 1e6:.1f} MB.")


def networks(
    address: Annotated[str, typer.Argument(help="Base address of a plan's FHIR directory.")],
    npi: Annotated[str, typer.Argument(help="A program's NPI, or its id in this directory.")],
) -> None:
    """Ask a plan's public FHIR directory (Plan-Net) which networks a program is in.

    Only the NPI is sent; nothing about any person is in the question.

    Example: `waypost coverage networks https://plan.example/fhir 1234567893`
    """
    from waypost.plans.plan_net import NotListed, PlanNet
    from waypost.plans.plan_net_rows import Networks

    numbers = [npi] if npi.isdigit() else sorted(map(str, _numbers("npi").get(npi, [])))
    if not numbers:
        stop(f"No NPI is recorded for {npi}.", NOTHING_FOUND)
    try:
        directory = PlanNet(address)
    except ValueError as error:
        stop(str(error), BAD_QUESTION)
    for number in numbers:
        answer = directory.networks_of(number, timezone.localdate())
        if isinstance(answer, Networks):
            named = "; ".join(answer.names) or "no network"
            dated = answer.as_of or "no date"
            print(f"{number}: {named} (the plan's directory, {dated}; ask to confirm)")
        elif isinstance(answer, NotListed):
            stop(f"{number}: the plan's directory does not list it.", NOTHING_FOUND)
        else:
            stop(f"{number}: no answer ({answer.reason}).", NOT_DONE)


def _paths(named: Sequence[str], year: int, today: date) -> list[Path]:
    from waypost.plans.imports.fetch import fetch, fetch_marketplace, fetch_package

    folder = settings.WAYPOST_DATA_DIR / "coverage"
    if not named:
        return [*fetch_marketplace(year, folder, today), fetch_package(year, folder, today)]
    paths = []
    for text in named:
        is_address = text.lower().startswith(("https://", "http://"))
        path = fetch(text, folder, today) if is_address else Path(text)
        if not path.is_file():
            stop(f"There is no file {text}.", BAD_QUESTION)
        paths.append(path)
    return paths


def _wanted() -> Wanted:
    """Our programs' NPIs and tax ids, and the billing codes that matter here."""
    from waypost.coverage.sentences import billing_codes
    from waypost.plans.imported import tax_number
    from waypost.plans.imports.price_rows import Wanted
    from waypost.values.level_of_care import OVERNIGHT, LevelOfCare

    npis = frozenset(str(v) for values in _numbers("npi").values() for v in values)
    tax_ids = frozenset(tax_number(str(v)) for vs in _numbers("tax_id").values() for v in vs)
    codes = {care: billing_codes(care) for care in LevelOfCare}
    return Wanted(
        npis,
        frozenset(code for listed in codes.values() for code in listed),
        tax_ids - {""},
        frozenset(code for care in codes if care not in OVERNIGHT for code in codes[care]),
    )


def _numbers(field: str) -> dict[str, list[str]]:
    return open_snapshot().claimed(field)
