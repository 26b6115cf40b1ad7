"""`waypost openings`: what programs say of their hours and places, from a file."""

from __future__ import annotations

import getpass
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from django.utils import timezone

from waypost.cli.exits import BAD_QUESTION, NOTHING_FOUND, stop
from waypost.cli.ready import open_snapshot, with_database
from waypost.design.timetable_faults import fault_text
from waypost.directory.timetables import OPENINGS, TRACKS, Speaker
from waypost.values.placed_fault import Faulty
from waypost.values.timetable_csv import (
    SITE,
    is_of_tracks,
    openings_by_site,
    read_lines,
    tracks_by_site,
)
from waypost.values.timetable_json import plain
from waypost.values.wall_time import day_in

app = typer.Typer(
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="What programs say of their hours and places.",
)
MOST_SHOWN = 20


@app.callback()
def openings() -> None:
    """What programs say of their hours and places."""


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="One line for each track or opening.")
    ],
    by: Annotated[str, typer.Option(help="Who imports; your login name if left out.")] = "",
) -> None:
    """Take tracks or openings from a CSV file, all of it or nothing.

    The file replaces what each program in it said before; `waypost publish --only-claims` shows it.
    Tracks have the columns site_id, id, sessions, zone, and openings site_id, places, as_of.

    Example: `waypost openings import openings.csv`
    """
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        stop(f"{file} cannot be read as text in UTF-8 ({error}).", BAD_QUESTION)
    now = timezone.now()
    try:
        lines = read_lines(text)
        if not lines:
            stop(f"{file} has no line below its first: nothing was taken.", BAD_QUESTION)
        field = TRACKS if is_of_tracks(lines) else OPENINGS
        zones = _zones({line[SITE] for line in lines if line[SITE]})
        values = (
            tracks_by_site(lines)
            if field == TRACKS
            else openings_by_site(lines, lambda i: day_in(zones[i], now))
        )
        with_database()
        from waypost.directory.actions import say_timetables

        changed = say_timetables(
            field=field,
            values={site: plain(items) for site, items in values.items()},
            speaker=Speaker.OPERATOR,
            organization="",
            by=by or getpass.getuser(),
            now=now,
            zones=zones,
        )
    except Faulty as error:
        _refuse(error)
    print(
        f"{changed:,} of {len(values):,} programs changed; "
        "`waypost publish --only-claims` shows it."
    )


def _zones(site_ids: Collection[str]) -> dict[str, str]:
    """The time zone of each site, '' where a line names none; stops at one that is not there."""
    snapshot, zones = open_snapshot(), {"": ""}
    for site_id in sorted(site_ids):
        site = snapshot.site(site_id)
        if site is None:
            stop(f"There is no program with the id {site_id!r}.", NOTHING_FOUND)
        zones[site_id] = site.timezone
    return zones


def _refuse(error: Faulty) -> NoReturn:
    lines = [f"{f.place}: {fault_text(f)}" for f in error.faults[:MOST_SHOWN]]
    more = len(error.faults) - MOST_SHOWN
    lines += [f"and {more:,} more."] if more > 0 else []
    stop("Nothing was taken.\n" + "\n".join(lines), BAD_QUESTION)
