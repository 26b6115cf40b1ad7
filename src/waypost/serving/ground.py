"""The ground of the map: the package's, with an operator's own roads if there are any."""

from __future__ import annotations

import logging
from pathlib import Path

from waypost.places.basemap import ROADS_FILE, Basemap, carried_basemap, unpack, with_roads

log = logging.getLogger(__name__)


def read_ground(data_dir: Path) -> Basemap:
    """The ground to draw; unreadable roads are logged, and the carried ones are used instead."""
    path = data_dir / ROADS_FILE
    if not path.exists():
        return carried_basemap()
    try:
        return with_roads(carried_basemap(), unpack(path))
    except (OSError, KeyError, ValueError) as error:
        log.error("%s cannot be read (%s); the carried roads are drawn.", path, error)
        return carried_basemap()
