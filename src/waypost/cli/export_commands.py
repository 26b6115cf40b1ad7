"""`waypost export`: the whole directory in a standard's form, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from waypost.cli.exits import NOT_DONE, stop
from waypost.cli.ready import open_snapshot

app = typer.Typer(no_args_is_help=True, help="Write the directory as files of a standard.")
EXAMPLES = "Example: `waypost export hsds tables` writes 24 tables and their description there."


@app.command("hsds", epilog=EXAMPLES)
def hsds(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to write to; made if it is not there.")
    ],
) -> None:
    """Write Open Referral's HSDS 3.2.3 as a tabular data package: 24 tables of CSV."""
    from django.utils import timezone

    from waypost.editions.hsds.package import write_tables
    from waypost.editions.hsds.sites import Sites

    sites = Sites(open_snapshot(), timezone.now())
    try:
        counts = write_tables(folder, sites.current())
    except OSError as error:
        stop(f"Nothing whole was written to {folder}: {error.strerror or error}.", NOT_DONE)
    filled = {name: count for name, count in counts.items() if count}
    for name, count in filled.items():
        print(f"{name}: {count:,}")
    print(f"Wrote {len(counts)} tables to {folder}; {len(counts) - len(filled)} have no row.")
