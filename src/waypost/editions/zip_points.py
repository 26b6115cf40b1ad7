"""Where the people of each ZIP live, worked out from the carried files: ``make points``.

The table `places/data/zip_points.csv.gz` holds the ZIPs whose people live more than
`MOVED_MILES` from the published point. It is made once for a set of carried files and kept with
them; a test works some of it out again.
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
"""Addresses whose coordinates agree to so many decimals (300 feet) are one spot."""


def carried_points() -> list[AddressPoint]:
    """Every address point that comes with Waypost."""
    lists = (entry for entry in catalog.carried() if entry.kind == "points")
    return [point for entry in lists for point in catalog.address_points(entry)]


def spots_by_zip(points: Iterable[AddressPoint]) -> dict[str, list[Spot]]:
    """Where addresses of each ZIP stand, each spot once."""
    found: dict[str, dict[Spot, Spot]] = {}
    for p in points:
        spot = (round(p.lat, SAME_SPOT), round(p.lon, SAME_SPOT))
        found.setdefault(p.zip, {}).setdefault(spot, (p.lat, p.lon))
    return {code: list(spots.values()) for code, spots in found.items()}


def people_points(
    towns: Mapping[str, ZipTowns], spots: Mapping[str, list[Spot]]
) -> dict[str, Spot]:
    """The ZIPs whose people live elsewhere than at the published point, and where."""
    found = {}
    for code, zip_ in sorted(towns.items()):
        here = spots.get(code, [])
        if here or zip_.named or zip_.others:
            lat, lon = zip_.people_point(here)
            if flat_miles(lat, lon, zip_.middle.lat, zip_.middle.lon) > MOVED_MILES:
                found[code] = (lat, lon)
    return found


def write(path: Path) -> int:
    """Write the table; how many ZIPs it holds."""
    made = people_points(zip_towns(), spots_by_zip(carried_points()))
    lines = ["zip,lat,lon", *(f"{z},{lat:.4f},{lon:.4f}" for z, (lat, lon) in made.items())]
    # A fixed time: the same table is the same file.
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))
    return len(made)


if __name__ == "__main__":
    table = Path(str(files("waypost.places") / "data" / "zip_points.csv.gz"))
    sys.stdout.write(f"{write(table):,} ZIPs in {table.name}\n")
