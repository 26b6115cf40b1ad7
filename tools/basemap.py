"""Pack the ground of the map from five CSV files: `python -m tools.basemap FOLDER`.

The folder holds roads, outline, counties, water and abroad as .csv.gz; a line of a CSV file is an
encoded polyline (Google's format) of latitude and longitude in thousandths of a degree. What they
were made from stands in `src/waypost/places/data/NOTICE.md`.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from pathlib import Path

import numpy as np

from waypost.places.basemap import Layer, pack

OUT = Path(__file__).resolve().parents[1] / "src" / "waypost" / "places" / "data" / "basemap.npz"
Line = list[tuple[int, int]]
Row = tuple[Line, int, str]


def decode(text: str) -> Line:
    """The points of an encoded polyline, in its units."""
    numbers, value, shift = [], 0, 0
    for character in text:
        part = ord(character) - 63
        value |= (part & 31) << shift
        shift += 5
        if part < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lats, lons = accumulate(numbers[::2]), accumulate(numbers[1::2])
    return list(zip(lats, lons, strict=True))


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the files."""
    csv.field_size_limit(10**9)
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def layer(lines: Iterable[Row], names: dict[str, int]) -> Layer:
    """Lines with their rank and name as a layer; a name new to ``names`` gets the next number."""
    kept = [row for row in lines if len(row[0]) > 1]
    sizes = [len(points) for points, _, _ in kept]
    return Layer(
        np.array(list(chain.from_iterable(points for points, _, _ in kept)), dtype=np.int32),
        np.array([0, *accumulate(sizes)], dtype=np.int64),
        np.array([rank for _, rank, _ in kept], dtype=np.int8),
        np.array(
            [names.setdefault(n, len(names)) if n else -1 for _, _, n in kept], dtype=np.int16
        ),
    )


def layers(folder: Path) -> tuple[dict[str, Layer], dict[str, int]]:
    """Every layer of the map, and the names of its roads."""
    names: dict[str, int] = {}
    roads = [
        (decode(r["line"]), int(r["kind"]), r["names"].split(";")[0]) for r in rows(folder, "roads")
    ]
    outline, water = list(rows(folder, "outline")), list(rows(folder, "water"))
    rings = {
        "coast": [r for r in outline if r["kind"] == "coast"],
        "abroad": rows(folder, "abroad"),
        "lakes": [r for r in water if r["kind"] == "lake"],
        "states": [r for r in outline if r["kind"] == "state"],
        "counties": rows(folder, "counties"),
    }
    made = {key: layer(_bare(lines), {}) for key, lines in rings.items()}
    rivers = [(decode(r["line"]), int(r["rank"]), "") for r in water if r["kind"] == "river"]
    return made | {"roads": layer(roads, names), "rivers": layer(rivers, {})}, names


def _bare(lines: Iterable[dict[str, str]]) -> Iterator[Row]:
    """Lines without rank and name; a ring's islands follow it after a blank."""
    return ((decode(part), 0, "") for r in lines for part in r["line"].split(" "))


if __name__ == "__main__":
    packed, found = layers(Path(sys.argv[1]))
    pack(OUT, packed, tuple(found))
    for key, made in packed.items():
        print(f"{key}: {len(made.starts) - 1:,} lines, {len(made.points):,} points")
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")
