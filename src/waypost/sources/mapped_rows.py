"""Rows of a list whose columns an operator has named: ``name=Facility,street=Address``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from waypost.directory.choosing import LISTED_ELSEWHERE
from waypost.directory.codes import CODES
from waypost.directory.normalize import zip_key
from waypost.directory.rows import Reject, Row, SourceRows
from waypost.directory.site import PhoneKind, Source, Survey
from waypost.places.states import STATE_NAMES
from waypost.places.tables import zips
from waypost.sources.directory_rows import clean
from waypost.sources.locator_rows import coordinates
from waypost.sources.reading import BadSource

FIELDS = ("name", "name2", "street", "street2", "city", "state", "zip", "phone", "intake",
          "hotline", "website", "latitude", "longitude", "codes", "survey")  # fmt: skip
"""What a column may contain. ``codes`` are federal service codes separated by spaces; ``survey`` is
SU or MH, by default SU."""

_PART = re.compile(rf"(?:^|,)\s*({'|'.join(FIELDS)})\s*=", re.IGNORECASE)
_STATE_CODES = {name.casefold(): code for code, name in STATE_NAMES.items()}
_PHONES = (("phone", PhoneKind.MAIN), ("intake", PhoneKind.INTAKE), ("hotline", PhoneKind.HOTLINE))


def read_columns(text: str) -> dict[str, str]:
    """Which column holds what, from ``name=Facility Name,street=Address,state==CA``.

    A column's own name may have commas, and its case does not matter. What begins with ``=`` is not
    a column but the value of every row.

    Raises:
        BadSource: a part is no ``field=column``, a field is unknown or repeated, or what tells
            programs apart (a name, a street, and a ZIP or a city and state) is not there.
    """
    starts = list(_PART.finditer(text))
    if not starts or starts[0].start() != 0:
        raise BadSource(
            "Say which column is what as field=column with commas between them, such as "
            f"“name=Facility,street=Address,zip=Zip”. The fields are {', '.join(FIELDS)}."
        )
    ends = [start.start() for start in starts[1:]] + [len(text)]
    columns: dict[str, str] = {}
    for start, end in zip(starts, ends, strict=True):
        field, column = start[1].casefold(), text[start.end() : end].strip()
        if not column or field in columns:
            raise BadSource(f"“{field}” is {'named twice' if column else 'left empty'}.")
        columns[field] = column if column.startswith("=") else " ".join(column.split())
    _enough(columns)
    return columns


def _enough(columns: Mapping[str, str]) -> None:
    missing = [f for f in ("name", "street") if f not in columns]
    if "zip" not in columns and not {"city", "state"} <= columns.keys():
        missing.append("zip (or city and state)")
    if missing:
        raise BadSource(
            f"Say as well which column holds {' and '.join(missing)}: programs are told apart by "
            "their name, street and ZIP."
        )


def read_mapped(
    source: Source, columns: Mapping[str, str], rows: Sequence[Mapping[str, str]]
) -> SourceRows:
    """Listings of a list with its own columns.

    Raises:
        BadSource: a named column is not there, or no row could be used.
    """
    names = _as_written(source, columns, rows)
    listings: list[Row] = []
    rejects: list[Reject] = []
    unknown: dict[str, int] = {}
    for number, cells in enumerate(rows, start=1):
        row = {field: _cell(column, cells) for field, column in names.items()}
        reason = _trouble(row)
        if reason:
            rejects.append(Reject(source.id, number, reason))
        else:
            listings.append(_row(source, number, row, unknown))
    if not listings:
        raise BadSource(
            f"{source.file} holds no listing that can be used; of its first row: "
            f"{rejects[0].reason if rejects else 'there is none'}."
        )
    return SourceRows(source, tuple(listings), tuple(rejects), unknown)


def _as_written(
    source: Source, columns: Mapping[str, str], rows: Sequence[Mapping[str, str]]
) -> dict[str, str]:
    """The columns under the names that the list itself gives them."""
    by_folded = {name.casefold(): name for row in rows[:200] for name in row}
    written = {}
    for field, column in columns.items():
        if not column.startswith("=") and column.casefold() not in by_folded:
            raise BadSource(
                f"{source.file} has no column “{column}” (said to hold {field}); its columns are "
                f"{_some(by_folded.values())}."
            )
        written[field] = column if column.startswith("=") else by_folded[column.casefold()]
    return written


def _some(names: Iterable[str], most: int = 30) -> str:
    listed = [name for name in names if name]
    return ", ".join(f"“{n}”" for n in listed[:most]) + (" and more" if listed[most:] else "")


def _cell(column: str, cells: Mapping[str, str]) -> str:
    return clean(column[1:]) if column.startswith("=") else clean(cells.get(column))


def state_code(text: str) -> str:
    """A state's two letters, from the letters or the name; '' if it is neither."""
    return text.upper() if text.upper() in STATE_NAMES else _STATE_CODES.get(text.casefold(), "")


def _trouble(row: Mapping[str, str]) -> str:
    if not row["name"]:
        return "no name"
    if not zip_key(row.get("zip", "")) and not (row.get("city") and row.get("state")):
        return f"no ZIP can be read from {row.get('zip', '')!r}"
    if not _state(row):
        return f"no state can be read from {row.get('state', '')!r}"
    if row.get("survey", "").upper() not in ("", "SU", "SA", "MH"):
        return f"no survey SU or MH can be read from {row['survey']!r}"
    return ""


def _state(row: Mapping[str, str]) -> str:
    """The state that a row names or, if it names none, the state of its ZIP."""
    if row.get("state"):
        return state_code(row["state"])
    area = zips().get(zip_key(row.get("zip", "")))
    return area.state if area else ""


def _row(source: Source, number: int, row: Mapping[str, str], unknown: dict[str, int]) -> Row:
    lat, lon = coordinates(row.get("latitude"), row.get("longitude"))
    mental = row.get("survey", "").upper() == "MH"
    return Row(
        source=source.id,
        number=number,
        survey=Survey.MENTAL_HEALTH if mental else Survey.SUBSTANCE_USE,
        name=row["name"],
        name2=row.get("name2", ""),
        street=row["street"],
        street2=row.get("street2", ""),
        city=row.get("city", ""),
        state=_state(row),
        zip=zip_key(row.get("zip", "")),
        phones=tuple((kind, row[name]) for name, kind in _PHONES if row.get(name)),
        codes=_codes(row["codes"], unknown) if row.get("codes") else None,
        website=row.get("website", ""),
        lat=lat,
        lon=lon,
        method=LISTED_ELSEWHERE,
    )


def _codes(text: str, unknown: dict[str, int]) -> tuple[str, ...]:
    codes = {code.upper() for code in re.split(r"[\s,;*|]+", text) if code}
    for code in codes - CODES.keys():
        unknown[code] = unknown.get(code, 0) + 1
    return tuple(sorted(codes))
