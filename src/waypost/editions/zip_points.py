"""Works out from the carried files where the people of each ZIP live: ``make points``.

The table `places/data/zip_points.csv.gz` holds the ZIPs whose people live more than
`MOVED_MILES` from the published point. It is made once for a set of carried files and kept with
them; a test recalculates part of it.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from waypost.directory.rows import AddressPoint
from waypost.places.people import Spot, ZipTowns, flat_miles, zip_towns
from waypost.sources import catalog

MOVED_MILES = 0.5
SAME_SPOT = 3
"""Addresses whose coordinates agree to this many decimals (300 feet) are one spot."""


def carried_points() -> list[AddressPoint]:
    """Every address point that comes with Waypost."""
    lists = (entry for entry in catalog.carried() if entry.kind == "points")
    return [point for entry in lists for point in catalog.address_points(entry)]


def spots_by_zip(points: Iterable[AddressPoint]) -> dict[str, list[Spot]]:
    """The spots of the addresses in each ZIP, each spot once."""
    by_zip: dict[str, dict[Spot, Spot]] = {}
    for p in points:
        spot = (round(p.lat, SAME_SPOT), round(p.lon, SAME_SPOT))
        by_zip.setdefault(p.zip, {}).setdefault(spot, (p.lat, p.lon))
    return {code: list(spots.values()) for code, spots in by_zip.items()}


def people_points(
    towns: Mapping[str, ZipTowns], spots: Mapping[str, list[Spot]]
) -> dict[str, Spot]:
    """The ZIPs whose people live away from the published point, and where they live."""
    moved = {}
    for code, zip_ in sorted(towns.items()):
        zip_spots = spots.get(code, [])
        if zip_spots or zip_.named or zip_.others:
            lat, lon = zip_.people_point(zip_spots)
            if flat_miles(lat, lon, zip_.middle.lat, zip_.middle.lon) > MOVED_MILES:
                moved[code] = (lat, lon)
    return moved


def write(path: Path) -> int:
    """Write the table; return how many ZIPs it has."""
    moved = people_points(zip_towns(), spots_by_zip(carried_points()))
    lines = ["zip,lat,lon", *(f"{z},{lat:.4f},{lon:.4f}" for z, (lat, lon) in moved.items())]
    # A fixed time, so that the same table gives the same file.
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))
    return len(moved)


if __name__ == "__main__":
    table = Path(str(files("waypost.places") / "data" / "zip_points.csv.gz"))
    sys.stdout.write(f"{write(table):,} ZIPs in {table.name}\n")
