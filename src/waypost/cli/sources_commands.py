"""`waypost sources`: which files are in use, how old they are, and what they contain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from django.conf import settings
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, NO_DATA, NOT_DONE, stop
from waypost.cli.ready import open_snapshot

if TYPE_CHECKING:
    from waypost.sources.adding import Held
    from waypost.sources.catalog import CatalogEntry

app = typer.Typer(
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="The public files that the directory is made of.",
)


@app.command("list")
def list_sources() -> None:
    """Show the sources in use and how old they are.

    Example: `waypost sources list`
    """
    from waypost.sources import catalog
    from waypost.sources.reading import BadSource

    today = timezone.now().date()
    try:
        entries = catalog.in_use(settings.WAYPOST_DATA_DIR)
    except BadSource as error:
        stop(str(error), NO_DATA)
    for entry in entries:
        source = entry.source
        age = (today - source.as_of).days / 365.25
        print(f"{source.id}: {source.title} ({source.publisher})")
        print(f"    edition {source.edition}; facts of {source.as_of}, {age:.1f} years old")
        print(f"    {entry.name}; {source.license}")
        print(f"    sha256 {source.sha256}")


@app.command()
def add(
    file: Annotated[
        Path,
        typer.Argument(help="A directory or a locator export: XLSX, CSV, JSON; or Plan-Net files."),
    ],
    edition: Annotated[
        str, typer.Option(help="The edition's year; Plan-Net files say their own.")
    ] = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The date of its facts."),
    ] = None,
    title: Annotated[str, typer.Option(help="What to call it where its facts are shown.")] = "",
    whole: Annotated[
        bool, typer.Option("--whole", help="A locator's file lists the whole country.")
    ] = False,
    columns: Annotated[
        str,
        typer.Option(help="What the columns of another list mean: name=...,street=..."),
    ] = "",
    publisher: Annotated[str, typer.Option(help="Who publishes such a list.")] = "",
    license_: Annotated[
        str, typer.Option("--license", help="The terms of use of such a list.")
    ] = "",
) -> None:
    """Import a newer file on this machine; `waypost publish` then uses it.

    Example: `waypost sources add national_directory_2025.xlsx --edition 2025`

    Example: `waypost sources add licensed.csv --edition 2026 --columns
    "name=Facility Name,street=Address,city=City,state==CA,zip=Zip" --publisher "California DHCS"`

    Example: `waypost sources add plan-net/ --publisher "Acme Health Plan"`
    """
    from waypost.sources.adding import About, add_apart, add_resources
    from waypost.sources.catalog import in_use, missing_halves
    from waypost.sources.mapped_rows import read_columns
    from waypost.sources.plan_net_files import is_plan_net
    from waypost.sources.reading import BadSource

    day = as_of.date() if as_of else None
    data_dir = settings.WAYPOST_DATA_DIR
    try:
        named = read_columns(columns) if columns else {}
        about = About(edition, day, title, publisher, license_, whole, named)
        if is_plan_net(file):
            added, what = add_resources(file, data_dir, about)
            print(f"Added {added.source.id}: {what}. Run `waypost publish` to use it.")
            return
        entry, contents = add_apart(file, data_dir, about)
        halves = missing_halves(in_use(data_dir))
    except BadSource as error:
        stop(str(error), BAD_QUESTION)
    except OSError as error:
        stop(f"The file could not be added: {error}.", NOT_DONE)
    _say_added(entry, contents, halves)


def _say_added(entry: CatalogEntry, contents: Held, halves: Iterable[str]) -> None:
    """What a file holds, what it holds that is new, and which half of its edition is missing."""
    print(
        f"Added {entry.source.id}: {contents.listings:,} listings, {contents.rejects:,} rejected."
    )
    if contents.unknown_codes:
        print("New service codes, shown as soon as they are described: "
              + ", ".join(contents.unknown_codes))  # fmt: skip
    for sentence in halves:
        print(sentence)
    print("Run `waypost publish` to use it.")


@app.command()
def fetch(
    check: Annotated[
        str,
        typer.Option(metavar="ZIP", help="Change nothing: compare this ZIP's listings with ours."),
    ] = "",
) -> None:
    """Download the current listings of FindTreatment.gov; needs a network.

    They become an edition of their own, with each program's own coordinates; after `waypost
    publish`, programs that are no longer listed are shown as gone.

    Example: `waypost sources fetch && waypost publish`

    Example: `waypost sources fetch --check 78701`
    """
    from waypost.cli.progress import progress_shown
    from waypost.sources import fetch as locator
    from waypost.sources.adding import About, add_apart
    from waypost.sources.reading import BadSource

    if check:
        _check(check)
        return
    today: date = timezone.now().date()
    folder = settings.WAYPOST_DATA_DIR
    try:
        with progress_shown("asking the locator", None) as step:
            path = locator.fetch_locator(folder / "fetched", today, progress=step)
        try:
            entry, contents = add_apart(path, folder, About(today.isoformat(), today, whole=True))
        finally:
            path.unlink(missing_ok=True)
    except BadSource as error:
        stop(str(error), NOT_DONE)
    except OSError as error:
        stop(f"The listings could not be kept: {error}.", NOT_DONE)
    print(
        f"Fetched {entry.source.id}: {contents.listings:,} listings, {contents.rejects:,} rejected."
    )
    print("Run `waypost publish` to use it.")


def _check(zip_code: str) -> None:
    """Print where the locator's listings for a ZIP differ from the snapshot in use."""
    from waypost.cli.check_text import check_words
    from waypost.places.tables import zips
    from waypost.sources import fetch as locator
    from waypost.sources.checking import CHECK_MILES, compare, read_answer
    from waypost.sources.reading import BadSource
    from waypost.values.geo import Point

    area = zips().get(zip_code.strip())
    if area is None:
        stop(f"{zip_code!r} is not a known ZIP code; give five digits.", BAD_QUESTION)
    snapshot = open_snapshot()
    today: date = timezone.now().date()
    try:
        rows = locator.ask_locator(Point(area.lat, area.lon), CHECK_MILES)
        answer = read_answer(rows, today)
    except BadSource as error:
        stop(str(error), NOT_DONE)
    sites = snapshot.sites(range(snapshot.index.size))
    for line in check_words(compare(answer, sites, area.zip), area, snapshot.manifest, today):
        print(line)


@app.command()
def report(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not Markdown.")] = False,
) -> None:
    """Print the data quality report of the current snapshot.

    Example: `waypost sources report > quality.md`, or `waypost sources report --json`
    """
    from waypost.directory.quality_text import as_json as to_json
    from waypost.directory.quality_text import as_markdown

    quality = open_snapshot().manifest.quality
    print(to_json(quality) if as_json else as_markdown(quality), end="")


@app.command()
def labels(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of labelled pairs; the carried ones if left out.")
    ] = None,
) -> None:
    """Measure the matching on pairs judged by hand: precision and recall.

    Example: `waypost sources labels`
    """
    from waypost.editions.labelled_pairs import measure
    from waypost.sources.reading import BadSource

    try:
        for line in measure(folder):
            print(line)
    except (BadSource, OSError) as error:
        stop(str(error), NO_DATA)


@app.command()
def points() -> None:
    """Measure how far off each way of placing an address is, where the point is known.

    Example: `waypost sources points`
    """
    from waypost.editions.point_errors import measure
    from waypost.sources.reading import BadSource

    try:
        for line in measure():
            print(line)
    except (BadSource, OSError) as error:
        stop(str(error), NO_DATA)
