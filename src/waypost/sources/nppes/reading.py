"""Reads organizations out of the NPPES monthly file, as it streams from its zip.

The table has ten gigabytes, and nine rows in ten are of people or of other trades. A row is looked
at as bytes first: its entity type stands at a known place, its taxonomy somewhere in the line; only
what passes is parsed. Memory stays the same however long the file is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from waypost.files.archives import BadFile, open_bytes
from waypost.sources.nppes import layout
from waypost.values.numbers import read_npi

MOST_BYTES = 32 << 30
"""Three times what the table unpacks to today."""
LONGEST_ROW = 1 << 20
"""More than any row of 330 columns; a quote that never closes is noticed, not gathered."""

_HEAD = re.compile(rb'"?\d{10}"?,"?' + layout.ORGANIZATION.encode() + rb'"?,')
"""How an organization's row begins: quoted as CMS writes it, or as a spreadsheet saves it again."""
_OURS = re.compile(b"|".join(code.encode() for code in layout.TAXONOMIES))


@dataclass(frozen=True, slots=True)
class NppesOrganization:
    """An organization of the registry at its practice location, as it wrote itself."""

    npi: str
    name: str
    other_name: str
    street: str
    street2: str
    city: str
    state: str
    zip: str
    phone: str
    taxonomies: tuple[str, ...]
    updated: date | None


@dataclass(slots=True)
class RowsSeen:
    """How many rows the file had, and how many could not be used."""

    rows: int = 0
    bad: int = 0


def organizations(path: Path, seen: RowsSeen | None = None) -> Iterator[NppesOrganization]:
    """The active organizations with one of our taxonomies, in the order of the file.

    ``path`` is the zip as CMS publishes it, or its table. ``seen`` counts as it goes.

    Raises:
        BadFile: it is not this file, is damaged, or unpacks to more than it may.
    """
    with open_bytes(path, _member(path), most=MOST_BYTES) as file:
        yield from organizations_in(file, path.name, seen)


def organizations_in(
    file: BinaryIO, name: str, seen: RowsSeen | None = None
) -> Iterator[NppesOrganization]:
    """`organizations` of a table that is read as it comes, such as from a pipe; ``name`` is its.

    Raises:
        BadFile: it is not this table, or a row of it has no end.
    """
    counts = RowsSeen() if seen is None else seen
    columns = _columns(file, name)
    for line in _lines(file, name):
        counts.rows += 1
        if not _HEAD.match(line) or not _OURS.search(line):
            continue
        organization = _organization(line, columns)
        if organization is None:
            counts.bad += 1
        elif organization.taxonomies:
            yield organization


def _member(path: Path) -> str:
    """The name of the table in a zip: the header beside it begins alike, and a zip has more."""
    import zipfile

    if not zipfile.is_zipfile(path):
        return ""
    with zipfile.ZipFile(path) as archive:
        names = [
            name
            for name in archive.namelist()
            if name.rpartition("/")[2].lower().startswith(layout.MEMBER)
            and not name.lower().endswith("fileheader.csv")
        ]
    if len(names) != 1:
        raise BadFile(f"{path.name} has no table named {layout.MEMBER}...: is it the NPPES file?")
    return names[0]


def _columns(file: BinaryIO, name: str) -> dict[str, int]:
    header = next(csv.reader([file.readline(LONGEST_ROW).decode("utf-8-sig", "replace")]), [])
    places = {name: place for place, name in enumerate(header)}
    missing = [n for n in (*layout.READ, *layout.TAXONOMIES_OF_A_ROW) if n not in places]
    if missing or places[layout.NPI] != 0 or places[layout.ENTITY] != 1:
        first = missing[0] if missing else layout.ENTITY
        raise BadFile(f"{name} lacks the column “{first}” where the NPPES file has it.")
    return places


def _lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    """The rows, of which one may go over several lines where a name has a line break in quotes."""
    while line := file.readline(LONGEST_ROW):
        while line.count(b'"') % 2:
            more = file.readline(LONGEST_ROW)
            if not more or len(line) > LONGEST_ROW:
                raise BadFile(f"{name}: a quote is never closed, or the file is cut off.")
            line += more
        yield line


def _organization(line: bytes, columns: dict[str, int]) -> NppesOrganization | None:
    """A row; None where it is short, inactive, or its NPI is none."""
    cells = next(csv.reader([line.decode("utf-8", "replace")]), [])
    if len(cells) < len(columns):
        return None

    def cell(name: str) -> str:
        return " ".join(cells[columns[name]].split())

    npi = read_npi(cell(layout.NPI))
    if not npi or _is_inactive(cell(layout.DEACTIVATED), cell(layout.REACTIVATED)):
        return None
    codes = (cell(name) for name in layout.TAXONOMIES_OF_A_ROW)
    return NppesOrganization(
        npi=npi,
        name=cell(layout.NAME),
        other_name=cell(layout.OTHER_NAME),
        street=cell(layout.STREET),
        street2=cell(layout.STREET2),
        city=cell(layout.CITY),
        state=cell(layout.STATE),
        zip=cell(layout.ZIP)[:5],
        phone=cell(layout.PHONE),
        taxonomies=tuple(dict.fromkeys(code for code in codes if code in layout.TAXONOMIES)),
        updated=_day(cell(layout.UPDATED)),
    )


def _is_inactive(deactivated: str, reactivated: str) -> bool:
    """Whether the last that happened to an NPI is that it was deactivated."""
    if not deactivated or not reactivated:
        return bool(deactivated)
    off, on = _day(deactivated), _day(reactivated)
    return off is not None and on is not None and off > on


def _day(text: str) -> date | None:
    """A day as the file writes it: 08/01/2026."""
    try:
        return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
