"""Main roads from the Census Bureau's TIGER/Line files, for the ground of the map.

Source: TIGER/Line Shapefiles, Technical Documentation 2023, "Primary Roads" (S1100) and "Primary
and Secondary Roads" (S1100, S1200): fields FULLNAME, RTTYP and MTFCC; degrees of NAD83, which at
the map's scale are those of WGS84.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from pathlib import Path

import numpy as np
import shapefile

from waypost.files.apart import TooMuch, work_apart
from waypost.files.writing import forget_partials, replacing
from waypost.places.basemap import DEGREE, Layer, RoadKind, pack
from waypost.places.states import STATE_FIPS

PRIMARY, SECONDARY = "S1100", "S1200"
FIELDS = ("FULLNAME", "RTTYP", "MTFCC")
TOLERANCE = 0.4
"""Thousandths of a degree, about 45 meters: a smaller bend is drawn straight."""
_NUMBER = re.compile(r"(\d{1,4}[A-Z]?)\b")
_STATE = re.compile(r"tl_\d{4}_(\d{2})_")
_STATE_OF = {fips: code for code, fips in STATE_FIPS.items()}
_DAMAGED = (zipfile.BadZipFile, struct.error, KeyError, IndexError, UnicodeError)
"""What the shapefile reader raises for bytes that are not a shapefile."""

Points = list[tuple[int, int]]
Road = tuple[Points, RoadKind, str]


class BadRoads(ValueError):
    """A file that holds no roads of TIGER/Line; the message says what it lacks."""


def read_roads(paths: Iterable[Path]) -> Iterator[Road]:
    """The main roads of shapefiles (.shp, or .zip as published); raises `BadRoads`."""
    for path in paths:
        match = _STATE.search(path.name)
        state = _STATE_OF.get(match[1], "") if match else ""
        try:
            with shapefile.Reader(str(path)) as reader:
                missing = set(FIELDS) - {field.name for field in reader.fields}
                if missing:
                    raise BadRoads(f"{path.name} has no field {', '.join(sorted(missing))}: it is "
                                   "not a file of TIGER/Line roads.")  # fmt: skip
                yield from _roads(reader, state)
        except (shapefile.ShapefileException, OSError, *_DAMAGED) as error:
            raise BadRoads(
                f"{path.name} cannot be read ({error}). Give a .zip of TIGER/Line primary or "
                "primary and secondary roads, or its .shp beside its .dbf and .shx."
            ) from error


def import_roads(path: Path, files: Sequence[Path]) -> tuple[int, int]:
    """`read_roads` and `write_roads` in a process of its own, with bounds on memory and time.

    Raises:
        BadRoads: a file that holds no roads, or wants more memory or time than any.
    """
    try:
        return work_apart(_import, path, files)
    except TooMuch as error:
        forget_partials(path.parent, error.process)
        raise BadRoads(
            f"The files were refused: {error}, and no state's roads need more."
        ) from None


def _import(path: Path, files: Sequence[Path]) -> tuple[int, int]:
    return write_roads(path, read_roads(files))


def _roads(reader: shapefile.Reader, state: str) -> Iterator[Road]:
    for shape in reader.iterShapeRecords(fields=list(FIELDS)):
        record = shape.record.as_dict()
        if record["MTFCC"] not in (PRIMARY, SECONDARY):
            continue
        kind, name = kind_of(record["RTTYP"], record["MTFCC"]), number_of(record, state)
        ends = [*shape.shape.parts, len(shape.shape.points)]
        for start, end in pairwise(ends):
            points = _simple(shape.shape.points[start:end])
            if len(points) > 1:
                yield points, kind, name


def kind_of(route_type: str, feature: str) -> RoadKind:
    """The class of a road: a primary road is a freeway, whatever its number's system."""
    if feature == PRIMARY:
        return RoadKind.FREEWAY
    return {"U": RoadKind.US_ROUTE, "S": RoadKind.STATE_ROUTE}.get(route_type, RoadKind.OTHER)


def number_of(record: dict[str, str], state: str) -> str:
    """ "I-10" of "I- 10", "US-62" of "US Hwy 62", "TX-118" of "State Hwy 118"; '' for a name."""
    match = _NUMBER.search(record["FULLNAME"] or "")
    system = {"I": "I", "U": "US", "S": state}.get(record["RTTYP"] or "", "")
    return f"{system}-{match[1]}" if match and system else ""


def _simple(points: Iterable[tuple[float, ...]]) -> Points:
    """Points in thousandths of a degree, small bends drawn straight (Douglas-Peucker)."""
    line = np.array([(p[1], p[0]) for p in points]) * DEGREE
    needed = np.zeros(len(line), dtype=np.bool_)
    needed[[0, -1]] = True
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        along, to = line[last] - line[first], line[first + 1 : last] - line[first]
        length = float(np.hypot(*along))
        apart = (np.abs(to[:, 0] * along[1] - to[:, 1] * along[0]) / length
                 if length else np.hypot(to[:, 0], to[:, 1]))  # fmt: skip
        farthest = int(np.argmax(apart))
        if apart[farthest] > TOLERANCE:
            middle = first + 1 + farthest
            needed[middle] = True
            waiting += [(first, middle), (middle, last)]
    rounded = [(int(lat), int(lon)) for lat, lon in np.rint(line[needed]).tolist()]
    return [at for at, before in zip(rounded, [None, *rounded], strict=False) if at != before]


def write_roads(path: Path, roads: Iterable[Road]) -> tuple[int, int]:
    """Write roads for the map by one rename; return how many lines, and how many with a number."""
    lines = list(roads)
    if not lines:
        raise BadRoads("The files hold no primary or secondary road.")
    names: dict[str, int] = {}
    layer = Layer(
        np.array(list(chain.from_iterable(points for points, _, _ in lines)), dtype=np.int32),
        np.array([0, *accumulate(len(points) for points, _, _ in lines)], dtype=np.int64),
        np.array([kind for _, kind, _ in lines], dtype=np.int8),
        np.array([names.setdefault(n, len(names)) if n else -1 for *_, n in lines], dtype=np.int16),
    )
    with replacing(path) as new:
        pack(new, {"roads": layer}, tuple(names))
    return len(lines), sum(bool(name) for _, _, name in lines)
