"""`waypost show`: one program with the source of every fact."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer
from django.utils import timezone

from waypost.cli.exits import NOTHING_FOUND, stop
from waypost.cli.ready import open_snapshot
from waypost.design.timetable_words import opening_lines, track_lines
from waypost.design.words import address_text
from waypost.directory.codes import CODES
from waypost.directory.facets import FACETS, columns_for
from waypost.directory.site import HistoryEntry, Site
from waypost.directory.timetables import still_said
from waypost.publishing.reader import Snapshot
from waypost.publishing.records import site_json
from waypost.values.wall_time import day_in

EXAMPLES = "Example: `waypost show site_...`, with an id that `waypost find` prints."


def show(
    site_id: Annotated[str, typer.Argument(metavar="ID", help="The program's id.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every claim.")] = False,
) -> None:
    """Show one program: what it offers, its numbers, its history, and where each fact is from."""
    snapshot = open_snapshot()
    site = snapshot.site(site_id)
    if site is None:
        stop(f"There is no program with the id {site_id!r}.", NOTHING_FOUND)
    site = still_said(site, day_in(site.timezone, timezone.now()))
    if as_json:
        record = orjson.loads(site_json(site))
        record["claims"] = snapshot.claims(site_id)
        print(orjson.dumps(record, option=orjson.OPT_INDENT_2).decode())
        return
    _print(site, snapshot)


def _print(site: Site, snapshot: Snapshot) -> None:
    typer.secho(site.name, bold=True)
    if not site.current:
        print(f"No longer listed; last in the edition of {site.last_listed}.")
    for line in (site.name2, address_text(site), site.street2):
        if line:
            print(line)
    for phone in site.phones:
        print(f"{phone.kind.value}: {phone.display}")
    if site.website:
        print(site.website)
    offered = columns_for(site.codes)
    print()
    for facet in FACETS:
        names = [o.label for o in facet.options if o.column in offered]
        if names:
            print(f"{facet.label}: {', '.join(names)}")
    today = day_in(site.timezone, timezone.now())
    for track in track_lines(site, today):
        print(f"The program says it meets: {track.hours} ({track.more})")
    for words in opening_lines(site, today):
        print(f"The program says: {words}")
    print(f"\nListed since the edition of {site.listed_since}.")
    for entry in site.history:
        print(f"  {entry.edition}: {_change(entry)}")
    print("\nWhere each fact is from:")
    for field, fact in sorted(site.facts.items()):
        source = snapshot.manifest.source(fact.source)
        title = source.title if source else fact.source
        print(f"  {field}: {title}, as of {fact.as_of:%Y}, {fact.method}")


def _change(entry: HistoryEntry) -> str:
    """What an edition changed, its service codes in plain words."""
    if entry.what != "services":
        moved = entry.before and entry.after
        return f"{entry.what}, {entry.before!r} to {entry.after!r}" if moved else entry.what
    changes = [
        f"{word} {', '.join(_name(code) for code in codes.split())}"
        for word, codes in (("no longer", entry.before), ("now", entry.after))
        if codes
    ]
    return f"services: {'; '.join(changes)}"


def _name(code: str) -> str:
    return CODES[code].name if code in CODES else code
