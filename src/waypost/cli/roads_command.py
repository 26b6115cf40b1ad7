"""`waypost sources roads`: newer main roads for the map, in place of the carried ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from waypost.cli.exits import NOT_DONE, stop
from waypost.places.basemap import ROADS_FILE


def roads(
    files: Annotated[
        list[Path],
        typer.Argument(help="TIGER/Line primary, or primary and secondary, roads: .zip or .shp."),
    ],
) -> None:
    """Draw newer main roads on the map, from files of the Census Bureau.

    Give every state's file at once (tl_2025_48_prisecroads.zip, ...): they replace all
    carried roads from the next start of the server. To go back, delete roads.npz in the data
    folder.

    Example: `waypost sources roads tl_2025_*_prisecroads.zip`
    """
    from waypost.sources.tiger_roads import BadRoads, import_roads

    folder = settings.WAYPOST_DATA_DIR
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines, numbered = import_roads(folder / ROADS_FILE, files)
    except (BadRoads, OSError) as error:
        stop(str(error), NOT_DONE)
    print(f"{lines:,} lines of road, {numbered:,} with a number, in {folder / ROADS_FILE}.")
    print("Restart the server to see them.")
