"""Tracks and openings as CSV: one line for each track or opening, with its site.

The columns are the fields of `Track` and `Opening`. Sessions are written "mon wed thu 18:00-21:00;
sat 09:00-12:00", lists with spaces between.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any

from waypost.values.opening import Opening
from waypost.values.placed_fault import FaultCode, Faulty, PlacedFault
from waypost.values.timetable_json import plain, read_openings, read_tracks
from waypost.values.track import Track

SITE = "site_id"
LINE = "line"
"""Of a line as it was read: its number in the file, which no column of ours is called."""
TRACK_COLUMNS = (SITE, *Track.__struct_fields__)
OPENING_COLUMNS = (SITE, *Opening.__struct_fields__)
MOST_LINES = 200_000
_LISTS = ("for_whom", "not_on")
_NUMBERS = ("places", "waiting_days")
_DECIMAL = re.compile(r"\d{1,4}(\.\d{1,20})?", re.ASCII)  # `float` takes "1_0" and "1e1" as well
_SPAN = re.compile(r"(?P<days>[a-z ]+?) +(?P<start>[\d:]+) ?[-–] ?(?P<end>[\d:]+)", re.ASCII)


def is_of_tracks(lines: Sequence[Mapping[str, str]]) -> bool:
    """Whether the lines are of tracks: only those have sessions."""
    return bool(lines) and "sessions" in lines[0]


def read_lines(text: str) -> list[dict[str, str]]:
    """The lines of a file by the names of its columns.

    Raises:
        Faulty: there are no such columns, or more lines than a directory has.
    """
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff")), restval="", strict=True)
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise Faulty([PlacedFault("line 1", FaultCode.NOT_TEXT, str(error))]) from error
    reader.fieldnames = names
    known = TRACK_COLUMNS if "sessions" in names else OPENING_COLUMNS
    faults = [
        PlacedFault(f"line 1, {name}", FaultCode.UNKNOWN_FIELD, name)
        for name in names
        if name not in known
    ]
    twice = sorted({name for name in names if names.count(name) > 1})
    faults += [PlacedFault("line 1", FaultCode.SAME_ID, name) for name in twice]
    if SITE not in names:
        faults.append(PlacedFault("line 1", FaultCode.MISSING, SITE))
    lines = [] if faults else _lines(reader, faults)
    if faults:
        raise Faulty(faults)
    return lines


def _lines(reader: csv.DictReader[str], faults: list[PlacedFault]) -> list[dict[str, str]]:
    lines = []
    try:
        for line in reader:
            if any(line.pop(None, None) or ()):
                faults.append(PlacedFault(f"line {reader.line_num}", FaultCode.TOO_MANY))
            cells = {name: (value or "").strip() for name, value in line.items()}
            if any(cells.values()):  # a spreadsheet may leave empty lines behind
                lines.append(cells | {LINE: str(reader.line_num)})
            if len(lines) > MOST_LINES:
                faults.append(PlacedFault(f"line {reader.line_num}", FaultCode.TOO_MANY))
                break
    except csv.Error as error:  # of the line after the last that could be read
        faults.append(PlacedFault(f"line {reader.line_num + 1}", FaultCode.NOT_TEXT, str(error)))
    return lines


def tracks_by_site(lines: Iterable[Mapping[str, str]]) -> dict[str, tuple[Track, ...]]:
    """The tracks of each site; raises `Faulty` with the number of each wrong line."""
    return {
        site: read_tracks(objects)
        for site, objects in _by_site(
            lines, "tracks", lambda data, _site: read_tracks([data])
        ).items()
    }


def openings_by_site(
    lines: Iterable[Mapping[str, str]], today: Callable[[str], date]
) -> dict[str, tuple[Opening, ...]]:
    """The openings of each site, where it is ``today``.

    Raises `Faulty` with the number of each wrong line.
    """
    items = _by_site(lines, "openings", lambda data, site: read_openings([data], today(site)))
    return {site: read_openings(objects, today(site)) for site, objects in items.items()}


def written(site_id: str, values: Sequence[Track] | Sequence[Opening]) -> Iterator[dict[str, str]]:
    """The lines of a site, as `tracks_by_site` and `openings_by_site` read them."""
    yield from lines_of(site_id, plain(values))


def lines_of(site_id: str, objects: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The same of plain JSON objects."""
    return list(_lines_of(site_id, objects))


def _lines_of(site_id: str, objects: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    for data in objects:
        line = {SITE: site_id}
        for name, value in data.items():
            if name == "sessions":
                line[name] = "; ".join(
                    f"{' '.join(s['days'])} {s['start']}-{s['end']}" for s in value
                )
            else:
                line[name] = " ".join(value) if isinstance(value, list) else f"{value}"
        yield line


def _by_site(
    lines: Iterable[Mapping[str, str]], kind: str, check: Callable[[object, str], object]
) -> dict[str, list[dict[str, object]]]:
    """Lines as plain objects by site, each checked by itself so that a fault names its line."""
    faults: list[PlacedFault] = []
    by_site: dict[str, list[dict[str, object]]] = {}
    ids: dict[tuple[str, object], int] = {}
    for number, line in enumerate(lines, start=2):
        at = f"line {line.get(LINE, number)}"
        data, site = object_of(line), line.get(SITE, "")
        try:
            check(data, site)
        except Faulty as error:
            faults += [
                PlacedFault(f"{at}, {_short(f.place, kind)}", f.code, f.value) for f in error.faults
            ]
        if not site:
            faults.append(PlacedFault(f"{at}, {SITE}", FaultCode.MISSING))
        name = (site, data.get("id" if kind == "tracks" else "track", ""))
        if ids.setdefault(name, number) != number:
            faults.append(PlacedFault(at, FaultCode.SAME_ID, str(name[1])))
        by_site.setdefault(site, []).append(data)
    if faults:
        raise Faulty(faults)
    return by_site


def _short(place: str, kind: str) -> str:
    return place.removeprefix(f"{kind}[0]").strip(".") or kind


def object_of(line: Mapping[str, str]) -> dict[str, object]:
    """A line as the plain object of a track or an opening; what is left empty is left out."""
    data: dict[str, object] = {}
    for name, text in line.items():
        if name in (SITE, LINE) or not text:
            continue
        if name == "sessions":
            data[name] = [_session(part.strip()) for part in text.split(";") if part.strip()]
        elif name in _LISTS:
            data[name] = text.split()
        elif name in _NUMBERS:
            data[name] = int(text) if text.isascii() and text.isdigit() else text
        elif name == "hours_a_week":
            data[name] = _number(text)
        else:
            data[name] = text
    return data


def _number(text: str) -> float | str:
    return float(text) if _DECIMAL.fullmatch(text) else text


def _session(text: str) -> dict[str, object]:
    """ "mon wed 18:00-21:00"; what is not written like that is read as no clock at all."""
    match = _SPAN.fullmatch(text.lower())
    if match is None:
        return {"days": [], "start": text, "end": text}
    return {"days": match["days"].split(), "start": match["start"], "end": match["end"]}
