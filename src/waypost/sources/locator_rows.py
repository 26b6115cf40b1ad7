"""Rows of FindTreatment.gov: the wide export (a column a code) and the JSON of its API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from waypost.directory.codes import CODES, code_by_name
from waypost.directory.normalize import zip_key
from waypost.directory.rows import Reject, Row, SourceRows
from waypost.directory.site import PhoneKind, Source, Survey
from waypost.sources.directory_rows import clean
from waypost.sources.reading import BadSource

SURVEY_OF = {
    "SU": Survey.SUBSTANCE_USE,
    "SA": Survey.SUBSTANCE_USE,
    "MH": Survey.MENTAL_HEALTH,
    "OTP": Survey.SUBSTANCE_USE,
}
FLAGS_UNKNOWN = frozenset({"OTP"})
"""Types whose rows have every flag set to 1: their flags say nothing (seen in real exports)."""

NEVER = frozenset({"BUPREN"})
"""Single clinicians with poor coordinates: no programs, never imported."""

REQUIRED = frozenset({"name1", "street1", "city", "state", "zip", "type_facility"})
MOST_FLAGS = 0.9
"""A row with more than this share of all flags set was filled in by machine, whatever its type."""


def read_export(source: Source, rows: Iterable[Mapping[str, str]]) -> SourceRows:
    """Listings of a wide export."""
    kept: list[Row] = []
    rejects: list[Reject] = []
    unknown: dict[str, int] = {}
    flags: list[str] = []
    for number, row in enumerate(rows, start=1):
        if number == 1:
            flags = _flag_columns(source, row, unknown)
        kind = clean(row.get("type_facility")).upper()
        reason = _trouble(row, kind)
        if reason:
            rejects.append(Reject(source.id, number, reason))
            continue
        codes = tuple(sorted(f.upper() for f in flags if row.get(f, "").strip() == "1"))
        says_nothing = kind in FLAGS_UNKNOWN or len(codes) > MOST_FLAGS * len(flags)
        kept.append(_row(source, number, kind, row, None if says_nothing else codes))
    if not kept:
        raise BadSource(f"{source.file} holds no listing.")
    return SourceRows(source, tuple(kept), tuple(rejects), unknown)


def _flag_columns(source: Source, row: Mapping[str, str], unknown: dict[str, int]) -> list[str]:
    missing = REQUIRED - row.keys()
    if missing:
        raise BadSource(f"{source.file} lacks the columns {', '.join(sorted(missing))}.")
    columns = list(row)
    after = columns[columns.index("type_facility") + 1 :]
    for column in after:
        if column and column.upper() not in CODES:
            unknown[column.upper()] = 0
    return [column for column in after if column.upper() in CODES]


def _trouble(row: Mapping[str, Any], kind: str) -> str:
    if kind in NEVER:
        return "a single clinician, not a program"
    if kind not in SURVEY_OF:
        return f"unknown type of facility {kind!r}"
    if not clean(row.get("name1")):
        return "no name"
    if not zip_key(str(row.get("zip") or "")):
        return f"no ZIP can be read from {row.get('zip')!r}"
    return ""


def _row(
    source: Source, number: int, kind: str, row: Mapping[str, Any], codes: tuple[str, ...] | None
) -> Row:
    phones = (
        (PhoneKind.MAIN, row.get("phone")),
        (PhoneKind.INTAKE, row.get("intake1")),
        (PhoneKind.INTAKE, row.get("intake2")),
        (PhoneKind.HOTLINE, row.get("hotline1")),
    )
    return Row(
        source=source.id,
        number=number,
        survey=SURVEY_OF[kind],
        name=clean(row.get("name1")),
        name2=clean(row.get("name2")),
        street=clean(row.get("street1")),
        street2=clean(row.get("street2")),
        city=clean(row.get("city")),
        state=clean(row.get("state")).upper(),
        zip=zip_key(str(row.get("zip") or "")),
        phones=tuple((k, clean(text)) for k, text in phones if clean(text)),
        codes=codes,
        website=clean(row.get("website")),
        lat=_number(row.get("latitude")),
        lon=_number(row.get("longitude")),
    )


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if abs(number) <= 180 else None  # NaN and infinities fail the comparison


def read_json(source: Source, data: object) -> SourceRows:
    """Listings of the API's JSON: service names, joined by "; ", are read back into codes."""
    rows = data.get("rows") if isinstance(data, Mapping) else None
    if not isinstance(rows, list):
        raise BadSource(f"{source.file} is not the locator's JSON: it has no list of rows.")
    kept: list[Row] = []
    rejects: list[Reject] = []
    unknown: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        kind = clean(str(row.get("type_facility", ""))).upper() if isinstance(row, Mapping) else ""
        reason = _trouble(row, kind) if isinstance(row, Mapping) else "not an object"
        if reason:
            rejects.append(Reject(source.id, number, reason))
            continue
        codes = None if kind in FLAGS_UNKNOWN else _codes(row.get("services"), unknown)
        kept.append(_row(source, number, kind, row, codes))
    if not kept:
        raise BadSource(f"{source.file} holds no listing.")
    return SourceRows(source, tuple(kept), tuple(rejects), unknown)


def _codes(services: object, unknown: dict[str, int]) -> tuple[str, ...]:
    found = set()
    for service in services if isinstance(services, list) else ():
        for name in str(service.get("f3", "")).split(";"):
            code = code_by_name(str(service.get("f2", "")), name)
            if code:
                found.add(code)
            elif name.strip():
                unknown[name.strip()] = unknown.get(name.strip(), 0) + 1
    return tuple(sorted(found))
